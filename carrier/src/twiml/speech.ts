/** What a Say sounds like: its words without SSML, and an estimate of how long it takes to speak them. */
import type { Element } from "./xml.ts";

/** A calm telephone voice speaks about this many characters per second. An estimate of ours, not a fact of Twilio's. */
const charactersPerSecond = 14;
/** No utterance is shorter than this, ms. */
const shortestMs = 300;
/** SSML `<break strength>` in ms, as Amazon Polly documents them, roughly. */
const breakMs: Readonly<Record<string, number>> = {
  none: 0,
  "x-weak": 0,
  weak: 100,
  medium: 300,
  strong: 600,
  "x-strong": 1000,
};
/** A break may last at most ten seconds. */
const longestBreakMs = 10_000;

export interface Spoken {
  readonly text: string;
  readonly estimatedMs: number;
}

/** Words and length of a Say element. `<sub alias>` is spoken as its alias. */
export function spokenBy(say: Element): Spoken {
  const words: string[] = [];
  const pauses = collect(say, words);
  const text = words.join("").replace(/\s+/g, " ").trim();
  return { text, estimatedMs: estimatedSpeechMs(text) + pauses };
}

/** How long speaking `text` takes, ms. */
export function estimatedSpeechMs(text: string): number {
  return text === "" ? 0 : Math.max(shortestMs, Math.round((text.length / charactersPerSecond) * 1000));
}

function collect(element: Element, words: string[]): number {
  let pauses = 0;
  for (const child of element.children) {
    if (typeof child === "string") words.push(child);
    else if (child.name === "break") {
      pauses += lengthOfBreak(child);
      words.push(" ");
    } else if (child.name === "sub" && child.attributes.alias !== undefined)
      words.push(child.attributes.alias);
    else {
      pauses += collect(child, words);
      if (child.name === "p" || child.name === "s") words.push(" ");
    }
  }
  return pauses;
}

function lengthOfBreak(element: Element): number {
  const time = /^([0-9.]+)(ms|s)$/.exec(element.attributes.time ?? "");
  if (time) return Math.min(longestBreakMs, Number(time[1]) * (time[2] === "s" ? 1000 : 1));
  return breakMs[element.attributes.strength ?? "medium"] ?? 300;
}
