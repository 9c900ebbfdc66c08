/**
 * What a number does when it is called, as JSON: a script, a phone system, a reason why nobody answers, several of them in turn,
 * or variations of one.
 *
 *     "busy"
 *     { "steps": [{ "hear": "who is calling", "say": "Acme Health." }] }
 *     { "phoneSystem": { "menus": { "main": { "says": "Press 1.", "keys": { "1": "main" } } } } }
 *     { "inTurn": ["busy", { "steps": [] }] }                      the last one stays; with "again": true they start over
 *     { "vary": { "seed": 7 }, "script": { "steps": [] } }          another variation on every call
 */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Refusal } from "./person.ts";
import { type PhoneSystem, phoneSystem } from "./phone-system.ts";
import { refusal, type Script, script } from "./script.ts";
import { type Varied, varied } from "./variations.ts";

/** What one call meets. */
export type Plain = Refusal | Script | { readonly phoneSystem: PhoneSystem };
export type Behaviour = Plain | Varied | InTurn;
interface InTurn {
  readonly inTurn: readonly (Plain | Varied)[];
  /** After the last one the first follows again. */
  readonly again?: boolean | undefined;
}

type PlainInput = Refusal | z.input<typeof script> | { readonly phoneSystem: z.input<typeof phoneSystem> };
/** A behaviour as written, before defaults. */
export type BehaviourInput =
  | PlainInput
  | z.input<typeof varied>
  | { readonly inTurn: readonly (PlainInput | z.input<typeof varied>)[]; readonly again?: boolean };

const withPhoneSystem = z.strictObject({ phoneSystem });

/** One of several schemas by how the value looks, so that problems speak of what was meant and not of all that it could have been. */
const chosen = <Output, Input>(choose: (value: unknown) => z.ZodType<Output>): z.ZodType<Output, Input> =>
  z.unknown().transform((value, context) => {
    const parsed = choose(value).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues)
      context.issues.push({ code: "custom", message, path: [...path], input: value });
    return z.NEVER;
    // What is put in is judged by the chosen schema alone; the type says what can pass.
  }) as unknown as z.ZodType<Output, Input>;

const names = (value: unknown, word: string) => typeof value === "object" && value !== null && word in value;

const schemaOf = (value: unknown): z.ZodType<Plain | Varied> => {
  if (typeof value === "string") return refusal;
  if (names(value, "vary")) return varied;
  return names(value, "phoneSystem") ? withPhoneSystem : script;
};

const turns = z.strictObject({
  inTurn: z
    .array(chosen<Plain | Varied, unknown>(schemaOf))
    .min(1, "expected at least one behaviour")
    .max(limits.farEndTurns),
  again: z.boolean().optional(),
});

export const behaviour = chosen<Behaviour, BehaviourInput>((value) =>
  names(value, "inTurn") ? turns : schemaOf(value),
);
