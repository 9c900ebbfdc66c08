/** `pnpm trunkline …`: wires the commands to this process. Tests call `runCommand` (trunkline.ts) instead. */
import { createInterface } from "node:readline";
import { runCommand } from "./trunkline.ts";

/** Read only when a command wants them: what is typed or piped earlier waits. */
async function* typedLines(): AsyncGenerator<string> {
  const input = createInterface({ input: process.stdin, terminal: false });
  try {
    yield* input;
  } finally {
    input.close();
  }
}

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  lines: typedLines(),
  folder: process.env.INIT_CWD ?? process.cwd(),
});
