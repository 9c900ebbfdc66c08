/**
 * A program of its own and a browser that has signed in to it, on the first flow: what most browser suites begin with.
 * Life cycle: `openSignedIn()` → use `visit.page` → `close()`.
 */
import { launchBrowser, type Visit } from "./browser.ts";
import { type Program, startProgram } from "./program.ts";

export interface SignedIn {
  readonly program: Program;
  readonly visit: Visit;
  close(): Promise<void>;
}

export async function openSignedIn(
  viewport = { width: 1440, height: 900 },
  patienceMs = 15_000,
): Promise<SignedIn> {
  const [program, browser] = await Promise.all([startProgram(), launchBrowser()]);
  const visit = await browser.visit({ viewport, reducedMotion: "reduce" });
  visit.page.setDefaultTimeout(patienceMs);
  await visit.page.goto(program.signInLink);
  await visit.page.getByRole("group", { name: "Welcome, say" }).waitFor();
  const close = async () => {
    await browser.close();
    await program.stop();
  };
  return { program, visit, close };
}
