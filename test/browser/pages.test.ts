/**
 * Every page, in light and dark: no serious finding of axe, nothing refused by the content security policy, no error in
 * the console. With `SHOTS=folder` each is kept as a picture at 1280 and 1920.
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser, type Visit } from "../harness/browser.ts";
import { type Program, startProgram } from "../harness/program.ts";
import { seriousFindings } from "./serious-findings.ts";

const shots = process.env.SHOTS;

let program: Program;
let browser: TestBrowser;
let visit: Visit;
let flow: string;

beforeAll(async () => {
  program = await startProgram();
  browser = await launchBrowser();
  visit = await browser.visit({ viewport: { width: 1280, height: 800 } });
  visit.page.setDefaultTimeout(15_000);
  await visit.page.goto(program.signInLink);
  await visit.page.getByRole("group", { name: "Welcome, say" }).waitFor();
  flow = new URL(visit.page.url()).pathname;
  await callAndHangUp(visit.page);
});
afterAll(async () => {
  await browser.close();
  await program.stop();
});

async function callAndHangUp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Call it" }).click();
  const phone = page.getByRole("dialog", { name: "Phone" });
  await phone.getByText("Listening for").waitFor();
  await phone.getByRole("button", { name: "Key 2" }).click();
  await phone.getByText("Please upload documents").waitFor();
  await phone.getByRole("button", { name: "Hang up" }).click();
  await phone.getByText("See the call").waitFor();
}

interface Scene {
  readonly name: string;
  readonly path: () => string;
  readonly ready: (page: Page) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    name: "flows",
    path: () => "/flows",
    ready: (page) =>
      page
        .getByRole("link", { name: /Front desk/ })
        .first()
        .waitFor(),
  },
  {
    name: "editor",
    path: () => flow,
    ready: (page) => page.getByRole("group", { name: "Welcome, say" }).waitFor(),
  },
  { name: "editor with a node", path: () => flow, ready: selectNode },
  { name: "editor with the palette", path: () => flow, ready: openPalette },
  { name: "editor rehearsing", path: () => flow, ready: rehearse },
  { name: "editor with its source", path: () => flow, ready: openSource },
  { name: "calls", path: () => "/calls", ready: (page) => callLink(page).waitFor() },
  { name: "call", path: () => "/calls", ready: openCall },
  {
    name: "numbers",
    path: () => "/numbers",
    ready: (page) => page.getByText("+15550100001").first().waitFor(),
  },
  {
    name: "no such page",
    path: () => "/nowhere",
    ready: (page) => page.getByRole("heading").first().waitFor(),
  },
  {
    name: "no such flow",
    path: () => "/flows/00000000-0000-7000-8000-000000000000",
    ready: (page) => page.getByRole("heading").first().waitFor(),
  },
];

describe.each(["light", "dark"] as const)("in %s", (scheme) => {
  it.each(scenes)("$name", async ({ name, path, ready }) => {
    const { page } = visit;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto(program.origin + path());
    await ready(page);
    expect(await seriousFindings(page)).toEqual([]);
    if (shots) await keep(page, `${name.replaceAll(" ", "-")}-${scheme}`);
    // A page that is not there is answered with 404, which browsers report.
    const errors = visit.complaints().filter((one) => !/status of 404/.test(one));
    expect(errors).toEqual([]);
  });
});

async function selectNode(page: Page): Promise<void> {
  await page.getByRole("group", { name: "Main menu, menu" }).click();
  await page.getByRole("complementary", { name: "Inspector" }).getByText("Ways out").waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.getByRole("group", { name: "Welcome, say" }).waitFor();
  await page.getByRole("button", { name: "Add node" }).click();
  await page.getByRole("combobox", { name: "Search node kinds" }).waitFor();
}

async function rehearse(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Rehearse" }).click();
  const pane = page.getByRole("tabpanel");
  await pane.getByRole("button", { name: "Key 3" }).click();
  await pane.getByText("four digit reference").waitFor();
}

async function openSource(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Source" }).click();
  await page.locator(".monaco-editor .view-line").first().waitFor();
}

function callLink(page: Page) {
  return page.getByRole("table").getByRole("link", { name: /^Today/ });
}

async function openCall(page: Page): Promise<void> {
  await callLink(page).click();
  await page.getByRole("region", { name: "Timeline" }).waitFor();
}

async function keep(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    // Let the canvas fit its new size.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await page.screenshot({ path: join(shots ?? "", `${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
