/**
 * What a browser fetches before the designer stands: the real program, a real browser, every script and style it asked
 * for from the sign-in link to the first drawn card of the flow, gzipped. What it fetches ahead after that, while nobody
 * waits, is told beside it. Monaco must be in neither; it comes when its pane opens.
 */
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../harness/browser.ts";
import { findChromium } from "../harness/chromium.ts";
import { startProgram } from "../harness/program.ts";
import { printTable } from "./statistics.ts";

/** The most that may be asked for before the flow is drawn. */
const mostKb = 250;

/** Notes in the page when the first card stands in it; text, because this side has no DOM. */
const watchForCard = `new MutationObserver((_changes, watch) => {
  if (!document.querySelector("[data-node-id]")) return;
  performance.mark("drawn");
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });`;

/** Paths of scripts and styles asked for before that moment. */
const askedBefore = `(() => {
  const drawn = performance.getEntriesByName("drawn")[0].startTime;
  return performance.getEntriesByType("resource")
    .filter((one) => one.startTime <= drawn)
    .map((one) => new URL(one.name).pathname);
})()`;

export async function benchFirstLoad(): Promise<void> {
  console.log("\nFirst load of the designer, from the sign-in link to the drawn flow, KB gzipped");
  const program = await startProgram();
  const { executable, env } = await findChromium();
  Object.assign(process.env, env);
  const browser = await launchBrowser(executable);
  try {
    const { page, context } = await browser.visit();
    await context.addInitScript(watchForCard);
    const fetched = new Map<string, Promise<Buffer>>();
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.ok() && /\.(js|css)$/.test(pathname)) fetched.set(pathname, response.body());
    });
    await page.goto(program.signInLink);
    await page.getByRole("group", { name: "Welcome, say" }).waitFor();
    const asked: readonly unknown[] = await page.evaluate(askedBefore);
    await page.waitForLoadState("networkidle");
    const files = await Promise.all(
      [...fetched].map(async ([name, bytes]) => {
        const body = await bytes;
        return { name, body, kb: gzipSync(body, { level: 9 }).length / 1024, first: asked.includes(name) };
      }),
    );
    const first = files.filter((one) => one.first).sort((a, b) => b.kb - a.kb);
    const sum = (of: typeof files) => of.reduce((kb, one) => kb + one.kb, 0);
    printTable(
      ["file", "KB"],
      [
        ...first.map(({ name, kb }) => [name, kb] as const),
        ["until the flow is drawn", sum(first)],
        ["fetched ahead after that", sum(files) - sum(first)],
      ],
    );
    if (sum(first) > mostKb) console.log(`  That is more than the ${mostKb} KB the first load may weigh.`);
    const monaco = files.filter(({ body }) => body.includes("monaco-editor-background"));
    if (monaco.length > 0)
      console.log(`  Monaco is in the first load: ${monaco.map((one) => one.name).join(", ")}`);
  } finally {
    await browser.close();
    await program.stop();
  }
}
