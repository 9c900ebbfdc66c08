/** `pnpm check`: everything that can be known without running a test. The work is in command/check.ts. */
import "./guard.mjs";

const { check } = await import("./command/check.ts");
process.exitCode = (await check()) ? 0 : 1;
