/** What a node kind sees of the call while it decides: a read-only window on the turn. */
import type { HeldValue, SayVerb, SpeechPart, Value } from "../call/index.ts";
import {
  type Coerced,
  coerce,
  declaredAs,
  fillSpeech,
  holds,
  parseSpeech,
  plainText,
  renderTemplate,
  resolve,
  spoken,
  wordsOf,
} from "../language/index.ts";
import type { Delivery, Variable, Visit } from "../nodes/index.ts";
import { templateOf } from "./compile.ts";
import type { Turn } from "./turn.ts";

export function visitOf(turn: Turn, config: unknown): Visit<unknown> {
  const { frame, flow } = turn;
  const { settings, variables } = flow.flow;
  const held = (reference: string) => resolve(reference, (name) => turn.held(name), turn.party);
  const declared = (reference: string): Variable | undefined => declaredAs(variables, reference);
  const read = (reference: string) => held(reference)?.value;

  const say = (source: string, delivery: Delivery = {}): SayVerb => {
    const { voice = settings.voice, language = settings.language, markup, holding } = delivery;
    const value = (reference: string) => heldFirst(holding, reference) ?? read(reference);
    const plain = (found: Value, reference: string) => spoken(found, declared(reference)?.type, language);
    const fill = (text: string) => renderTemplate(templateOf(flow, text), value, plain, language);
    const how = { language, ...(voice ? { voice } : {}) };
    const tree = markup ? parseSpeech(source) : null;
    if (!tree?.ok) return { verb: "say", text: fill(source), ...how };
    const speech: readonly SpeechPart[] = fillSpeech(tree.parts, (text) => withItsSpaces(text, fill(text)));
    return { verb: "say", text: wordsOf(speech), ...how, speech };
  };

  return {
    config,
    at: turn.event.at,
    enteredAt: frame.enteredAt,
    party: turn.party,
    language: settings.language,
    memory: frame.memory,
    effects: turn.wait?.effects ?? [],
    held,
    declared,
    fits: (reference, raw): Coerced => {
      const variable = declared(reference);
      return variable
        ? coerce(raw, variable.type, variable.choices)
        : { ok: false, sentence: `There is no variable "${reference}".` };
    },
    text: (source) => renderTemplate(templateOf(flow, source), read, plainText, settings.language),
    say,
    holds: (asked) => holds(asked, held),
    tagged: (tag) => turn.tags.includes(tag),
    established: (what) => turn.party.established?.includes(what) ?? false,
    chance: () => turn.chance(),
  };
}

function heldFirst(holding: Delivery["holding"], reference: string): HeldValue["value"] | undefined {
  return holding && Object.hasOwn(holding, reference) ? holding[reference] : undefined;
}

/** Filling a text trims it; between elements its outer spaces keep words apart. */
function withItsSpaces(source: string, filled: string): string {
  const words = filled.trim();
  if (words === "") return source.trim() === "" ? source : "";
  return `${/^\s/.test(source) ? " " : ""}${words}${/\s$/.test(source) ? " " : ""}`;
}
