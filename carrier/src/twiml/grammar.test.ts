/**
 * The grammar, row by row, against an extract of Twilio's own (`testdata/twiml-grammar.json`): every element in every place, every attribute
 * with a right and a wrong value, every wrong parent, letter case and stray text.
 */
import { expect, test } from "vitest";
import extract from "../testdata/twiml-grammar.json" with { type: "json" };
import { grammar } from "./grammar/grammar.ts";
import { readTwiml } from "./read-twiml.ts";

interface Attribute {
  readonly type: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly source?: string;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly list?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
}
interface Known {
  readonly parents: readonly string[];
  readonly text: boolean;
  readonly attributes: Readonly<Record<string, Attribute>>;
}
const known: Readonly<Record<string, Known>> = extract.elements;
const names = Object.keys(known);

/** Codes of Twilio's error dictionary for wrong values; 12200 for the others. */
const codes: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    11100: "Stream.statusCallback",
    13210: "Dial.method Dial.recordingStatusCallbackMethod Dial.referMethod",
    13212: "Dial.timeout",
    13213: "Dial.hangupOnStar",
    13216: "Dial.timeLimit",
    13217: "Dial.record Dial.recordingTrack",
    13218: "Dial.sequential",
    13219: "Dial.answerOnBridge",
    13220: "Dial.ringTone",
    13221: "Number.method",
    13222: "Number.sendDigits",
    13230: "Conference.muted",
    13231: "Conference.endConferenceOnExit",
    13232: "Conference.startConferenceOnEnter",
    13233: "Conference.waitUrl",
    13234: "Conference.waitMethod",
    13235: "Conference.beep",
    13239: "Conference.trim Dial.trim",
    13241: "Sip.method",
    13256:
      "Dial.recordingStatusCallback Record.recordingStatusCallback Recording.recordingStatusCallback Conversation.recordingStatusCallback",
    13257: "Record.transcribeCallback",
    13310: "Gather.finishOnKey",
    13312: "Gather.method",
    13313: "Gather.timeout",
    13314: "Gather.numDigits",
    13326: "Gather.input",
    13327: "Gather.speechTimeout",
    13328: "Gather.maxSpeechTime",
    13329: "Gather.partialResultCallbackMethod",
    13331: "Gather.language",
    13332: "Gather.bargeIn",
    13333: "Gather.profanityFilter",
    13338: "Gather.actionOnEmptyResult",
    13410: "Play.loop",
    13430: "Play.digits",
    13510: "Say.loop",
    13511: "Say.voice",
    13512: "Say.language",
    13610: "Record.method Record.recordingStatusCallbackMethod",
    13611: "Record.timeout",
    13612: "Record.maxLength",
    13613: "Record.finishOnKey",
    13614: "Record.transcribe",
    13616: "Record.playBeep",
    13621:
      "Dial.recordingStatusCallbackEvent Record.recordingStatusCallbackEvent Recording.recordingStatusCallbackEvent Conversation.recordingStatusCallbackEvent",
    13699: "Record.trim",
    13710: "Redirect.method",
    13810: "Reject.reason",
    13910: "Pause.length",
    14104: "Sms.method",
    14105: "Sms.statusCallback",
    14201: "Enqueue.method",
    14202: "Enqueue.waitUrl",
    14203: "Enqueue.action",
    14206: "Enqueue.waitUrlMethod",
    14210: "Queue.method",
    14211: "Queue.url",
    16002:
      "Conference.eventCallbackUrl Conference.jitterBufferSize Conference.maxParticipants Conference.record Conference.recordingStatusCallback Conference.recordingStatusCallbackEvent Conference.recordingStatusCallbackMethod Conference.region Conference.statusCallback Conference.statusCallbackEvent Conference.statusCallbackMethod",
    16023: "Conference.participantLabel",
    21263:
      "Number.amdStatusCallbackMethod Number.machineDetection Number.machineDetectionSilenceTimeout Number.machineDetectionSpeechEndThreshold Number.machineDetectionSpeechThreshold Number.machineDetectionTimeout Sip.amdStatusCallbackMethod Sip.machineDetection Sip.machineDetectionSilenceTimeout Sip.machineDetectionSpeechEndThreshold Sip.machineDetectionSpeechThreshold Sip.machineDetectionTimeout",
    31941: "Stream.track",
  }).flatMap(([code, where]) => where.split(/\s+/).map((one) => [one, Number(code)])),
);
/** Whole elements whose attributes have one code. */
const codesOf: Readonly<Record<string, number>> = {
  Assistant: 64106,
  ConversationRelay: 64106,
  Pay: 64020,
  Prompt: 64020,
};
/** The same attributes within a Gather. */
const codesInGather: Readonly<Record<string, number>> = { "Say.loop": 13322, "Say.voice": 13321 };
const codeOf = (parent: string, name: string, attribute: string) =>
  (parent === "Gather" && codesInGather[`${name}.${attribute}`]) ||
  codes[`${name}.${attribute}`] ||
  codesOf[name] ||
  12200;

/** What stands in an element so that nothing is missing there. */
const bodies: Readonly<Record<string, string>> = {
  Application: "<ApplicationSid>AP00000000000000000000000000000001</ApplicationSid>",
  ApplicationSid: "AP00000000000000000000000000000001",
  Connect: "<Room>den</Room>",
  Dial: "+15550100009",
  Enqueue: "support",
  Number: "+15550100009",
  Pay: '<Parameter name="AVSName" value="true"/>',
  Play: "https://example.com/a.mp3",
  Redirect: "/next",
  Refer: "<Sip>sip:ann@example.com</Sip>",
  Sim: "DE00000000000000000000000000000001",
  Sip: "sip:ann@example.com",
  Task: '{"claim":1}',
  Uri: "sip:ann@example.com",
  WhatsApp: "+15550100009",
};
/** What must be there beside the attribute in question. */
const needed: Readonly<Record<string, string>> = {
  ConversationRelay: 'url="wss://example.com/relay"',
  Header: 'name="x-claim"',
  Stream: 'url="wss://example.com/stream"',
};
/** What an attribute needs beside it. */
const needs: Readonly<Record<string, string>> = {
  bankAccountType: ' paymentMethod="ach-debit"',
  machineDetection: ' amdStatusCallback="/amd"',
};
const bodyOf = (name: string) => bodies[name] ?? (known[name]?.text ? "words" : "");
/** What stands around a child, unless the child itself takes its place. */
const around = (parent: string, child: string) =>
  ["Dial", "Connect", "Refer", "Enqueue", "Play", "Redirect"].includes(parent) ||
  ["ApplicationSid", "Identity", "Uri"].includes(child)
    ? ""
    : bodyOf(parent);

/** A document with `inner` within a `parent` that stands where it may; `beside` is what else stands there. */
function within(parent: string, inner: string, beside: string): string {
  if (parent === "Response") return `<Response>${inner}</Response>`;
  const [grandparent] = known[parent]!.parents;
  const here = `<${parent} ${needed[parent] ?? ""}>${beside}${inner}</${parent}>`;
  return within(grandparent!, here, around(grandparent!, parent));
}

/** The element where it may stand. */
const placed = (name: string, parent: string, text: string) => within(parent, text, around(parent, name));

const written = (name: string, attributes: string, body = bodyOf(name)) =>
  `<${name} ${/url=|name=/.test(attributes) ? "" : (needed[name] ?? "")} ${attributes}>${body}</${name}>`;

function warnings(document: string): number[] {
  const reading = readTwiml(document);
  if (!reading.ok) throw new Error(`${reading.message}: ${document}`);
  return reading.warnings.map(({ code }) => code);
}

/** A right and some wrong values; without wrong ones anything goes. */
function valuesOf(name: string, attribute: string): { right: string[]; wrong: string[] } {
  const {
    type,
    format,
    enum: words,
    source,
    aliases,
    list,
    min,
    max,
    pattern,
    maxLength,
  } = known[name]!.attributes[attribute]!;
  const where = `${name}.${attribute}`;
  const special: Readonly<Record<string, { right: string[]; wrong: string[] }>> = {
    "ConversationRelay.url": { right: ["wss://example.com/r"], wrong: ["https://example.com/r"] },
    "ConversationRelay.elevenlabsTextNormalization": { right: ["on", "off"], wrong: ["perhaps"] },
    "Assistant.elevenlabsTextNormalization": { right: ["on"], wrong: ["perhaps"] },
    "Assistant.interruptSensitivity": { right: ["low"], wrong: ["perhaps"] },
    "Assistant.interruptible": { right: ["any", "true"], wrong: ["perhaps"] },
    "Assistant.welcomeGreetingInterruptible": { right: ["any"], wrong: ["perhaps"] },
    "Conference.coach": { right: [`CA${"0".repeat(32)}`], wrong: [] },
    "Conference.participantLabel": { right: ["agent"], wrong: ["a".repeat(129)] },
    "Dial.callReason": { right: ["a claim"], wrong: ["a".repeat(51)] },
    "Enqueue.workflowSid": { right: [`WW${"0".repeat(32)}`], wrong: [] },
    "Gather.finishOnKey": { right: ["", "*"], wrong: ["##"] },
    "Gather.speechModel": { right: ["phone_call", "deepgram_nova-2", "googlev2_long"], wrong: [] },
    "Gather.speechTimeout": { right: ["auto", "3"], wrong: ["soon", "-1"] },
    "Header.name": { right: ["X-Claim", "User-to-User"], wrong: [] },
    "Pay.chargeAmount": { right: ["20.45"], wrong: [] },
    "Pay.paymentMethod": { right: ["credit-card"], wrong: ["cash"] },
    "Pay.currency": { right: ["usd"], wrong: ["dollars"] },
    "Pay.postalCode": { right: ["true", "94109"], wrong: ["!"] },
    "Prompt.attempt": { right: ["1", "1 2"], wrong: ["x"] },
    "Queue.postWorkActivitySid": { right: [`WA${"0".repeat(32)}`], wrong: [] },
    "Queue.reservationSid": { right: [`WR${"0".repeat(32)}`], wrong: [] },
    "Say.voice": { right: ["alice", "Polly.Joanna-Neural", "Google.de-DE-Wavenet-B"], wrong: ["bob"] },
    "Uri.priority": { right: ["1"], wrong: ["x"] },
    "Uri.weight": { right: ["1"], wrong: ["x"] },
    "break.time": { right: ["2s", "500ms"], wrong: ["long"] },
  };
  if (special[where]) return special[where];
  if (words && list)
    return { right: [words[0]!, words.join(" ")], wrong: ["nonsense", `${words[0]} nonsense`] };
  if (words)
    return {
      right: [...words, words[0]!.toUpperCase(), ...Object.keys(aliases ?? {})],
      wrong: ["nonsense", ""],
    };
  if (source) return { right: ["en-US"], wrong: ["xx-YY"] };
  if (type === "boolean") return { right: ["true", "false", "TRUE"], wrong: ["maybe", "1"] };
  if (type === "integer")
    return {
      right: [String(max ?? Math.max(5, min ?? 1)), ` ${min ?? 5} `],
      wrong: ["many", "1.5", "-1", ...(min ? [String(min - 1)] : []), ...(max ? [String(max + 1)] : [])],
    };
  if (type === "number") return { right: [String(max)], wrong: [String(max! + 0.05), "x"] };
  if (where === "Record.finishOnKey") return { right: ["", "12#"], wrong: ["x"] };
  if (pattern) return { right: ["12"], wrong: ["1x"] };
  if (maxLength) return { right: ["a"], wrong: ["a".repeat(maxLength + 1)] };
  if (format === "url")
    return { right: ["/a", "https://example.com/a?b=1"], wrong: codes[where] ? ["http://"] : [] };
  return { right: ["anything"], wrong: [] };
}

const spots = names.flatMap((name) => known[name]!.parents.map((parent) => [name, parent] as const));

test("the carrier's grammar and the extract name the same elements, parents and attributes", () => {
  const shape = Object.entries(grammar).map(([name, { parents, text, attributes }]) => [
    name,
    {
      parents: parents.filter((one) => one !== "").toSorted(),
      text,
      attributes: Object.keys(attributes).toSorted(),
    },
  ]);
  const wanted = Object.entries(known).map(([name, { parents, text, attributes }]) => [
    name,
    { parents: parents.toSorted(), text, attributes: Object.keys(attributes).toSorted() },
  ]);
  expect(Object.fromEntries(shape)).toEqual(Object.fromEntries(wanted));
});

test.each(spots)("<%s> in <%s> has nothing to complain of", (name, parent) => {
  expect(warnings(placed(name, parent, written(name, "")))).toEqual([]);
});

const attributes = spots.flatMap(([name, parent]) =>
  Object.keys(known[name]!.attributes).map((attribute) => [name, parent, attribute] as const),
);

test.each(attributes)("<%s> in <%s>: right values of %s", (name, parent, attribute) => {
  for (const value of valuesOf(name, attribute).right) {
    const beside = needs[attribute] ?? "";
    const found = warnings(placed(name, parent, written(name, `${attribute}="${value}"${beside}`)));
    const expected = parent === "Gather" && attribute === "digits" ? [13320] : [];
    expect({ value, found }).toEqual({ value, found: expected });
  }
});

test.each(attributes)("<%s> in <%s>: wrong values of %s", (name, parent, attribute) => {
  for (const value of valuesOf(name, attribute).wrong) {
    const found = warnings(placed(name, parent, written(name, `${attribute}="${value}"`)));
    expect({ value, found }).toEqual({ value, found: [codeOf(parent, name, attribute)] });
  }
});

test.each(spots)("<%s> in <%s>: an unknown attribute, and a known one misspelt", (name, parent) => {
  const misspelt = Object.keys(known[name]!.attributes).find(
    (one) => !(one.toUpperCase() in known[name]!.attributes),
  );
  for (const attribute of ["colour", ...(misspelt ? [misspelt.toUpperCase()] : [])])
    expect(warnings(placed(name, parent, written(name, `${attribute}="1"`)))).toEqual([12200]);
});

test.each(names)("<%s> where it may not stand, and in another letter case", (name) => {
  for (const parent of names.filter((one) => !known[name]!.parents.includes(one)))
    expect([parent, warnings(within(parent, written(name, ""), bodyOf(parent)))]).toEqual([parent, [12200]]);
  const swapped = name[0] === name[0]!.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  const [parent] = known[name]!.parents;
  if (parent && !known[swapped]) expect(warnings(placed(name, parent, `<${swapped}/>`))).toContain(12200);
});

test.each(spots.filter(([name]) => !known[name]!.text))(
  "<%s> in <%s>: words may not stand there",
  (name, parent) => {
    expect(warnings(placed(name, parent, written(name, "", `${bodyOf(name)} stray words`)))).toEqual([12200]);
  },
);

test("an attribute of 60,000 digits that is no time is read at once", () => {
  const document = `<Response><Say><break time="${"1".repeat(60_000)}x"/>Hi.</Say></Response>`;
  const begun = process.cpuUsage().user;
  expect(readTwiml(document)).toMatchObject({ ok: true, warnings: [{ code: 12200 }] });
  // It took 1.5 s when the digits could be split in two in every place.
  expect(process.cpuUsage().user - begun).toBeLessThan(500_000);
});
