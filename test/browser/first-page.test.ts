/** The real program in a real browser: the printed address signs in, and nothing on the way complains. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "../harness/browser.ts";
import { type Program, startProgram } from "../harness/program.ts";

let program: Program;
let browser: TestBrowser;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), launchBrowser()]);
});

afterAll(() => Promise.all([program?.stop(), browser?.close()]));

it("the printed address signs in and shows the designer", async () => {
  const visit = await browser.visit();
  await visit.page.goto(program.signInLink);
  await visit.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  const session = await visit.page.request.get(`${program.origin}/api/session`);
  expect(session.status()).toBe(200);
  await visit.page.getByRole("button").first().waitFor();
  expect(visit.complaints()).toEqual([]);
  await visit.close();
});
