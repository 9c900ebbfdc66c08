/**
 * Every page, in light and dark: no serious finding of axe, nothing refused by the content security policy, no error in
 * the console. With `SHOTS=folder` each is kept as a picture at 1280 and 1920.
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSignedIn, type SignedIn } from "../harness/signed-in.ts";
import { seriousFindings } from "./serious-findings.ts";

const shots = process.env.SHOTS;

let desk: SignedIn;
let flow: string;
let claims: string;
let scratch: string;
let reminder: string;
let twoFlows: string;

beforeAll(async () => {
  desk = await openSignedIn({ width: 1280, height: 800 });
  flow = new URL(desk.visit.page.url()).pathname;
  await callAndHangUp(desk.visit.page);
  claims = `/flows/${await create("claim-status-generic")}`;
  scratch = `/flows/${await create("front-desk")}`;
  reminder = `/flows/${await create("appointment-reminder")}`;
  twoFlows = await callTwoFlows(desk.visit.page);
});
afterAll(() => desk.close());

async function callAndHangUp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Call it" }).click();
  const phone = page.getByRole("dialog", { name: "Phone" });
  await phone.getByText("Listening for").waitFor();
  await phone.getByRole("button", { name: "Key 2" }).click();
  await phone.getByText("Please upload documents").waitFor();
  await phone.getByRole("button", { name: "Hang up" }).click();
  await phone.getByText("See the call").waitFor();
}

/** Asks the program itself, with the page's own cookie. */
async function ask(method: string, path: string, data: object): Promise<Record<string, unknown>> {
  const headers = { "X-Trunkline": "1", Origin: desk.program.origin };
  const answer = await desk.visit.page.request.fetch(`${desk.program.origin}/api${path}`, {
    method,
    headers,
    data,
  });
  expect([path, answer.ok(), await answer.text()]).toEqual([path, true, expect.anything()]);
  return answer.json();
}

async function create(template?: string): Promise<string> {
  return String((await ask("POST", "/flows", template ? { template } : {})).id);
}

/** Publishes a flow of these nodes and answers with what others call it by. */
async function published(name: string, nodes: object): Promise<{ id: string; name: string; hash: string }> {
  const { id, document, revision } = await ask("POST", "/flows", { name });
  const places = Object.keys(nodes).map((node, column) => [node, { x: column * 320, y: 0 }]);
  const layout = { nodes: Object.fromEntries(places) };
  const draft = { ...(document as object), entry: "start", nodes, layout }; // the runtime's own document
  const saved = await ask("PUT", `/flows/${id}/draft`, { document: draft, revision });
  const { hash } = await ask("POST", `/flows/${id}/publish`, { revision: saved.revision, note: "" });
  return { id: String(id), name, hash: String(hash) };
}

/** A call by the browser phone through a flow that calls another; the address of its page. */
async function callTwoFlows(page: Page): Promise<string> {
  const inner = await published("Ask the time of day", {
    start: { kind: "start", title: "Asked", config: { calls: "flows" }, next: { call: "tell" } },
    tell: {
      kind: "say",
      title: "Tell the hours",
      config: { text: "We are open from nine." },
      next: { done: "back" },
    },
    back: { kind: "return", title: "Told", config: { way: "told" }, next: {} },
  });
  const outer = await published("Two flows", {
    start: { kind: "start", title: "Call comes in", config: {}, next: { call: "hours" } },
    hours: {
      kind: "call-flow",
      title: "Tell the hours",
      config: { flow: inner, inputs: [], outputs: [], ways: ["told"] },
      next: { told: "bye", failed: "bye" },
    },
    bye: {
      kind: "hang-up",
      title: "Goodbye",
      config: { disposition: "told" },
      next: {},
    },
  });
  const number = `/numbers/${encodeURIComponent("+15550100001")}`;
  await ask("PUT", number, { flowId: outer.id });
  await page.goto(`${desk.program.origin}/flows/${outer.id}`);
  await page.getByRole("button", { name: "Call it" }).click();
  const link = page.getByRole("dialog", { name: "Phone" }).getByRole("link", { name: /See the call/ });
  const seen = (await link.getAttribute("href", { timeout: 30_000 })) ?? "";
  await ask("PUT", number, { flowId: flow.split("/").at(-1) });
  return seen;
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
  { name: "form of opening hours", path: () => flow, ready: form("Are we open?, opening-hours") },
  { name: "form of a request", path: () => flow, ready: form("Look the claim up, request") },
  { name: "form of a transfer", path: () => flow, ready: form("Ring a specialist, transfer") },
  { name: "form of a question", path: () => flow, ready: form("Ask for the reference, collect") },
  { name: "form of a called flow", path: () => claims, ready: form("Key the identifiers, call-flow") },
  { name: "note and problems", path: () => scratch, ready: addNote },
  { name: "publishing with warnings", path: () => scratch, ready: publishWithWarnings },
  { name: "calling somebody", path: () => reminder, ready: callSomebody },
  { name: "rehearsing a recording", path: () => flow, ready: rehearseRecording },
  { name: "rehearsing a transfer", path: () => flow, ready: rehearseTransfer },
  { name: "templates", path: () => "/flows", ready: openTemplates },
  { name: "call of two flows", path: () => twoFlows, ready: seeCall },
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
    const { page } = desk.visit;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto(desk.program.origin + path());
    await ready(page);
    expect(await seriousFindings(page)).toEqual([]);
    if (shots) await keep(page, `${name.replaceAll(" ", "-")}-${scheme}`);
    // A page that is not there is answered with 404, which browsers report.
    const errors = desk.visit.complaints().filter((one) => !/status of 404/.test(one));
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

function form(group: string): Scene["ready"] {
  return async (page) => {
    await page.keyboard.press("Escape");
    const card = page.locator(".react-flow__node").and(page.getByRole("group", { name: group }));
    await card.waitFor();
    await card.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Inspector" }).getByText("Ways out").waitFor();
  };
}

async function addNote(page: Page): Promise<void> {
  await add(page, "Note");
  const text = page
    .getByRole("complementary", { name: "Inspector" })
    .getByLabel("Note", { exact: true })
    .first();
  await text.fill("Ask billing before changing these words.\nThey were agreed with the payers in March.");
  await add(page, "Pause");
  // The dock stays as it was left: a click on the tab that is open would close it.
  const tab = page.getByRole("tab", { name: /^Problems/, selected: false });
  if ((await tab.count()) > 0) await tab.click();
  await page
    .getByRole("button", { name: /^Fix: / })
    .first()
    .waitFor();
}

async function add(page: Page, kind: string): Promise<void> {
  await openPalette(page);
  await page.getByRole("combobox", { name: "Search node kinds" }).fill(kind);
  await page.keyboard.press("Enter");
}

async function publishWithWarnings(page: Page): Promise<void> {
  await addNote(page);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page
    .getByRole("dialog", { name: /^Publish/ })
    .getByRole("checkbox")
    .first()
    .waitFor();
}

async function callSomebody(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Call somebody" }).click();
  await page.getByRole("dialog", { name: "Call somebody" }).getByLabel("Number", { exact: true }).waitFor();
}

/** In office hours a specialist is rung; before them, a message is taken. */
async function rehearseSpecialist(page: Page, when: string): Promise<void> {
  await page.getByRole("button", { name: "Rehearse" }).click();
  const pane = page.getByRole("tabpanel");
  await pane.getByText("The call", { exact: true }).click();
  await pane.getByLabel("Date and time").fill(when);
  await pane.getByRole("button", { name: "Start with this" }).click();
  await pane.getByRole("button", { name: "Key 0" }).click();
}

async function rehearseTransfer(page: Page): Promise<void> {
  await rehearseSpecialist(page, "2026-01-05T16:00");
  await page.getByRole("tabpanel").getByRole("button", { name: "Busy" }).waitFor();
}

async function rehearseRecording(page: Page): Promise<void> {
  await rehearseSpecialist(page, "2026-01-05T06:00");
  await page.getByRole("tabpanel").getByRole("button", { name: "Key 1" }).click();
  await page.getByLabel("How the recording ends").selectOption({ label: "then hangs up" });
}

async function openTemplates(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog", { name: "New flow" }).getByRole("radio").nth(5).waitFor();
}

async function seeCall(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: "Timeline" })
    .getByText(/In Ask the time of day/)
    .first()
    .waitFor();
}

function callLink(page: Page) {
  return page.getByRole("row", { name: /Front desk/ }).getByRole("link", { name: /^Today/ });
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
