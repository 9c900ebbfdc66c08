/**
 * `<Say>`, plain or with the author's SSML. Elements come from the verb's typed tree and its words are escaped, so no
 * value can ever be markup. A text longer than a `Say` holds becomes several; an element that is cut goes on in the next.
 */
import type { SayVerb, SpeechElement, SpeechPart } from "@trunkline/schema/call";
import { clean, element, escapeText } from "./xml.ts";

/** Twilio cuts speech at 3000 characters with Polly voices (13521); elements are not counted. */
export const longestSay = 3000;

export function renderSay({ text, speech, voice, language }: SayVerb): string {
  const say = (inner: string) => element("Say", { voice, language }, inner);
  if (!speech)
    return sentences(clean(text))
      .map((piece) => say(escapeText(piece)))
      .join("");
  return pieces(cleaned(speech))
    .map((parts) => say(markup(parts)))
    .join("");
}

function cleaned(parts: readonly SpeechPart[]): SpeechPart[] {
  return parts.map((part) =>
    typeof part === "string" ? clean(part) : { ...part, parts: cleaned(part.parts) },
  );
}

function markup(parts: readonly SpeechPart[]): string {
  return parts
    .map((part) =>
      typeof part === "string" ? escapeText(part) : element(part.tag, attributesOf(part), markup(part.parts)),
    )
    .join("");
}

/** A name with anything but letters in it would be markup itself: no parsed text has one. */
function attributesOf({ attributes }: SpeechElement): SpeechElement["attributes"] {
  for (const name in attributes) {
    if (!/^[a-z]+([:-][a-z]+)*$/.test(name))
      throw new Error("Expected an SSML attribute's name, found none.");
  }
  return attributes;
}

/** The tree in pieces that each hold at most `longestSay` characters; those without anything to say are left out. */
function pieces(parts: readonly SpeechPart[]): SpeechPart[][] {
  const made: SpeechPart[][] = [];
  let open: SpeechPart[] = [];
  let size = 0;
  for (const part of parts.flatMap(cut)) {
    const length = characters(part);
    if (size + length > longestSay) {
      made.push(open);
      [open, size] = [[], 0];
    }
    open.push(part);
    size += length;
  }
  return [...made, open].filter((piece) => piece.some(isHeard));
}

/** A part as parts that each fit by themselves. */
function cut(part: SpeechPart): SpeechPart[] {
  if (characters(part) <= longestSay) return [part];
  if (typeof part === "string") return sentences(part);
  return pieces(part.parts).map((inner) => ({ ...part, parts: inner }));
}

function characters(part: SpeechPart): number {
  return typeof part === "string" ? part.length : part.parts.reduce((sum, one) => sum + characters(one), 0);
}

function isHeard(part: SpeechPart): boolean {
  if (typeof part === "string") return part.trim() !== "";
  return part.tag === "break" || part.tag === "sub" || part.tag === "phoneme" || part.parts.some(isHeard);
}

/** The text in pieces a `Say` can hold, cut after a sentence, else at a space, else anywhere between characters. */
export function sentences(text: string): string[] {
  if (text.length <= longestSay) return text.trim() === "" ? [] : [text];
  const made: string[] = [];
  let rest = text;
  while (rest.length > longestSay) {
    const window = rest.slice(0, longestSay);
    const stop = Math.max(window.lastIndexOf(". "), window.lastIndexOf("! "), window.lastIndexOf("? "));
    const space = window.lastIndexOf(" ");
    let end = stop >= 0 ? stop + 1 : space > 0 ? space : longestSay;
    if (/[\ud800-\udbff]/.test(rest[end - 1]!)) end -= 1; // not within a surrogate pair
    made.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...made, rest].filter((piece) => piece.trim() !== "");
}
