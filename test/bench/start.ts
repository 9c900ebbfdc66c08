/** From `node runtime/start.mjs` to the printed address: in a fresh copy without data or build, and once more. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startProgram } from "../harness/program.ts";
import { printTable } from "./statistics.ts";

const root = join(import.meta.dirname, "../..");
const packages = ["", "schema", "flows", "runtime", "designer", "carrier"];

export async function benchStart(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "trunkline-start-"));
  try {
    copySources(copy);
    const run = async () => {
      const program = await startProgram({ root: copy, dataDir: join(copy, "data"), limitSeconds: 180 });
      await program.stop();
      return program.startedInMs / 1000;
    };
    const cold = await run();
    const warm = [await run(), await run(), await run()].sort((a, b) => a - b);
    console.log("\nStart to the printed address, seconds (installed already)");
    printTable(
      ["start", "seconds"],
      [
        ["cold: no data, no designer/dist", cold],
        ["warm: median of three", warm[1] ?? 0],
      ],
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What git knows or would know, with our node_modules. */
function copySources(copy: string): void {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const name of listed.split("\n").filter((line) => line && existsSync(join(root, line)))) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  for (const name of packages) {
    const modules = join(root, name, "node_modules");
    if (existsSync(modules)) symlinkSync(modules, join(copy, name, "node_modules"));
  }
}
