import { z } from "zod";
import {
  dateEncodings,
  type EncodedKeys,
  encodeDate,
  encodeKeys,
  encodeMoney,
  encodingSchemes,
  longestKeys,
  moneyEncodings,
  parseTemplate,
  plainText,
} from "../language/index.ts";
import { template, wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Visit } from "./node.ts";
import { namesRead } from "./shared/filled.ts";

const config = z
  .strictObject({
    text: template("Press", "Keys, or what to turn into keys: put a variable in with {{name}}.", 200).min(
      1,
      "Expected something to press.",
    ),
    as: z.enum(["keys", ...encodingSchemes, "date", "money"]).meta({
      label: "As",
      help: "Keys as they stand (w waits half a second, W a second), letters by the payer's own scheme, a date, or an amount.",
      widget: "choice",
    }),
    dateFormat: z
      .enum(dateEncodings)
      .optional()
      .meta({ label: "Date as", help: "MMDDYYYY unless said.", widget: "choice" }),
    moneyFormat: z.enum(moneyEncodings).optional().meta({
      label: "Amount as",
      help: "Cents without a point unless said, or a star for the point.",
      widget: "choice",
    }),
    qAndZ: z.enum(["on-7-and-9", "on-1"]).optional().meta({
      label: "Q and Z",
      help: "On 7 and 9 as phones print them, or both on key 1. Each scheme has its own habit unless said.",
      widget: "choice",
    }),
    gapHalfSeconds: wholeNumber("Gap", "Silence between two keys.", "half seconds", 0, 10).optional(),
    terminator: z.enum(["#", "*"]).optional().meta({
      label: "Ends with",
      help: "A key pressed at the end, if the payer asks for one.",
      widget: "choice",
    }),
    pauseBeforeSeconds: wholeNumber(
      "Pause before",
      "Silence before the first key.",
      "seconds",
      0,
      30,
    ).optional(),
  })
  .superRefine(({ as, text }, context) => {
    const own = ownText(text);
    if (as !== "keys" || own === null || /^[0-9*#wW\s().,-]*$/.test(own)) return;
    const message = "Expected keys 0 to 9, * and #, and w to wait, found something else.";
    context.addIssue({ code: "custom", path: ["text"], message });
  });
type Config = z.infer<typeof config>;

/** Presses keys towards the far end: a payer's phone system asks for a member ID, a date, an amount. */
export const press = defineNode({
  kind: "press",
  title: "Press",
  summary: "Press keys towards the far end: digits, an ID with letters, a date, an amount.",
  group: "payer-line",
  icon: "hand-finger",
  config,
  initial: { text: "1", as: "keys" },
  outcomes: [
    { name: "pressed", label: "pressed" },
    { name: "cannot", label: "no keys for it", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    reads: namesRead(config.text),
    silentSeconds: config.pauseBeforeSeconds ?? 0,
  }),
  glance: (config) => `${config.text}${config.as === "keys" ? "" : ` as ${config.as}`}`,
  enter: (visit) => {
    const { pauseBeforeSeconds: seconds = 0 } = visit.config;
    const reads = namesRead(visit.config.text);
    const secret = reads.find((one) => visit.declared(one)?.sensitivity === "phi");
    const told = (text: string, plain: string) => ({
      value: secret === undefined ? { text: plain } : { variable: secret, text },
    });
    const blank = reads.find((one) => plainText(visit.held(one)?.value ?? "").trim() === "");
    if (blank !== undefined) return { leave: "cannot", value: { text: `${blank} is blank` } };
    const keys = keysOf(visit);
    if (!keys.ok) return { leave: "cannot", ...told(`no keys for it as ${visit.config.as}`, keys.sentence) };
    return {
      leave: "pressed",
      ...told(`as ${visit.config.as}`, keys.digits),
      verbs: [
        ...(seconds > 0 ? [{ verb: "pause" as const, seconds }] : []),
        { verb: "send-digits" as const, digits: keys.digits },
      ],
    };
  },
  examples: [
    {
      name: "keys as they stand",
      config: { text: "1ww2", as: "keys", terminator: "#", pauseBeforeSeconds: 2 },
      verbs: [
        { verb: "pause", seconds: 2 },
        { verb: "send-digits", digits: "1ww2#" },
      ],
      outcome: "pressed",
      value: { text: "1ww2#" },
    },
    {
      name: "a variable's digits, slowly",
      config: { text: "{{npi}}", as: "keys", gapHalfSeconds: 1 },
      variables: { npi: { type: "digits", sensitivity: "internal", value: "1234567893" } },
      verbs: [{ verb: "send-digits", digits: "1w2w3w4w5w6w7w8w9w3" }],
      outcome: "pressed",
      value: { text: "1w2w3w4w5w6w7w8w9w3" },
    },
    {
      name: "a member ID with letters, as Medicare contractors ask for it; the trace names the variable only",
      config: { text: "{{claim.member_id}}", as: "star-key-position", terminator: "#" },
      variables: { claim: { type: "claim", sensitivity: "phi", value: { member_id: "1EG4-TE5-MK73" } } },
      verbs: [{ verb: "send-digits", digits: "1*32*414*81*325*61*5273#" }],
      outcome: "pressed",
      value: { variable: "claim.member_id", text: "as star-key-position" },
    },
    {
      name: "a date of birth",
      config: { text: "{{dob}}", as: "date" },
      variables: { dob: { type: "date", sensitivity: "phi", value: "1980-01-05" } },
      verbs: [{ verb: "send-digits", digits: "01051980" }],
      outcome: "pressed",
      value: { variable: "dob", text: "as date" },
    },
    {
      name: "an amount with a star for the point",
      config: { text: "{{billed}}", as: "money", moneyFormat: "star-decimal" },
      variables: { billed: { type: "money", sensitivity: "internal", value: 12_550 } },
      verbs: [{ verb: "send-digits", digits: "125*50" }],
      outcome: "pressed",
      value: { text: "125*50" },
    },
    {
      name: "a value with letters where keys are wanted",
      config: { text: "{{member_id}}", as: "keys" },
      variables: { member_id: { type: "text", sensitivity: "phi", value: "W12" } },
      outcome: "cannot",
      value: { variable: "member_id", text: "no keys for it as keys" },
    },
    {
      name: "nothing is pressed when a value is blank",
      config: { text: "{{member_id}}", as: "phone-key", terminator: "#" },
      variables: { member_id: { type: "text", sensitivity: "phi" } },
      outcome: "cannot",
      value: { text: "member_id is blank" },
    },
  ],
});

/** What of a text the author has written, without placeholders; null for one that cannot be read. */
function ownText(text: string): string | null {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.template.parts.filter((part) => typeof part === "string").join("") : null;
}

function keysOf(visit: Visit<Config>): EncodedKeys {
  const { as, text, terminator = "", gapHalfSeconds = 0, qAndZ } = visit.config;
  const { dateFormat = "MMDDYYYY", moneyFormat = "cents" } = visit.config;
  if (as === "keys") return spaced(keysAsTheyStand(visit), gapHalfSeconds, terminator);
  const filled = visit.text(text);
  if (as === "date") return spaced(encodeDate(filled, dateFormat), gapHalfSeconds, terminator);
  if (as === "money") return spaced(encodeMoney(Number(filled), moneyFormat), gapHalfSeconds, terminator);
  return encodeKeys(filled, as, { gapHalfSeconds, terminator, ...(qAndZ ? { qAndZ } : {}) });
}

/** Only the author's own text may wait with `w`: in a value it is a letter, which has no key. */
function keysAsTheyStand(visit: Visit<Config>): EncodedKeys {
  const parsed = parseTemplate(visit.config.text);
  if (!parsed.ok) return { ok: false, sentence: parsed.problem.sentence };
  let digits = "";
  for (const part of parsed.template.parts) {
    const own = typeof part === "string";
    const piece = own ? part : visit.text(`{{${part.name}${part.filter ? `|${part.filter.name}` : ""}}}`);
    const keys = piece.replace(/[\s().,-]/g, "");
    if (!(own ? /^[0-9*#wW]*$/ : /^[0-9*#]*$/).test(keys)) {
      return { ok: false, sentence: "Expected keys 0 to 9, * and #, found something else." };
    }
    digits += keys;
  }
  return /[0-9*#]/.test(digits)
    ? { ok: true, digits }
    : { ok: false, sentence: "Expected at least one key, found none." };
}

function spaced(keys: EncodedKeys, gapHalfSeconds: number, terminator: string): EncodedKeys {
  if (!keys.ok) return keys;
  const digits = keys.digits.replace(/(?<=[0-9*#])(?=[0-9*#])/g, "w".repeat(gapHalfSeconds)) + terminator;
  return digits.length <= longestKeys
    ? { ok: true, digits }
    : { ok: false, sentence: `Expected at most ${longestKeys} keys and pauses, found ${digits.length}.` };
}
