/**
 * The words forms are made of. A field is a zod type with a label, a help sentence, a widget and a unit in its
 * `.meta`, which survive into the JSON Schema: the designer's form, Monaco's completion and the generated page are
 * all grown from them.
 */
import { z } from "zod";
import { parseTemplate, variableName } from "../language/index.ts";

/** Which control the designer draws for a field. */
export type Widget =
  | "text"
  | "prompt"
  | "number"
  | "switch"
  | "choice"
  | "variable"
  | "voice"
  | "condition"
  | "keys"
  | "phrases"
  | "list"
  | "template"
  | "audio"
  | "language"
  | "zone"
  | "time"
  | "date"
  | "days"
  | "pattern"
  | "flow"
  | "pairs"
  | "group";

export interface FieldMeta {
  readonly label: string;
  readonly help: string;
  readonly widget: Widget;
  readonly unit?: string;
  readonly [key: string]: unknown;
}

/** A spoken text with placeholders, at most 3,000 characters (what one Say may hold with neural voices). */
export function prompt(label: string, help: string) {
  return z
    .string()
    .max(3000)
    .superRefine((text, context) => {
      const parsed = parseTemplate(text);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.problem.sentence });
    })
    .meta({ label, help, widget: "prompt" } satisfies FieldMeta);
}

export function text(label: string, help: string, longest = 200) {
  return z
    .string()
    .max(longest)
    .meta({ label, help, widget: "text" } satisfies FieldMeta);
}

export function wholeNumber(label: string, help: string, unit: string, least: number, most: number) {
  return z
    .number()
    .int()
    .min(least)
    .max(most)
    .meta({ label, help, widget: "number", unit } satisfies FieldMeta);
}

export function yesNo(label: string, help: string) {
  return z.boolean().meta({ label, help, widget: "switch" } satisfies FieldMeta);
}

export function variable(label: string, help: string) {
  return z
    .string()
    .regex(variableName, "Expected a variable's name: lower-case letters, digits and underscores.")
    .meta({ label, help, widget: "variable" } satisfies FieldMeta);
}

/** A text with placeholders that is not spoken: an address, a number, a message. */
export function template(label: string, help: string, longest = 1000) {
  return z
    .string()
    .max(longest)
    .superRefine((text, context) => {
      const parsed = parseTemplate(text);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.problem.sentence });
    })
    .meta({ label, help, widget: "template" } satisfies FieldMeta);
}

/** An audio file the carrier fetches and plays. */
export function audio(label: string, help: string) {
  return z
    .url({ protocol: /^https$/, error: "Expected an https address of an audio file." })
    .max(500)
    .meta({ label, help, widget: "audio" } satisfies FieldMeta);
}

/** The text's own tags are SSML: pauses, emphasis, spelling. */
export const markup = z.boolean().optional().meta({
  label: "With SSML",
  help: 'Tags such as <break time="1s"/> in the texts set the delivery. Variables stay plain words.',
  widget: "switch",
});

/** BCP 47; empty means the flow's own. */
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Expected a language such as en-US.")
  .optional()
  .meta({
    label: "Language",
    help: "Only when this node should speak another language than the rest of the flow.",
    widget: "language",
  });

/** The provider's voice; empty means the flow's own. */
export const voice = z.string().max(60).optional().meta({
  label: "Voice",
  help: "Only when this node should sound unlike the rest of the flow.",
  widget: "voice",
});

/** A lower-case word with dashes, such as `claims-answered`: names that reports count by. */
export function slug(label: string, help: string) {
  return z
    .string()
    .regex(/^(?!constructor$)[a-z][a-z0-9-]{0,39}$/, "Expected lower-case letters, digits and dashes.")
    .meta({ label, help, widget: "text" } satisfies FieldMeta);
}

export const timeoutSeconds = wholeNumber(
  "Wait for an answer",
  "How long the caller may stay silent after the prompt before it counts as silence.",
  "seconds",
  1,
  30,
);

export const tries = wholeNumber("Tries", "How often to ask in all before giving up.", "tries", 1, 5);
