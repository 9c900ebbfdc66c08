/**
 * The commands by name: `lint`, `test`, `play`, `schema`, `docs`. FLOW is a flow's JSON file, a folder with a `flow.json`
 * in it, or the name of a shipped flow. Exit codes: 0 all well, 1 findings or failed scenarios, 2 not tried.
 */
import { parseArgs } from "node:util";
import { docsCommand } from "./docs.ts";
import { lintCommand } from "./lint.ts";
import { playCommand } from "./play.ts";
import { schemaCommand } from "./schema.ts";
import { type ExitCode, Refusal, type Terminal } from "./terminal.ts";
import { testCommand } from "./test.ts";

export interface Options {
  readonly format?: string;
  readonly out?: string;
  readonly strict?: boolean;
  readonly name?: string;
  readonly scenario?: boolean;
  readonly at?: string;
  /** A scenario whose circumstances are taken: who calls, when, with which values. */
  readonly like?: string;
}

type Command = (flows: readonly string[], options: Options, terminal: Terminal) => Promise<ExitCode>;

const commands: { readonly [name: string]: Command } = {
  lint: lintCommand,
  test: testCommand,
  play: playCommand,
  schema: schemaCommand,
  docs: docsCommand,
};

const usage = `Usage: pnpm trunkline <command> FLOW… [options]
FLOW: a flow's JSON file, a folder with flow.json and *.scenario.json, or the name of a shipped flow.

  lint FLOW…    what is wrong with the flow     --format text|sarif|junit  --strict (warnings count)  --out FILE
  test FLOW…    play its scenarios              --format text|junit        --out FILE
  play FLOW     talk to it in the terminal      --like SCENARIO (its caller, time, values and answers)
                                                --at 2026-03-02T09:30:00-05:00  --name NAME  --out FILE (the scenario)
  schema        JSON Schema of the flow format  --scenario (of scenarios)
  docs FLOW     the flow as a page of Markdown  --out FILE

Exit codes: 0 all well, 1 findings or failed scenarios, 2 it could not be tried.
`;

/** Never throws for anything typed or read; our own mistakes do. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        out: { type: "string" },
        strict: { type: "boolean" },
        name: { type: "string" },
        scenario: { type: "boolean" },
        at: { type: "string" },
        like: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [name = "", ...flows] = positionals;
    if (values.help || name === "help") {
      terminal.print(usage);
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new Refusal(name ? `There is no command "${name}".\n\n${usage}` : usage);
    return await command(flows, values, terminal);
  } catch (error) {
    const refused = error instanceof Refusal || (error instanceof TypeError && "code" in error);
    if (!refused) throw error;
    terminal.complain(`${error.message.trimEnd()}\n`);
    return 2;
  }
}
