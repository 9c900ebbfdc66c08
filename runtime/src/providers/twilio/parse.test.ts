/** Form fields as our words; a request whose parameters were re-split under a valid signature fits none of them (S8). */
import { expect, test } from "vitest";
import type { Parsed } from "../provider.ts";
import { parseStatus, parseVerdict, parseVoice } from "./parse.ts";

const options = { accountSid: `AC${"a1".repeat(16)}`, publicBaseUrl: "https://calls.example.test" };
const callSid = `CA${"c".repeat(32)}`;
const form = {
  AccountSid: options.accountSid,
  ApiVersion: "2010-04-01",
  CallSid: callSid,
  CallStatus: "in-progress",
  Direction: "outbound-api",
  From: "+15550100001",
  To: "+15550199042",
};
const fields = (more: Readonly<Record<string, string>>, base: Readonly<Record<string, string>> = form) =>
  new Map(Object.entries({ ...base, ...more }));
const value = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(`Expected it to fit, found status ${parsed.status}.`);
  return parsed.value;
};
const nothing = { input: null, recording: null, hungUp: false, dialled: null, answered: null, failure: null };

test.each<[string, Record<string, string>, object]>([
  ["nothing but a question", {}, {}],
  ["keys", { Digits: "12#" }, { input: { digits: "12#" } }],
  ["no keys", { Digits: "" }, {}],
  [
    "words, and how sure they are",
    { SpeechResult: "claims", Confidence: "0.9" },
    { input: { speech: { text: "claims", confidence: 0.9 } } },
  ],
  [
    "words without a score",
    { SpeechResult: "claims", Confidence: "" },
    { input: { speech: { text: "claims", confidence: null } } },
  ],
  [
    "a recording ended by a key",
    { RecordingUrl: "https://x.test/RE1", RecordingDuration: "7", Digits: "#" },
    { recording: { address: "https://x.test/RE1", seconds: 7 }, input: { digits: "#" } },
  ],
  [
    "a recording ended by hanging up: the word is no key",
    { RecordingUrl: "https://x.test/RE1", RecordingDuration: "7", Digits: "hangup" },
    { recording: { address: "https://x.test/RE1", seconds: 7 }, hungUp: true },
  ],
  ["a recording of nothing", { RecordingUrl: "https://x.test/RE1", RecordingDuration: "0" }, {}],
  ["a recording of unsaid length", { RecordingUrl: "https://x.test/RE1" }, {}],
  [
    "a party that was joined",
    { DialCallStatus: "completed", DialCallDuration: "31" },
    { dialled: { status: "completed", seconds: 31 } },
  ],
  [
    "a conference that was joined",
    { DialCallStatus: "answered" },
    { dialled: { status: "completed", seconds: null } },
  ],
  [
    "a busy party",
    { DialCallStatus: "busy", DialCallDuration: "0" },
    { dialled: { status: "busy", seconds: null } },
  ],
  ["a person answered", { AnsweredBy: "human" }, { answered: { by: "human" } }],
  ["a machine began", { AnsweredBy: "machine_start" }, { answered: { by: "machine", greeting: "begun" } }],
  ["a machine beeped", { AnsweredBy: "machine_end_beep" }, { answered: { by: "machine", greeting: "beep" } }],
  [
    "a machine fell silent",
    { AnsweredBy: "machine_end_silence" },
    { answered: { by: "machine", greeting: "silence" } },
  ],
  [
    "a machine ended otherwise",
    { AnsweredBy: "machine_end_other" },
    { answered: { by: "machine", greeting: "other" } },
  ],
  ["a fax", { AnsweredBy: "fax" }, { answered: { by: "fax" } }],
  ["nobody can tell", { AnsweredBy: "unknown" }, { answered: { by: "unknown" } }],
  ["a word of next year", { AnsweredBy: "constructor" }, { answered: { by: "unknown" } }],
  [
    "where it failed",
    { ErrorCode: "11200", ErrorUrl: "https://calls.example.test/t/a/1/input" },
    { failure: { target: "/t/a/1/input", document: false } },
  ],
])("a question brings %s", (_name, more, expected) => {
  expect(value(parseVoice(fields(more), options))).toEqual({
    callId: callSid,
    from: "+15550100001",
    to: "+15550199042",
    direction: "outbound",
    ...nothing,
    ...expected,
  });
});

const verdict = { AccountSid: options.accountSid, CallSid: callSid, AnsweredBy: "human" };
test("a verdict names the leg and nobody's number", () => {
  const told = parseVerdict(fields({ MachineDetectionDuration: "2400" }, verdict), options);
  expect(value(told)).toEqual({ callId: callSid, verdict: { by: "human" } });
});

const misfits: [
  string,
  (map: Map<string, string>) => Parsed<unknown>,
  Record<string, string>,
  Record<string, string>,
][] = [
  ["keys that hold another field", (map) => parseVoice(map, options), form, { Digits: "1Direction" }],
  ["keys longer than anybody presses", (map) => parseVoice(map, options), form, { Digits: "1".repeat(65) }],
  ["a hang-up with more", (map) => parseVoice(map, options), form, { Digits: "hangupFrom+15550100001" }],
  [
    "a recording's address with a space",
    (map) => parseVoice(map, options),
    form,
    { RecordingUrl: "https://x.test/ RE1" },
  ],
  [
    "a recording's address of another kind",
    (map) => parseVoice(map, options),
    form,
    { RecordingUrl: "javascript:x" },
  ],
  [
    "a length that holds another field",
    (map) => parseVoice(map, options),
    form,
    { RecordingDuration: "7RecordingUrl" },
  ],
  ["a dial's end that is none", (map) => parseVoice(map, options), form, { DialCallStatus: "ringing" }],
  [
    "a verdict that holds another field",
    (map) => parseVoice(map, options),
    form,
    { AnsweredBy: "humanApiVersion2010-04-01" },
  ],
  [
    "a verdict's word with more",
    (map) => parseVerdict(map, options),
    verdict,
    { AnsweredBy: "humanCallSidCA" },
  ],
  ["a verdict on no call", (map) => parseVerdict(map, options), verdict, { CallSid: "CA1" }],
  [
    "a verdict of another account",
    (map) => parseVerdict(map, options),
    verdict,
    { AccountSid: `AC${"b".repeat(32)}` },
  ],
  ["a verdict without a word", (map) => parseVerdict(map, options), verdict, { AnsweredBy: "" }],
  [
    "a verdict with an odd length",
    (map) => parseVerdict(map, options),
    verdict,
    { MachineDetectionDuration: "2s" },
  ],
  [
    "a report's length that holds another field",
    (map) => parseStatus(map, options),
    form,
    { CallDuration: "9CallSid" },
  ],
];
test.each(misfits)("%s: 403", (_name, parse, base, more) => {
  expect(parse(fields({}, base)).ok).toBe(true);
  expect(parse(fields(more, base))).toEqual({ ok: false, status: 403 });
});
