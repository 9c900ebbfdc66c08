/**
 * SSML as the author of a flow writes it into a text: parsed into a tree before any value is filled in, so that a value
 * can only ever be words, never markup. Elements and attributes are those Twilio's `<Say>` takes (Twilio, "Text-to-speech:
 * SSML"); anything else is a problem with its place.
 */
import { type SpeechElement, type SpeechPart, type SpeechTag, speechTags } from "../call/verbs.ts";
import type { TemplateProblem } from "./template.ts";

export type ParsedSpeech =
  | { readonly ok: true; readonly parts: readonly SpeechPart[] }
  | { readonly ok: false; readonly problem: TemplateProblem };

const attributesOf: { readonly [tag in SpeechTag]: readonly string[] } = {
  break: ["strength", "time"],
  emphasis: ["level"],
  lang: ["xml:lang"],
  p: [],
  phoneme: ["alphabet", "ph"],
  prosody: ["volume", "rate", "pitch"],
  s: [],
  "say-as": ["interpret-as", "format"],
  sub: ["alias"],
  w: ["role"],
};

/** Elements inside one another. */
const deepest = 8;

interface Open {
  readonly tag: SpeechTag;
  readonly attributes: SpeechElement["attributes"];
  readonly at: number;
  readonly parts: SpeechPart[];
}

/** Parse a text. Never throws; linear in the text's length. */
export function parseSpeech(source: string): ParsedSpeech {
  const root: SpeechPart[] = [];
  const open: Open[] = [];
  const add = (part: SpeechPart) => (open.at(-1)?.parts ?? root).push(part);
  let from = 0;
  for (;;) {
    const start = source.indexOf("<", from);
    const words = source.slice(from, start < 0 ? undefined : start);
    if (words !== "") add(decoded(words));
    if (start < 0) break;
    const end = source.indexOf(">", start);
    if (end < 0) return fault(start, "This < has no closing >; write &lt; for the sign itself.");
    const inside = source.slice(start + 1, end);
    from = end + 1;
    if (inside.startsWith("/")) {
      const closed = open.pop();
      if (closed?.tag !== inside.slice(1).trim()) {
        return fault(
          start,
          `Expected ${closed ? `</${closed.tag}>` : "no closing element"}, found <${inside.slice(0, 40)}>.`,
        );
      }
      add({ tag: closed.tag, attributes: closed.attributes, parts: closed.parts });
      continue;
    }
    const opened = readElement(inside, start);
    if ("sentence" in opened) return { ok: false, problem: opened };
    if (opened.empty) add({ tag: opened.tag, attributes: opened.attributes, parts: [] });
    else if (open.length === deepest)
      return fault(start, `Expected at most ${deepest} elements inside one another.`);
    else open.push({ tag: opened.tag, attributes: opened.attributes, at: start, parts: [] });
  }
  const left = open.at(-1);
  return left ? fault(left.at, `This <${left.tag}> has no </${left.tag}>.`) : { ok: true, parts: root };
}

function fault(at: number, sentence: string): ParsedSpeech {
  return { ok: false, problem: { at, sentence } };
}

type Opened = Pick<SpeechElement, "tag" | "attributes"> & { readonly empty: boolean };

function readElement(inside: string, at: number): Opened | TemplateProblem {
  const empty = inside.endsWith("/");
  const body = (empty ? inside.slice(0, -1) : inside).trim();
  const name = /^[^\s]*/.exec(body)?.[0] ?? "";
  const tag = speechTags.find((one) => one === name);
  if (!tag) {
    return {
      at,
      sentence: `There is no element <${name.slice(0, 40)}>; the elements are ${speechTags.join(", ")}.`,
    };
  }
  const attributes: { [name: string]: string } = {};
  let rest = body.slice(name.length).trim();
  while (rest !== "") {
    const match = /^([a-z:-]{1,40})\s*=\s*(?:"([^"<]{0,200})"|'([^'<]{0,200})')\s*/.exec(rest);
    const key = match?.[1] ?? "";
    if (!match || !attributesOf[tag].includes(key)) {
      const known = attributesOf[tag].join(", ") || "none";
      return { at, sentence: `<${tag}> takes these attributes: ${known}; found ${rest.slice(0, 40)}.` };
    }
    const value = match[2] ?? match[3] ?? "";
    if (value.includes("{{")) return { at, sentence: `A variable cannot stand in an attribute of <${tag}>.` };
    attributes[key] = decoded(value);
    rest = rest.slice(match[0].length);
  }
  return { tag, attributes, empty };
}

const entities: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_whole, name: string) => entities[name] ?? "");
}

/** The tree with every text replaced; empty texts are left out. */
export function fillSpeech(parts: readonly SpeechPart[], fill: (text: string) => string): SpeechPart[] {
  return parts.flatMap((part): SpeechPart[] => {
    if (typeof part !== "string") return [{ ...part, parts: fillSpeech(part.parts, fill) }];
    const text = fill(part);
    return text === "" ? [] : [text];
  });
}

/** Nobody runs the words of two of these together. */
const apart: ReadonlySet<SpeechTag> = new Set(["break", "p", "s"]);

/** The words of a tree without their delivery. */
export function wordsOf(parts: readonly SpeechPart[]): string {
  return spacedWords(parts).replace(/\s+/g, " ").trim();
}

function spacedWords(parts: readonly SpeechPart[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const space = apart.has(part.tag) ? " " : "";
      return `${space}${spacedWords(part.parts)}${space}`;
    })
    .join("");
}
