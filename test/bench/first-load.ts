/**
 * What a browser fetches before the designer stands: the real program, a real browser, every script and style it asked
 * for from the sign-in link to the drawn flow, gzipped. Monaco must not be among them; it comes when its pane opens.
 */
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../harness/browser.ts";
import { findChromium } from "../harness/chromium.ts";
import { startProgram } from "../harness/program.ts";
import { printTable } from "./statistics.ts";

export async function benchFirstLoad(): Promise<void> {
  console.log("\nFirst load of the designer, from the sign-in link to the drawn flow, KB gzipped");
  const program = await startProgram();
  const { executable, env } = await findChromium();
  Object.assign(process.env, env);
  const browser = await launchBrowser(executable);
  try {
    const { page } = await browser.visit();
    const fetched = new Map<string, Promise<Buffer>>();
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (response.ok() && /\.(js|css)$/.test(pathname)) fetched.set(pathname, response.body());
    });
    await page.goto(program.signInLink);
    await page.getByRole("group", { name: "Welcome, say" }).waitFor();
    await page.waitForLoadState("networkidle");
    const files = await Promise.all([...fetched].map(async ([name, body]) => ({ name, body: await body })));
    const rows = files.map(({ name, body }) => [name, gzipSync(body, { level: 9 }).length / 1024] as const);
    rows.sort((a, b) => b[1] - a[1]);
    printTable(["file", "KB"], [...rows, ["together", rows.reduce((sum, [, kb]) => sum + kb, 0)]]);
    const monaco = files.filter(({ body }) => body.includes("monaco-editor-background"));
    if (monaco.length > 0)
      console.log(`  Monaco is in the first load: ${monaco.map((one) => one.name).join(", ")}`);
  } finally {
    await browser.close();
    await program.stop();
  }
}
