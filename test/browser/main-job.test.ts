/**
 * The main job, as an analyst does it, on the running program: sign in, add a node, rehearse, publish, call by the
 * browser phone, press keys, and read the path of that call on the canvas and from the database. Holds P1, P2, P3.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@trunkline/runtime/app";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, type TestBrowser, type Visit } from "../harness/browser.ts";
import { type Program, startProgram } from "../harness/program.ts";

let dataDir: string;
let program: Program;
let browser: TestBrowser;
let visit: Visit;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "trunkline-main-job-"));
  program = await startProgram({ dataDir });
  browser = await launchBrowser();
  visit = await browser.visit({ viewport: { width: 1440, height: 900 } });
  visit.page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser.close();
  await program.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const notice = "Our office is closed on Friday.";

it("draws, rehearses, publishes, calls and reads the path", { timeout: 120_000 }, async () => {
  const { page } = visit;
  await page.goto(program.signInLink);
  await page.getByRole("group", { name: "Welcome, say" }).waitFor();

  await addNotice(page);
  await page.getByRole("status", { name: "Save state" }).filter({ hasText: "Saved" }).waitFor();

  await page.getByRole("button", { name: "Rehearse" }).click();
  const rehearsal = page.getByRole("tabpanel");
  await rehearsal.getByText(notice).waitFor();
  await rehearsal.getByRole("button", { name: "Key 9" }).click();
  await rehearsal.getByText("Thank you for calling. Goodbye.").waitFor();
  await expect.poll(async () => (await walked(page)).at(-1)).toBe("goodbye");
  const rehearsed = await walked(page);
  expect(rehearsed).toEqual(["start", "welcome", newNode(rehearsed), "main-menu", "goodbye"]);

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /Publish/ });
  await dialog
    .getByRole("region", { name: "Changes" })
    .getByText("leads to Say instead of Main menu")
    .waitFor();
  await dialog.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByText("Version 2 is live. New calls").waitFor();

  await page.getByRole("button", { name: "Call it" }).click();
  const phone = page.getByRole("dialog", { name: "Phone" });
  await phone.getByText(notice).waitFor();
  await phone.getByText("Listening for keys or speech").waitFor();
  await phone.getByRole("button", { name: "Key 3" }).click();
  await phone.getByText("Please enter the four digit reference from our letter.").waitFor();
  for (const key of ["9", "0", "4", "1"]) await phone.getByRole("button", { name: `Key ${key}` }).click();
  await phone.getByText("9 0 4 1 is with our appeals desk").waitFor({ timeout: 20_000 });
  await phone.getByText("To go back to the main menu, press 1").waitFor({ timeout: 30_000 });
  await phone.getByRole("button", { name: "Key 9" }).click();
  await phone.getByText("You pressed 9 at “Anything else?”.").waitFor({ timeout: 20_000 });

  await phone.getByRole("link", { name: /See the call/ }).click();
  await page.waitForURL(/\/calls\/[0-9a-f-]{36}$/);
  await page.getByRole("group", { name: "Welcome, say" }).waitFor();
  await expect.poll(async () => (await walked(page)).at(-1)).toBe("goodbye");
  const path = await walked(page);
  expect(path).toEqual([
    "start",
    "welcome",
    newNode(path),
    "main-menu",
    "about-follow-up",
    "ask-reference",
    "which-desk",
    "appeals-desk",
    "record-follow-up",
    "anything-else",
    "goodbye",
  ]);
  const timeline = page.getByRole("region", { name: "Timeline" });
  expect(await timeline.getByRole("button", { name: /Main menu/ }).textContent()).toContain("pressed 3");
  // The value that decided stands on the canvas, beside the way out it chose.
  await page.locator('[data-node-id="main-menu"] [data-outcome="key-3"][data-taken]').waitFor();
  expect(visit.complaints()).toEqual([]);

  // The same path from the database itself.
  await program.stop();
  const database = await openDatabase({ kind: "pglite", dataDir: join(dataDir, "database") });
  const rows = await database.query<{ node: string; outcome: string; version: number }>(
    `select t.node, t.outcome, v.version from trace t join calls c on c.id = t.call_id
     join flow_versions v on v.id = c.flow_version_id order by t.seq`,
    [],
  );
  await database.close();
  expect(rows.map((row) => row.node)).toEqual(path);
  expect(rows.find((row) => row.node === "main-menu")?.outcome).toBe("key-3");
  expect(rows.find((row) => row.node === "which-desk")?.outcome).toBe("appeals");
  expect(new Set(rows.map((row) => row.version))).toEqual(new Set([2]));
});

/** Puts a Say with the notice between Welcome and the main menu, by the palette and the inspector. */
async function addNotice(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add node" }).click();
  await page.getByRole("combobox", { name: "Search node kinds" }).fill("say");
  await page.keyboard.press("Enter");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByLabel("Text", { exact: true }).fill(notice);
  await inspector.getByLabel(/said/).selectOption({ label: "Main menu" });
  await page.getByRole("group", { name: "Welcome, say" }).click();
  await inspector.getByLabel(/said/).selectOption({ label: "Say" });
}

/** Ids of the walked nodes, in order, with the whole flow in view: cards out of sight are not drawn. */
async function walked(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: "Fit View" }).click();
  const cards = await page.locator("[data-node-id][data-order]").evaluateAll((found) =>
    found.map((card) => ({
      id: card.getAttribute("data-node-id") ?? "",
      order: Number(card.getAttribute("data-order")),
    })),
  );
  return cards.sort((a, b) => a.order - b.order).map((card) => card.id);
}

function newNode(path: readonly string[]): string {
  return path[2] ?? "";
}
