/** `pnpm test`: everything that must hold, from nothing but Node and git. The work is in command/test.ts. */
import "./guard.mjs";

await import("./command/test.ts");
