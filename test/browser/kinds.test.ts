/** Every kind of node in the editor; quick fixes, hours, previews; and calls whose far end answers, rehearsed and placed. */
import { readFile } from "node:fs/promises";
import { kinds } from "@trunkline/schema/nodes";
import { parseScenario } from "@trunkline/schema/scenario";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSignedIn, type SignedIn } from "../harness/signed-in.ts";
import { seriousFindings } from "./serious-findings.ts";

let desk: SignedIn;
let page: Page;

beforeAll(async () => {
  desk = await openSignedIn(undefined, 10_000);
  page = desk.visit.page;
});
afterAll(() => desk.close());

const inspector = () => page.getByRole("complementary", { name: "Inspector" });
const saved = () => page.getByRole("status", { name: "Save state" }).filter({ hasText: "Saved" }).waitFor();

async function newFlow(template: RegExp): Promise<void> {
  await page.goto(`${desk.program.origin}/flows`);
  await page.getByRole("button", { name: "New flow" }).click();
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByRole("radio", { name: template }).check();
  await dialog.getByRole("button", { name: "Create flow" }).click();
  await page.locator("[data-node-id]").first().waitFor();
  await inspector().locator("input").first().waitFor();
}

async function add(kind: string): Promise<void> {
  await page.getByRole("button", { name: "Add node" }).click();
  await page.getByRole("combobox", { name: "Search node kinds" }).fill(kind);
  await page.keyboard.press("Enter");
}

it("adds a node of every kind, each with a form anybody can use", { timeout: 120_000 }, async () => {
  await newFlow(/Empty|Blank|Nothing/i);
  for (const { kind, title } of kinds) {
    if (kind === "start") continue;
    await add(title);
    await inspector().getByLabel("Title").waitFor();
    expect(await inspector().getByLabel("Title").inputValue()).toMatch(new RegExp(`^${title}`));
    expect([kind, await seriousFindings(page)]).toEqual([kind, []]);
  }
  await saved();
  expect(desk.visit.complaints()).toEqual([]);
});

it("puts a problem right by one press, and takes that back", async () => {
  await newFlow(/Front desk/);
  await add("Pause");
  await page.getByRole("tab", { name: "Problems" }).click();
  const problem = page.getByRole("list", { name: "Problems" }).getByRole("listitem");
  const fix = problem.getByRole("button", { name: /^Fix: Delete “?Pause/ });
  await fix.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByRole("group", { name: "Pause, pause" }).count()).toBe(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("group", { name: "Pause, pause" }).waitFor();
});

it("has its hours changed by keyboard, and tells what the caller hears while one types", async () => {
  await newFlow(/After hours/);
  await add("Opening hours");
  const to = inspector().getByLabel("To", { exact: true }).first();
  await to.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("6 pm");
  await page.keyboard.press("Tab");
  await inspector().getByLabel("The week").getByText("09:00–18:00").first().waitFor();
  const saturday = inspector().getByRole("group", { name: "Days" }).first().getByLabel("Sat");
  await saturday.focus();
  await page.keyboard.press("Space");
  await expect.poll(() => inspector().getByLabel("The week").getByText("09:00–18:00").count()).toBe(6);
  await add("Say");
  await inspector().getByLabel("Text", { exact: true }).fill("Call us at {{call.from | phone}}.");
  await inspector()
    .getByText(/Caller hears:.*“Call us at .*\d/)
    .waitFor();
  expect(desk.visit.complaints()).toEqual([]);
});

it("rehearses a call to a machine, and keeps it as a scenario", async () => {
  await newFlow(/Appointment reminder/);
  await page.getByRole("button", { name: "Rehearse" }).click();
  const pane = page.getByRole("tabpanel");
  const form = pane.getByRole("form", { name: "What the call begins with" });
  await form.getByLabel("Who answers").selectOption({ label: "A machine, after its beep" });
  await form.getByLabel(/^first_name/).fill("Ada");
  await form.getByRole("button", { name: "Start with this" }).click();
  await pane.getByText("The call is over: voicemail-left").waitFor();
  await page.locator('[data-node-id="voicemail"][data-state="walked"]').waitFor();
  const coming = page.waitForEvent("download");
  await pane.getByRole("button", { name: "Keep as scenario" }).click();
  const file = await (await coming).path();
  const kept = parseScenario(JSON.parse(await readFile(file, "utf8")));
  expect(kept).toMatchObject({
    ok: true,
    scenario: { answered: { by: "machine", greeting: "beep" }, expect: { disposition: "voicemail-left" } },
  });
});

it("gives a rehearsal a claim, field by field", async () => {
  await newFlow(/Claim status/);
  await page.getByRole("button", { name: "Rehearse" }).click();
  const form = page.getByRole("form", { name: "What the call begins with" });
  await form.locator("summary").first().click();
  const claim = form.getByRole("group", { name: /claim/ });
  await claim.getByLabel("Member ID").fill("W123456789");
  await claim.getByLabel("Date of birth").fill("1980-01-05");
  await form.getByText(/claim, 2 of \d+ filled/).waitFor();
  await form.getByRole("button", { name: "Start with this" }).click();
  await page.getByRole("tabpanel").getByRole("table", { name: "Values" }).getByText("W123456789").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

it("calls somebody on the built-in line, and shows the call", { timeout: 90_000 }, async () => {
  await newFlow(/Appointment reminder/);
  await saved();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const publishing = page.getByRole("dialog", { name: /^Publish/ });
  for (const box of await publishing.getByRole("checkbox").all()) await box.check();
  await publishing.getByRole("button", { name: /^Publish version/ }).click();
  await page.getByText("Version 1 is live. New calls").waitFor();
  await page.getByRole("button", { name: "Call somebody" }).click();
  const dialog = page.getByRole("dialog", { name: "Call somebody" });
  await dialog.getByLabel(/^first_name/).fill("Ada");
  await dialog.getByLabel(/^birth_year/).fill("1980");
  await dialog.getByLabel(/^appointment_date/).fill("2026-03-24");
  await dialog.getByLabel(/^appointment_time/).fill("09:30");
  await dialog.getByLabel(/^with_whom/).fill("Doctor Example");
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Call", exact: true }).click();
  await dialog.getByRole("link", { name: /See the call/ }).click({ timeout: 45_000 });
  await page.waitForURL(/\/calls\/[0-9a-f-]{36}$/);
  await page
    .getByRole("region", { name: "Timeline" })
    .getByRole("button", { name: /We call the patient/ })
    .waitFor();
  await page.locator("[data-node-id][data-order]").first().waitFor();
  expect(desk.visit.complaints()).toEqual([]);
});
