/** Do the migrations in runtime/drizzle say what runtime/src/db/schema.ts says? Generates into a copy and compares. */
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, root, runProgram } from "./run-program.ts";

export async function migrationsAreFresh(): Promise<Ran> {
  const runtime = join(root, "runtime");
  const kept = join(runtime, "drizzle");
  const copy = await mkdtemp(join(tmpdir(), "trunkline-migrations-"));
  try {
    await cp(kept, copy, { recursive: true });
    const ran = await runProgram(
      join(runtime, "node_modules/.bin/drizzle-kit"),
      ["generate", "--dialect=postgresql", "--schema=./src/db/schema.ts", `--out=${copy}`],
      { cwd: runtime },
    );
    const added = (await readdir(copy)).length - (await readdir(kept)).length;
    if (!ran.ok || added === 0) return ran;
    const output = "src/db/schema.ts is ahead of drizzle/: run `pnpm exec drizzle-kit generate` in runtime/.";
    return { ...ran, ok: false, output };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
