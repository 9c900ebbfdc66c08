/**
 * The carrier's own phone, in three tabs: somebody calls, one who is dialled declines, another answers, and the two talk.
 * By keyboard alone; nothing refused by the content security policy, no error in the console, no serious finding of axe.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Carrier, startCarrier } from "@trunkline/carrier";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, type TestBrowser, type Visit } from "../harness/browser.ts";
import { seriousFindings } from "./serious-findings.ts";

const [declines, answers] = ["+15550150001", "client:agent"];
let application: Server;
let carrier: Carrier;
let browser: TestBrowser;
/** What the application was told of its Dials. */
const dialled: string[] = [];
/** Who is asked for: the document of the dial. */
let dial = "";

beforeAll(async () => {
  application = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname } = new URL(request.url ?? "/", "http://application");
      const status = new URLSearchParams(body).get("DialCallStatus");
      if (status !== null) dialled.push(`${pathname} ${status}`);
      response.setHeader("content-type", "text/xml");
      response.end(`<Response>${documents[pathname]?.() ?? "<Hangup/>"}</Response>`);
    });
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const { port } = application.address() as AddressInfo;
  const voiceUrl = `http://127.0.0.1:${port}/voice`;
  carrier = await startCarrier({
    phoneToken: "phone-key",
    numbers: [{ phoneNumber: "+15550100001", friendlyName: "Claims", voiceUrl }],
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await carrier.close();
  application.close();
});

const documents: Readonly<Record<string, () => string>> = {
  "/voice": () =>
    '<Gather numDigits="1" action="/dial" timeout="30"><Say>For a representative press 1.</Say></Gather>',
  "/dial": () => dial,
  "/second": () => `<Dial action="/after"><Client>agent</Client></Dial>`,
  "/after": () => "<Say>Goodbye.</Say><Hangup/>",
};

async function tab(at: readonly string[], colorScheme: "light" | "dark" = "light"): Promise<Visit> {
  const visit = await browser.visit({ colorScheme });
  visit.page.setDefaultTimeout(15_000);
  await visit.page.goto(carrier.phoneUrl + at.map((one) => `&at=${encodeURIComponent(one)}`).join(""));
  for (const one of at) await line(visit.page, one).waitFor();
  return visit;
}
const line = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Lines" }).getByRole("button", { name });
const heard = (page: Page, words: string) => page.getByRole("log").getByText(words).waitFor();
const status = (page: Page, words: string) =>
  page.getByRole("main").getByRole("status").filter({ hasText: words }).waitFor();

/** Goes on with Tab until the button is reached, and presses it. */
async function pressByKeyboard(page: Page, name: string): Promise<void> {
  const button = page.getByRole("main").getByRole("button", { name, exact: true });
  await button.waitFor();
  for (let tabs = 0; tabs < 60; tabs++) {
    if ((await button.and(page.locator(":focus")).count()) > 0) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error(`Expected the keyboard to reach ${name}, it did not.`);
}
async function say(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "What you say" }).focus();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}
async function close(...visits: readonly Visit[]): Promise<void> {
  for (const visit of visits) {
    expect(await seriousFindings(visit.page)).toEqual([]);
    // That an utterance was heard may be told a moment too late.
    expect(visit.complaints().filter((one) => !one.includes("409"))).toEqual([]);
    await visit.close();
  }
}

it("a caller is put through: one declines, the other answers, and they hear each other", async () => {
  dial = `<Dial action="/second"><Number>${declines}</Number></Dial>`;
  const [caller, busy, agent] = [await tab([]), await tab([declines]), await tab([answers], "dark")];

  await pressByKeyboard(caller.page, "Call");
  await heard(caller.page, "For a representative press 1.");
  await caller.page.getByRole("log").focus();
  await caller.page.keyboard.press("1");
  await heard(caller.page, "Pressed 1");

  // The ringing tab shows who calls, and its keyboard is on the answer.
  await status(busy.page, "Incoming call");
  await busy.page.getByText("+15550199000", { exact: true }).waitFor();
  expect(await busy.page.title()).toBe(`Ringing: ${declines}`);
  expect(await seriousFindings(busy.page)).toEqual([]);
  expect(await busy.page.evaluate("document.activeElement.textContent")).toBe("Answer");
  await pressByKeyboard(busy.page, "Decline");
  await status(busy.page, "Declined");

  await status(agent.page, "Incoming call");
  await agent.page.keyboard.press("Enter");
  await heard(agent.page, "Connected with another person");
  await say(agent.page, "This is Julie, how can I help you?");
  await heard(caller.page, "This is Julie, how can I help you?");
  await say(caller.page, "The status of a claim.");
  await heard(agent.page, "The status of a claim.");
  await caller.page.getByRole("log").focus();
  await caller.page.keyboard.type("44#");
  await heard(agent.page, "Keys 44#");

  await pressByKeyboard(agent.page, "Hold");
  await heard(caller.page, "Hold music");
  await pressByKeyboard(agent.page, "Resume");
  await say(agent.page, "Thank you for waiting.");
  await heard(caller.page, "Thank you for waiting.");
  expect(await seriousFindings(agent.page)).toEqual([]);

  await pressByKeyboard(agent.page, "Hang up");
  await status(agent.page, "you hung up");
  await heard(caller.page, "Goodbye.");
  await status(caller.page, "the application hung up");
  expect(dialled.splice(0)).toEqual(["/second busy", "/after completed"]);
  await close(caller, busy, agent);
});

it("several lines in one tab: ringing together, the other one stops; a call goes on behind another line", async () => {
  dial = `<Dial action="/after"><Number>${declines}</Number><Client>agent</Client></Dial>`;
  const [caller, desk] = [await tab([]), await tab([declines, answers])];
  await pressByKeyboard(caller.page, "Call");
  await heard(caller.page, "For a representative press 1.");
  await caller.page.getByRole("log").focus();
  await caller.page.keyboard.press("1");
  await line(desk.page, `${declines} Incoming call`).waitFor();
  await line(desk.page, `${answers} Incoming call`).click();
  await pressByKeyboard(desk.page, "Answer");
  await heard(desk.page, "Connected with another person");
  await line(desk.page, `${declines} 1 new Waiting for a call`).click();
  await status(desk.page, "The application stopped ringing here");
  await say(caller.page, "Are you there?");
  await line(desk.page, `${answers} 1 new In call`).click();
  await heard(desk.page, "Are you there?");
  await pressByKeyboard(desk.page, "Close this line");
  await status(caller.page, "the application hung up");
  expect(dialled.splice(0)).toEqual(["/after completed"]);
  await close(caller, desk);
});

it("five tabs of one browser, eight lines: the browser's few connections are enough", async () => {
  dial = `<Dial action="/after"><Client>agent</Client></Dial>`;
  const caller = await tab([]);
  const { page: desk } = caller;
  const others: Page[] = [];
  for (const at of [
    ["client:a", "client:b"],
    ["client:c", "client:d"],
    ["client:e", "client:f"],
    [answers],
  ]) {
    const page = await caller.context.newPage();
    await page.goto(carrier.phoneUrl + at.map((one) => `&at=${one}`).join(""));
    for (const one of at) await line(page, `${one} Waiting`).waitFor({ timeout: 15_000 });
    others.push(page);
  }
  const agent = others.at(-1)!;
  await pressByKeyboard(desk, "Call");
  await heard(desk, "For a representative press 1.");
  await desk.getByRole("button", { name: "1", exact: true }).click();
  await pressByKeyboard(agent, "Answer");
  await heard(agent, "Connected with another person");
  await say(agent, "Here I am.");
  await heard(desk, "Here I am.");
  await pressByKeyboard(agent, "Hang up");
  await status(desk, "the application hung up");
  expect(dialled.splice(0)).toEqual(["/after completed"]);
  await close(caller);
});

it("an address that is none is refused beside its field; a tab comes back with its lines", async () => {
  const { page, ...visit } = await tab([]);
  await page.getByLabel("Be called at").fill("ann");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Expected a number such as +15550150001").waitFor();
  await page.getByLabel("Be called at").fill("sip:ann@example.com");
  await page.keyboard.press("Enter");
  await line(page, "sip:ann@example.com Waiting for a call").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.reload();
  await line(page, "Caller Not in a call").waitFor();
  await line(page, "sip:ann@example.com Waiting for a call").waitFor();
  expect(visit.complaints().filter((one) => !one.includes("400"))).toEqual([]);
  await visit.close();
});
