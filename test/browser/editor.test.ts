/** The editor by keyboard alone, with mistakes, by its source, and by two people at once. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openSignedIn, type SignedIn } from "../harness/signed-in.ts";

let desk: SignedIn;
let page: Page;

beforeAll(async () => {
  desk = await openSignedIn(undefined, 10_000);
  page = desk.visit.page;
});
afterAll(() => desk.close());
beforeEach(async () => {
  // Each case begins with a flow of its own, as it comes from the catalogue.
  await page.goto(`${desk.program.origin}/flows`);
  await page.getByRole("button", { name: "New flow" }).click();
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByRole("radio", { name: /Front desk/ }).check();
  await dialog.getByRole("button", { name: "Create flow" }).click();
  await page.getByRole("group", { name: "Welcome, say" }).waitFor();
});

const saved = () => page.getByRole("status", { name: "Save state" }).filter({ hasText: "Saved" }).waitFor();
const cards = () => page.locator("[data-node-id]").count();

it("adds, undoes, does again and deletes by keyboard alone", async () => {
  const before = await cards();
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Search node kinds" }).fill("pause");
  await page.keyboard.press("Enter");
  await expect.poll(cards).toBe(before + 1);
  await page.getByRole("group", { name: "Pause, pause" }).focus();
  await page.keyboard.press("Delete");
  await expect.poll(cards).toBe(before);
  await page.keyboard.press("Control+z");
  await expect.poll(cards).toBe(before + 1);
  await page.keyboard.press("Control+z");
  await expect.poll(cards).toBe(before);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(cards).toBe(before + 1);
  await saved();
  expect(desk.visit.complaints()).toEqual([]);
});

it("lists a mistake, leads to it, and does not publish it", async () => {
  await page.getByRole("group", { name: "Welcome, say" }).click();
  const said = page.getByRole("region", { name: "Ways out" }).getByLabel("said");
  await said.selectOption({ label: "Not wired" });
  await page.getByRole("button", { name: /^\d+ problems?: 1 errors/ }).waitFor();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Publish/ });
  await dialog.getByRole("region", { name: "Errors" }).getByText("leads nowhere").waitFor();
  expect(await dialog.getByRole("button", { name: /^Publish version/ }).isDisabled()).toBe(true);
  await page.keyboard.press("Escape");
  await page.getByRole("group", { name: "Goodbye, hang-up" }).click();
  await page.getByRole("tab", { name: "Problems" }).click();
  await page
    .getByRole("list", { name: "Problems" })
    .getByRole("button", { name: /leads nowhere/ })
    .click();
  expect(await page.getByRole("complementary", { name: "Inspector" }).getByLabel("Title").inputValue()).toBe(
    "Welcome",
  );
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: /^No problems/ }).waitFor();
});

it("keeps canvas and source in step, and broken source harms nothing", async () => {
  await page.getByRole("tab", { name: "Source" }).click();
  const pane = page.getByRole("tabpanel");
  await pane.locator(".monaco-editor .view-line").first().waitFor();
  const flow = (await (
    await page.request.get(`${desk.program.origin}/api${new URL(page.url()).pathname}`)
  ).json()) as {
    document: { nodes: { [id: string]: { title: string } } };
  };
  flow.document.nodes.welcome!.title = "Hello there";
  await replaceSource(JSON.stringify(flow.document, null, 2));
  await page.getByRole("group", { name: "Hello there, say" }).waitFor();
  await replaceSource('{ "formatVersion": 1, "nodes": ');
  await pane.locator(".squiggly-error").first().waitFor();
  expect(await page.getByRole("group", { name: "Hello there, say" }).count()).toBe(1);
  await saved();
  // The broken text is still there after looking elsewhere.
  await page.getByRole("tab", { name: "Problems" }).click();
  await page.getByRole("tab", { name: /^Source/ }).click();
  await pane.locator(".squiggly-error").first().waitFor();
});

/** Puts a text in place of all of the source, as pasting does. */
async function replaceSource(text: string): Promise<void> {
  await page
    .locator(".monaco-editor")
    .first()
    .click({ position: { x: 200, y: 40 } });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

it("shows a conflict to whoever saves second, and loses nothing", async () => {
  const other = await desk.visit.context.newPage();
  await other.goto(page.url());
  await other.getByRole("group", { name: "Welcome, say" }).waitFor();
  const rename = async (of: Page, title: string) => {
    await of.getByRole("group", { name: "Welcome, say" }).click();
    await of.getByRole("complementary", { name: "Inspector" }).getByLabel("Title").fill(title);
  };
  const stored = page.waitForResponse((response) => response.url().endsWith("/draft") && response.ok());
  await rename(page, "First");
  await stored;
  await rename(other, "Second");
  const dialog = other.getByRole("dialog", { name: "This draft was changed elsewhere" });
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await other.getByRole("group", { name: "Second, say" }).waitFor();
  await other.getByRole("status", { name: "Save state" }).filter({ hasText: "Saved" }).waitFor();
  await other.close();
});
