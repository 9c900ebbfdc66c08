/** What a node kind sees of the call while it decides: a read-only window on the turn. */
import type { SayVerb } from "../call/index.ts";
import { type Coerced, coerce, holds, renderTemplate, spoken } from "../language/index.ts";
import type { Variable, Visit } from "../nodes/index.ts";
import { templateOf } from "./compile.ts";
import type { Turn } from "./turn.ts";

export function visitOf(turn: Turn, config: unknown): Visit<unknown> {
  const { frame, flow } = turn;
  const { settings, variables } = flow.flow;
  const held = (name: string) => (Object.hasOwn(frame.values, name) ? frame.values[name] : undefined);
  const declared = (name: string): Variable | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined;
  const read = (name: string) => held(name)?.value;
  return {
    config,
    at: turn.event.at,
    enteredAt: frame.enteredAt,
    party: turn.party,
    memory: frame.memory,
    effects: turn.wait?.effects ?? [],
    held,
    declared,
    fits: (name, raw): Coerced => {
      const variable = declared(name);
      return variable
        ? coerce(raw, variable.type)
        : { ok: false, sentence: `There is no variable "${name}".` };
    },
    text: (source) => renderTemplate(templateOf(flow, source), read),
    say: (source, voice = settings.voice): SayVerb => {
      const text = renderTemplate(templateOf(flow, source), read, (value, name) =>
        spoken(value, declared(name)?.type),
      );
      return { verb: "say", text, language: settings.language, ...(voice ? { voice } : {}) };
    },
    holds: (asked) => holds(asked, held),
  };
}
