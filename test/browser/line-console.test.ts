/** The carrier's console in a real browser: a call is followed, its TwiML and signature explained, and nothing an application says runs. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Carrier, fastClock, startCarrier } from "@trunkline/carrier";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, type TestBrowser, type Visit } from "../harness/browser.ts";
import { seriousFindings } from "./serious-findings.ts";

const number = "+15550100001";
const caller = "+15550199001";
const attack = "<img src=x onerror=tellOfViolation('ran')>";
const escaped = attack.replaceAll("<", "&lt;");
const documents: Readonly<Record<string, string>> = {
  "/voice": `<Response><Say Voice="x">${escaped}</Say><Pause length="3600"/></Response>`,
};

const application = createServer((request, response) => {
  request.resume().on("end", () => {
    const document = documents[request.url ?? ""];
    if (document) response.setHeader("content-type", "text/xml").end(document);
    else response.writeHead(500).end(attack);
  });
});
let carrier: Carrier;
let browser: TestBrowser;
let visit: Visit;

beforeAll(async () => {
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const base = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  carrier = await startCarrier({
    clock: fastClock(1),
    numbers: [
      { phoneNumber: number, friendlyName: attack, voiceUrl: `${base}/voice` },
      { phoneNumber: "+15550100002", voiceUrl: `${base}/broken` },
    ],
  });
  browser = await launchBrowser();
  visit = await browser.visit();
  await visit.page.goto(carrier.consoleUrl);
});
afterAll(async () => {
  await Promise.all([browser?.close(), carrier?.close()]);
  application.closeAllConnections();
  application.close();
});

it("says what to do while there is nothing to see", async () => {
  const { page } = visit;
  await page.getByText("No call yet.").waitFor();
  await page.getByText("Nothing to complain about.").waitFor();
  await page.getByText("Choose a request").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

it("follows a call, shows its document with the warning at its element, and ends it", async () => {
  const { page } = visit;
  carrier.call({ from: caller, to: number });
  await page.getByRole("button", { name: `${caller} → ${number}` }).click();
  await page.getByText("caller hears").waitFor();
  expect(await page.locator("#story").textContent()).toContain(attack);
  await page.getByRole("button", { name: "POST /voice" }).click();
  const flagged = page.locator("#one .flagged");
  await flagged.waitFor();
  expect(await flagged.textContent()).toContain('<Say Voice="x">');
  expect(await page.locator("#one .note").textContent()).toContain("12200");
  await page.getByText("Signature", { exact: true }).click();
  const sees = page.getByRole("row").filter({ hasText: "https" }).getByRole("cell");
  await page.getByLabel("What your application computes").fill((await sees.textContent()) ?? "");
  await page.getByText("Your application sees another request: it sees the URL with https").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "End call" }).click();
  await page.getByText("completed by application").waitFor();
});

it("replays, filters, and shows a failing application's words as words", async () => {
  const { page } = visit;
  carrier.call({ from: caller, to: "+15550100002" });
  await page.getByRole("button", { name: "+15550100002" }).first().click();
  await page.getByRole("button", { name: "POST /broken" }).first().click();
  await page.getByText("11200").first().waitFor();
  await page.getByRole("button", { name: "Replay" }).click();
  await page.getByRole("button", { name: "POST /broken" }).nth(1).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await page.getByText("Nothing matches the filter.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "POST /broken" }).first().waitFor();
});

it("puts somebody at a number, switches faults and changes the speed, by keyboard alone", async () => {
  const { page } = visit;
  await page.getByText("Put somebody at a number").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("+15550150001");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("There now.").waitFor();
  await page.getByText("busy · 0 calls").waitFor();
  await page.getByText("Faults", { exact: true }).click();
  await page.getByLabel("Callbacks twice").fill("0.5");
  await page.getByRole("button", { name: "Switch on" }).press("Enter");
  await page.getByText("· faults on").waitFor();
  await page.getByLabel("Speed of time").selectOption("60");
  await expect.poll(async () => (await ask("clock")).speed).toBe(60);
  expect(await seriousFindings(page)).toEqual([]);
});

it("says that the carrier is gone", async () => {
  const { page } = visit;
  expect(visit.complaints()).toEqual([]);
  await carrier.close();
  await page.getByText("The carrier does not answer.").waitFor();
});

async function ask(path: string): Promise<{ speed: number }> {
  const answer = await fetch(`${carrier.url}/_carrier/${path}`, {
    headers: { authorization: `Bearer ${carrier.phoneToken}` },
  });
  return (await answer.json()) as { speed: number }; // the documented shape
}
