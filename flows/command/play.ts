/**
 * `play`: talk to a flow in the terminal. What is typed is what the far end does; what the flow says is printed. At the
 * end the rehearsal is printed as a scenario, ready to be kept beside the flow.
 */
import { compileFlow } from "@trunkline/schema/engine";
import {
  act,
  type Caller,
  type CallerAction,
  callerOf,
  pathOf,
  type Rehearsal,
  scenarioOf,
  startRehearsal,
} from "@trunkline/schema/scenario";
import { put } from "./output.ts";
import { type ReadFlow, readCalledFlows, readFlow, readScenarios } from "./read-flow.ts";
import { type ExitCode, Refusal, type Terminal } from "./terminal.ts";
import type { Options } from "./trunkline.ts";

const help = `Type keys (12#) or words; an empty line is silence.
  /hang-up             the far end hangs up
  /record WORDS        speak while being recorded (/record! WORDS: and hang up)
  /dialled STATUS      what became of the party that was rung: completed, busy, no-answer, failed, machine, fax
  /say 12              words that look like keys or a command
  /values /path        what the call knows, where it has been
  /back                take the last action back
  /quit                stop here without a scenario
`;

export async function playCommand(
  flows: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  const [name, ...more] = flows;
  if (name === undefined || more.length > 0) throw new Refusal('Expected one FLOW after "play".');
  const scenarioName = options.name ?? "played-in-the-terminal";
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(scenarioName)) {
    throw new Refusal("Expected --name to be lower-case letters, digits and dashes.");
  }
  const read = await readFlow(name, terminal);
  const caller = { ...(await circumstances(read, options.like)), ...momentOf(options.at) };
  const turns = [startRehearsal(compileFlow(read.flow), caller, await readCalledFlows(read))];
  const actions: CallerAction[] = [];
  terminal.complain(help);
  show(terminal, turns[0], 0);
  if (!turns[0]?.over) {
    for await (const typed of terminal.lines) {
      const now = turns.at(-1)!; // the first turn is never taken back
      const meant = meaningOf(typed, now);
      if (meant === "quit") return 0;
      if (meant === "back") {
        if (turns.length > 1) {
          turns.pop();
          actions.pop();
        }
        terminal.complain(`Back after ${actions.length} actions.\n`);
      } else if (typeof meant === "string") {
        terminal.complain(meant);
      } else {
        const next = act(now, meant);
        turns.push(next);
        actions.push(meant);
        show(terminal, next, now.transcript.length);
        if (next.over) break;
      }
    }
  }
  const last = turns.at(-1);
  if (!last?.over) {
    terminal.complain("The call is not over: no scenario was made.\n");
    return 1;
  }
  terminal.complain(`${pathOf(last.trace).join("  ")}\n`);
  const scenario = scenarioOf(scenarioName, { caller, turns, actions });
  await put(`${JSON.stringify(scenario, null, 2)}\n`, options.out, terminal);
  return 0;
}

/** Who calls, when, with which values and answers from outside: as in one of the flow's scenarios. */
async function circumstances(flow: ReadFlow, like: string | undefined): Promise<Caller> {
  if (like === undefined) return {};
  const scenarios = (await readScenarios(flow)).flatMap((one) => one.scenario ?? []);
  const found = scenarios.find((one) => one.name === like);
  if (found) return callerOf(found);
  throw new Refusal(
    `Expected --like to name one of ${scenarios.map((one) => one.name).join(", ")}; found "${like}".`,
  );
}

function momentOf(asked: string | undefined): Pick<Caller, "at"> {
  if (asked === undefined) return {};
  const at = Date.parse(asked);
  if (Number.isNaN(at))
    throw new Refusal(`Expected --at to be a date and time such as 2026-03-02T09:30:00-05:00.`);
  return { at };
}

function show(terminal: Terminal, rehearsal: Rehearsal | undefined, from: number): void {
  const signs = { flow: "☎", caller: "›", line: "·" } as const;
  for (const { who, text } of rehearsal?.transcript.slice(from) ?? [])
    terminal.complain(`${signs[who]} ${text}\n`);
}

/** What a typed line means: an action, something to print, or `back` and `quit`. */
function meaningOf(typed: string, now: Rehearsal): CallerAction | string {
  const text = typed.trim();
  if (text === "") return { silence: true };
  if (/^[0-9*#]{1,40}$/.test(text)) return { press: text };
  if (!text.startsWith("/")) return { speak: text.slice(0, 500) };
  const [command = "", ...words] = text.slice(1).split(/\s+/);
  const rest = words.join(" ").slice(0, 500);
  switch (command) {
    case "hang-up":
      return { hangUp: true };
    case "record":
    case "record!":
      if (rest === "") return "Expected words to be recorded.\n";
      return command === "record" ? { record: rest } : { record: rest, end: "hang-up" };
    case "dialled": {
      const status = dialStatuses.find((one) => one === rest);
      return status ? { dialled: status } : `Expected one of ${dialStatuses.join(", ")}.\n`;
    }
    case "say":
      return rest === "" ? "Expected words to say.\n" : { speak: rest };
    case "values":
      return valuesOf(now);
    case "path":
      return `${pathOf(now.trace).join("  ")}\n`;
    case "back":
    case "quit":
      return command;
    default:
      return help;
  }
}

const dialStatuses = ["completed", "busy", "no-answer", "failed", "canceled", "machine", "fax"] as const;

function valuesOf({ session }: Rehearsal): string {
  const held = Object.entries({ ...session.shared, ...session.frames.at(-1)?.values });
  const lines = held.map(([name, { value }]) => `${name} = ${JSON.stringify(value)}\n`);
  return lines.join("") || "Nothing is known yet.\n";
}
