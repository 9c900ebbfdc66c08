/** How a node's words reach the ear: its own voice and language, the author's SSML, an audio file before the words. */
import type { z } from "zod";
import type { PlayVerb, PromptVerb } from "../../call/index.ts";
import { parseSpeech } from "../../language/index.ts";
import { language, markup, voice } from "../fields.ts";
import type { SpokenFact, TextFact, Visit } from "../node.ts";

/** The fields a kind that speaks has. */
export const deliveryFields = { voice, language, markup };

export interface Delivered {
  readonly voice?: string;
  readonly language?: string;
  readonly markup?: boolean;
}

/** The verbs of a file and a text, of which either may be missing. */
export function spokenBy(
  visit: Visit<Delivered>,
  text: string | undefined,
  audio?: string,
  times = 1,
): readonly PromptVerb[] {
  const { voice, language, markup } = visit.config;
  return [
    ...(audio === undefined ? [] : [played(audio, times)]),
    ...(text ? [visit.say(text, { voice, language, markup })] : []),
  ];
}

function played(url: string, times: number): PlayVerb {
  return { verb: "play", url, times };
}

/** The texts with how they are spoken, for `facts`. */
export function spokenFacts(
  { voice, language, markup }: Delivered,
  texts: { readonly [field: string]: string | undefined },
): SpokenFact[] {
  const how = {
    ...(voice === undefined ? {} : { voice }),
    ...(language === undefined ? {} : { language }),
    ...(markup ? { markup } : {}),
  };
  return Object.entries(texts).flatMap(([field, text]) => (text ? [{ text, field, ...how }] : []));
}

/** A problem for every text whose SSML cannot be read. */
export function refuseBadMarkup(
  context: z.RefinementCtx,
  markup: boolean | undefined,
  texts: readonly TextFact[],
): void {
  if (!markup) return;
  for (const { text, field } of texts) {
    const parsed = parseSpeech(text);
    if (parsed.ok) continue;
    context.addIssue({ code: "custom", path: field.split("/"), message: parsed.problem.sentence });
  }
}
