/**
 * `pnpm bench [webhook|step|lint|load|start …]`: figures printed, nothing written. Without a name, all of them. Read
 * ratios, not absolutes: they hold on another machine.
 */
import { benchFirstLoad } from "./first-load.ts";
import { benchLint } from "./lint.ts";
import { benchStart } from "./start.ts";
import { benchStep } from "./step.ts";
import { benchWebhook } from "./webhook.ts";

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  webhook: benchWebhook,
  step: benchStep,
  lint: benchLint,
  load: benchFirstLoad,
  start: benchStart,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`Expected one of ${Object.keys(parts).join(", ")}, found ${unknown.join(", ")}.`);
  process.exit(1);
}
for (const [name, run] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}
