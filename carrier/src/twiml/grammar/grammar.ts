/**
 * Which TwiML elements exist, where each may stand, whether words may stand in it and which values its attributes take.
 *
 * Facts of the public grammar (Twilio's TwiML reference and the typings of its SDKs), copied, not computed; names are case-sensitive.
 * `twiml.test.ts` beside the reader holds it against an extract of the same facts made by machine.
 */
import { type ElementGrammar, element, type Table } from "./element.ts";
import { nouns } from "./nouns.ts";
import { sessions } from "./sessions.ts";
import { ssml } from "./ssml.ts";
import { verbs } from "./verbs.ts";

export const grammar: Table = {
  Response: element("", "no text"),
  ...verbs,
  ...nouns,
  ...sessions,
  ...ssml,
};

/** Element names come from outside: `constructor` is not a word of the grammar. */
export const elementNamed = (name: string): ElementGrammar | undefined =>
  Object.hasOwn(grammar, name) ? grammar[name] : undefined;

/** Where words are spoken: an unknown mark there is left out, what it marks is not. */
export const isSpoken = (name: string): boolean => name === "Say" || Object.hasOwn(ssml, name);
