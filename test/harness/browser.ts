/**
 * A browser for one suite, and pages that tell on themselves: every console error, uncaught exception, failed request
 * of our own and violation of the content security policy is collected, and a test asserts there were none.
 *
 * ```ts
 * const browser = await launchBrowser();
 * const visit = await browser.visit();
 * await visit.page.goto(program.address);
 * expect(visit.complaints()).toEqual([]);
 * await visit.close();
 * ```
 */
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Headless, as root or not, and with nothing that calls home. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong so far, in order; asked after what the test did. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface TestBrowser {
  /** A page in a context of its own: no cookies, no storage. */
  visit(options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export async function launchBrowser(executable = process.env.TRUNKLINE_TEST_CHROME): Promise<TestBrowser> {
  if (!executable)
    throw new Error("Expected TRUNKLINE_TEST_CHROME, found none: run the tests by `pnpm test`.");
  const browser = await chromium.launch({ executablePath: executable, args, headless: true });
  return {
    async visit(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const heard: string[] = [];
      await context.exposeBinding("tellOfViolation", (_source, told: string) => void heard.push(told));
      await context.addInitScript(listenForViolations);
      const page = await context.newPage();
      listen(page, heard);
      return { page, context, complaints: () => [...heard], close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

function listen(page: Page, heard: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
}

/** Runs in the page before anything of ours does; text, because the test's own lib has no DOM. */
const listenForViolations = `addEventListener("securitypolicyviolation", (event) =>
  tellOfViolation("policy: " + event.effectiveDirective + " refused " + event.blockedURI));`;
