/** `pnpm trunkline …`: wires the commands to this process. Tests call `runCommand` (trunkline.ts) instead. */
import { createInterface } from "node:readline";
import { runCommand } from "./trunkline.ts";

const input = createInterface({ input: process.stdin, terminal: false });
process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  lines: input,
  folder: process.env.INIT_CWD ?? process.cwd(),
});
input.close();
