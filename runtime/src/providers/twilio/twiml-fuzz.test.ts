/** T18: whatever a text, an address or an attribute holds, the document is well formed and says exactly that. */
import type { DialTarget, SpeechPart, Verb } from "@trunkline/schema/call";
import { speechTags } from "@trunkline/schema/call";
import { expect, test } from "vitest";
import { seededRandom } from "../../ports/random.ts";
import { renderTwiml } from "./twiml.ts";

const documents = 10_000;
const base = "https://x.test/t/a/1";
const links = {
  input: `${base}/input`,
  "no-input": `${base}/no-input`,
  done: `${base}/done`,
  poll: `${base}/poll`,
  recording: `${base}/recording`,
  dial: `${base}/dial`,
  legVerdict: `${base}/leg-verdict`,
};

const nasty = [
  "</Say><Dial>+19005550100</Dial>",
  "]]>",
  "<![CDATA[",
  "&amp;",
  "&#x0;",
  "&",
  '"',
  "'",
  "\u0000",
  "\u000b",
  "\u001b[0m",
  "\r\n",
  "\t",
  "\ud800",
  "\udc00",
  "\ufffe",
  "\uffff",
  "\u{1f600}",
  "\u202e",
  "é́",
  "<!-- -->",
  "<?xml?>",
  "{{x}}",
  "\u2028",
];

/** What XML 1.0 can hold of a text. */
const kept = (text: string) =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

function dice(seed: number) {
  const random = seededRandom(seed);
  const below = (most: number) => {
    const [a = 0, b = 0] = random.bytes(2);
    return (a * 256 + b) % most;
  };
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!; // never empty here
  const text = (most = 6) =>
    Array.from({ length: below(most + 1) }, () =>
      below(3) === 0 ? one(nasty) : String.fromCodePoint(below(2) ? 32 + below(95) : below(0xffff)),
    ).join("");
  return { below, one, text };
}
type Dice = ReturnType<typeof dice>;

function speech({ below, one, text }: Dice, depth = 0): SpeechPart[] {
  return Array.from({ length: 1 + below(3) }, () =>
    depth > 3 || below(2) === 0
      ? text()
      : {
          tag: one(speechTags),
          attributes: below(2) ? { [one(["time", "level", "xml:lang", "interpret-as"])]: text() } : {},
          parts: speech({ below, one, text }, depth + 1),
        },
  );
}

/** A verb, and every text and attribute value that a reader must find again. */
function verbs(die: Dice): { verbs: Verb[]; texts: string[]; attributes: string[] } {
  const { one, text, below } = die;
  const said = `${text(20)}.`; // never blank: what is not said has no voice either
  const url = `https://x.test/${text()}`;
  const language = one(["en-US", "es-US"]);
  const voice = text();
  const tree = speech(die);
  const hint = text().replaceAll(",", " ").slice(0, 100).trim();
  const address = text() || "a";
  const target: DialTarget = one([
    { to: "number", number: address },
    { to: "sip", address },
    { to: "client", client: address },
  ]);
  const callerId = text();
  const made: Verb[] = [
    { verb: "say", text: said, language, voice },
    { verb: "say", text: "ignored", language, speech: tree },
    {
      verb: "gather",
      input: ["keys", "speech"],
      prompts: [{ verb: "play", url, times: 1 + below(3) }],
      timeoutSeconds: 5,
      finishOnKey: "#",
      bargeIn: true,
      hints: [hint],
    },
    {
      verb: "dial",
      target,
      callerId,
      ringSeconds: 20,
      limitSeconds: 60,
      detectMachine: below(2) === 0,
    },
  ];
  const words = (parts: readonly SpeechPart[]): string =>
    parts.map((part) => (typeof part === "string" ? kept(part) : words(part.parts))).join("");
  return {
    verbs: made,
    texts: [said, words(tree), url, address].map(kept).filter((one) => one.trim() !== ""),
    attributes: [voice, hint, callerId].map(kept),
  };
}

const allowed = new Set<string>([
  "Response",
  "Say",
  "Gather",
  "Play",
  "Dial",
  "Number",
  "Sip",
  "Client",
  ...speechTags,
]);

test(`${documents} documents of random texts and values: well formed, and read back equal`, () => {
  for (let seed = 0; seed < documents; seed++) {
    const { verbs: told, texts, attributes } = verbs(dice(seed));
    const { body } = renderTwiml(told, links);
    const read = readXml(body);
    const where = `seed ${seed}`;
    expect(
      [...read.elements].filter((name) => !allowed.has(name)),
      where,
    ).toEqual([]);
    expect(
      read.texts.filter((one) => one.trim() !== ""),
      where,
    ).toEqual(texts);
    for (const value of attributes) expect(read.values.has(value), where).toBe(true);
  }
});

/**
 * A strict reader of the little XML there is here, written against the XML 1.0 grammar and not against the writer:
 * throws where a document is not well formed. `texts` are the words of each verb, markup within them left out.
 */
function readXml(source: string) {
  const elements = new Set<string>();
  const values = new Set<string>();
  const texts: string[] = [];
  const open: string[] = [];
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!source.startsWith(head)) throw new Error("no declaration");
  if (!source.isWellFormed() || kept(source) !== source) throw new Error("a character XML forbids");
  const verbs = new Set(["Say", "Play", "Number", "Sip", "Client"]);
  let at = head.length;
  while (at < source.length) {
    const start = source.indexOf("<", at);
    const words = source.slice(at, start < 0 ? undefined : start);
    if (words !== "") {
      if (open.length === 0 || words.includes("]]>")) throw new Error(`stray text at ${at}`);
      texts.push((texts.pop() ?? "") + decoded(words));
    }
    if (start < 0) break;
    const tag = /^<(\/?)([A-Za-z][A-Za-z-]*)((?:\s+[A-Za-z:-]+="[^"<]*")*)\s*(\/?)>/.exec(
      source.slice(start, start + 20_000),
    );
    if (!tag) throw new Error(`no tag at ${start}`);
    const [whole, closing, name = "", written = "", empty] = tag;
    at = start + whole.length;
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    elements.add(name);
    if (verbs.has(name)) texts.push("");
    const names = new Set<string>();
    for (const [, key = "", value = ""] of written.matchAll(/([A-Za-z:-]+)="([^"]*)"/g)) {
      if (names.has(key)) throw new Error(`${key} twice`);
      names.add(key);
      values.add(decoded(value));
    }
    if (!empty) open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.at(-1)} is not closed`);
  return { elements, values, texts };
}

function decoded(text: string): string {
  const known: { readonly [name: string]: string } = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    "#xD": "\r",
    "#x9": "\t",
    "#xA": "\n",
  };
  return text.replace(/&([^;]{0,6});?/g, (whole, name: string) => {
    const found = known[name];
    if (found === undefined || !whole.endsWith(";")) throw new Error(`${whole} is no reference`);
    return found;
  });
}
