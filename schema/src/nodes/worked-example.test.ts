/** CONTRIBUTING's worked example is true: its code, taken out of the page, is a kind that works. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { NodeDefinition } from "./node.ts";

const here = dirname(fileURLToPath(import.meta.url));

it("adds a kind with one file whose examples hold", async () => {
  const page = readFileSync(join(here, "../../../CONTRIBUTING.md"), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1]?.replace(/^ {3}/gm, "") ?? "";
  expect(code).toContain("defineNode");
  const folder = mkdtempSync(join(here, "worked-example-"));
  try {
    for (const file of ["fields.ts", "node.ts"]) symlinkSync(join(here, file), join(folder, file));
    writeFileSync(join(folder, "beat.ts"), code);
    const { beat } = (await import(join(folder, "beat.ts"))) as { beat: NodeDefinition<{ seconds: number }> };
    const example = beat.examples[0];
    const result = beat.enter({ config: example?.config } as Parameters<typeof beat.enter>[0]); // it reads its config only
    expect(result).toEqual({ leave: example?.outcome, verbs: example?.verbs });
    expect(beat.config.safeParse(beat.initial).success).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
