/**
 * T17: ten thousand webhooks, every one correctly signed, with everything else wrong that can be: fields missing, odd,
 * huge, doubled, re-split or in strange encodings, at every address, of calls that live, that are over and that never
 * were. Whatever comes is answered with orders or refused; nothing of ours breaks.
 */
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../ports/random.ts";
import {
  linksIn,
  openTestDatabase,
  placedPhone,
  publishTest,
  seedTest,
  type TestDatabase,
  type TestRuntime,
  testAccount,
  testFlow,
  testPhone,
  testRuntime,
  voiceForm,
} from "../testing.ts";

const requests = 10_000;
const atOnce = 8;
const seed = 20261121;

const warnings: string[] = [];
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => void rejections.push(reason);
let opened: TestDatabase;
let runtime: TestRuntime;
let hookToken: string;
let outbound: string;

const bye = { kind: "hang-up", config: { disposition: "over", farewell: "Goodbye." } };
const nodes = {
  ask: {
    kind: "menu",
    config: {
      prompt: "Press 1 or say go.",
      options: [{ key: "1", label: "Go", phrases: ["go"] }],
      timeoutSeconds: 5,
      tries: 5,
    },
    next: { "key-1": "number", invalid: "number", silence: "number" },
  },
  number: {
    kind: "collect",
    config: {
      prompt: "Your number?",
      into: "number",
      answer: "keys",
      minDigits: 1,
      maxDigits: 12,
      timeoutSeconds: 5,
      tries: 5,
    },
    next: { collected: "leave", invalid: "leave", silence: "leave" },
  },
  leave: {
    kind: "record",
    config: {
      prompt: "A message?",
      into: "message",
      maxSeconds: 60,
      silenceSeconds: 4,
      finishOnKeys: "#",
      beep: true,
      needsConsent: false,
    },
    next: { recorded: "keep", "no-audio": "keep" },
  },
  keep: {
    kind: "record-outcome",
    config: { outcome: "message", fields: [{ name: "message", variable: "message" }] },
    next: { recorded: "ask", failed: "ask" },
  },
  bye,
};
const variables = {
  number: { type: "digits", sensitivity: "phi" },
  message: { type: "text", sensitivity: "phi" },
};

beforeAll(async () => {
  process.on("unhandledRejection", onRejection);
  opened = await openTestDatabase("pglite");
  ({ hookToken } = await seedTest(opened.database));
  await publishTest(opened.database, testFlow(nodes, { variables }));
  const start = { calls: "outbound", detection: "meanwhile" };
  outbound = (
    await publishTest(opened.database, testFlow({ again: nodes.leave, ...nodes }, { variables, start }), null)
  ).flowId;
  const warn = (sentence: string, _facts?: unknown, error?: unknown) =>
    void warnings.push(error instanceof Error ? error.message : sentence);
  const log = { info: () => {}, warn };
  runtime = testRuntime(opened.database, { log });
});
afterAll(async () => {
  process.off("unhandledRejection", onRejection);
  await opened.drop();
});

interface Known {
  readonly callSid: string;
  readonly token: string;
  turn: number;
}

const nastyTexts = [
  "",
  " ",
  "0",
  "-1",
  "hangup",
  "1",
  "#",
  "*#0123456789ABCD",
  "claims",
  "claim \u{1f600}",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\ufffe",
  "</Say><Dial>+19005550100</Dial>",
  "{{number}}",
  "__proto__",
  "constructor",
  "1e999",
  "NaN",
  "+15550100001",
  "client:x",
  "sip:x@y",
  "https://x.test/RE1",
  "javascript:alert(1)",
  "CA",
  "machine_start",
  "human",
  "completed",
  "busy",
  "in-progress",
  "99999999999999999999",
  "'; drop table calls; --",
  "%00",
  "x".repeat(5000),
];
const names = [
  "CallSid",
  "AccountSid",
  "CallStatus",
  "From",
  "To",
  "Direction",
  "ApiVersion",
  "Digits",
  "SpeechResult",
  "Confidence",
  "ErrorCode",
  "ErrorUrl",
  "RecordingUrl",
  "RecordingDuration",
  "DialCallStatus",
  "DialCallDuration",
  "AnsweredBy",
  "MachineDetectionDuration",
  "SequenceNumber",
  "CallbackSource",
  "CallDuration",
  "Timestamp",
  "__proto__",
  "constructor",
  "",
  "toString",
  "Ünicode",
  "a b&c=d",
];
/** What fits a name: a webhook whose every field is nonsense is refused at the door. */
const fitting: { readonly [name: string]: readonly string[] } = {
  CallStatus: [
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "failed",
    "no-answer",
    "canceled",
    "queued",
    "initiated",
  ],
  Digits: ["1", "12", "123456", "#", "hangup", ""],
  SpeechResult: ["go", "claims please", "nothing at all", "ay caramba ñ"],
  Confidence: ["0", "0.5", "1", "0.987654321", "", "2"],
  ErrorCode: ["11200", "12100", "11750"],
  RecordingUrl: ["https://api.twilio.com/x/RE1"],
  RecordingDuration: ["0", "1", "59", "999999999"],
  DialCallStatus: ["completed", "answered", "busy", "no-answer", "failed", "canceled"],
  DialCallDuration: ["0", "31"],
  AnsweredBy: ["human", "machine_start", "machine_end_beep", "fax", "unknown", "machine_next_year"],
  MachineDetectionDuration: ["0", "2400"],
  SequenceNumber: ["0", "1", "2", "999999999"],
  CallbackSource: ["call-progress-events"],
  CallDuration: ["0", "31"],
  Direction: ["inbound", "outbound-api", "outbound-dial"],
};

function dice(from: number) {
  const random = seededRandom(from);
  const below = (most: number) => {
    const [a = 0, b = 0, c = 0] = random.bytes(3);
    return (a * 65_536 + b * 256 + c) % most;
  };
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)]! }; // never empty here
}
type Dice = ReturnType<typeof dice>;

const kinds = ["input", "no-input", "done", "poll", "recording", "dial", "leg-verdict"];

function targetOf({ below, one }: Dice, { token, turn }: Known): string {
  const turns = [turn, turn, turn, turn + 1, Math.max(0, turn - 1), 0, 999_999];
  const real = [
    `/t/${token}/${one(turns)}/${one(kinds)}`,
    `/t/${token}/${turn}/${one(kinds)}`,
    `/t/${token}/${one(["status", "fallback"])}`,
    `/out/${token}/${one(["voice", "fallback", "status", "verdict"])}`,
    `/hooks/${hookToken}/${one(["voice", "fallback", "status"])}`,
  ];
  if (below(20) > 0)
    return one([real[1]!, ...real]) + (below(10) === 0 ? one(["?attempt=1", "?attempt=2"]) : "");
  return one([
    `/t/${"x".repeat(32)}/1/input`,
    `/out/${"y".repeat(32)}/voice`,
    `/hooks/${"z".repeat(32)}/voice`,
    `/t/${token}/-1/input`,
    `/t/${token}/1e3/input`,
    `/t/${token}/1/inputs`,
    `/out/${token}/verdict?x=1`,
    `/t/${token}/1/input?attempt=3`,
    "/t/",
    "/out",
    `/hooks/${hookToken}/voice/`,
  ]);
}

function fieldsOf(die: Dice, { callSid }: Known): [string, string][] {
  const { below, one } = die;
  const form: Record<string, string> = voiceForm({ CallSid: callSid, CallStatus: "in-progress" });
  for (let more = below(6); more > 0; more--) {
    const name = one(Object.keys(fitting));
    form[name] = one(fitting[name]!);
  }
  if (below(3) === 0)
    Object.assign(form, { RecordingUrl: "https://api.twilio.com/x/RE1", RecordingDuration: "7" });
  const fields = Object.entries(form);
  if (below(3) > 0) return fields;
  for (let spoils = 1 + below(3); spoils > 0; spoils--) {
    const at = below(fields.length);
    const spoil = below(5);
    if (spoil === 0 && fields.length > 1) fields.splice(at, 1);
    else if (spoil === 1) fields[at] = [fields[at]![0], one(nastyTexts)];
    else if (spoil === 2) fields.push([one(names), one(nastyTexts)]);
    else if (spoil === 3) fields.push([fields[at]![0], one([fields[at]![1], one(nastyTexts)])]);
    else fields.push(["Extra", "x".repeat(one([10, 1000, 70_000]))]);
  }
  return fields;
}

const plainForm = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);

/** Text as a form may carry it: usual, every byte escaped, in small letters, or as bytes that are no UTF-8. */
function encoded({ below }: Dice, text: string, broken: boolean): string {
  const usual = plainForm(text);
  switch (below(broken ? 12 : 2)) {
    case 0:
      return [...Buffer.from(text.slice(0, 500))]
        .map((byte) => `%${byte.toString(16).padStart(2, "0")}`)
        .join("");
    case 1:
      return usual.replaceAll("+", "%20");
    case 2:
      return `${usual}%C3%28%ED%A0%80%F8`;
    case 3:
      return `${usual}%`;
    default:
      return usual;
  }
}

function requestOf(die: Dice, known: Known): Request {
  const { below } = die;
  const target = targetOf(die, known);
  const broken = below(12) === 0;
  const text = (one: string) => (broken || below(4) === 0 ? encoded(die, one, broken) : plainForm(one));
  const body = fieldsOf(die, known)
    .map(([name, value]) => `${text(name)}=${text(value)}`)
    .join("&");
  const signed: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const before = signed[name];
    signed[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  const url = testAccount.publicBaseUrl + target;
  const signature = webhooks.getExpectedTwilioSignature(testAccount.authToken, url, signed as never); // as the SDK signs doubled names
  // The same signature over other borders between names and values.
  const sent = below(15) === 0 ? resplit(die, body) : body;
  return new Request(`http://inside.test${target}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signature,
      ...(below(2) ? { "content-length": String(Buffer.byteLength(sent)) } : {}),
    },
    body: sent,
  });
}

function resplit({ below }: Dice, body: string): string {
  const pairs = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
  const at = below(Math.max(1, pairs.length - 1));
  const [one, two] = [pairs[at], pairs[at + 1]];
  if (one && two) pairs.splice(at, 2, [one[0], `${one[1]}${two[0]}${two[1]}`]);
  return new URLSearchParams(pairs).toString();
}

async function newCall(nth: number): Promise<Known> {
  const callSid = `CA${nth.toString(16).padStart(32, "0")}`;
  const tokenIn = (body: string) => Object.values(linksIn(body))[0]!.split("/")[2]!;
  if (nth % 3 > 0) {
    const rung = await testPhone(runtime, hookToken, callSid).ring();
    return { callSid, token: tokenIn(rung.body), turn: 1 };
  }
  const placed = runtime.told.placed.length;
  await runtime.place({ clientId: 1, flowId: outbound, to: "+15550199042" });
  await runtime.idle();
  const phone = placedPhone(runtime, placed);
  if (nth % 2 === 0)
    return {
      callSid: phone.callSid,
      token: runtime.told.placed[placed]!.links.voice.split("/").at(-2)!,
      turn: 0,
    };
  return { callSid: phone.callSid, token: tokenIn((await phone.pickUp()).body), turn: 1 };
}

/** Whoever still waits when all real work is done waits for time to pass: a turn nobody thinks about any more. */
async function patiently<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const watched = work.finally(() => {
    done = true;
  });
  for (let turns = 1; !done; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (turns % 500 === 0) {
      await runtime.idle();
      runtime.clock.advance(1500);
    }
  }
  return await watched;
}
test(`${requests} signed webhooks (seed ${seed}): orders or a refusal, never a failure`, async () => {
  const die = dice(seed);
  const statuses = new Map<number, number>();
  let known: Known = await newCall(1);
  let calls = 1;
  for (let sent = 0; sent < requests; sent += atOnce) {
    if (die.below(4) === 0) known = await newCall(++calls);
    const here = known;
    const batch = Array.from({ length: atOnce }, () => requestOf(die, here));
    const answers = await patiently(Promise.all(batch.map(async (one) => await runtime.app.fetch(one))));
    for (const [at, answer] of answers.entries()) {
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const body = await answer.text();
      const { pathname } = new URL(batch[at]!.url);
      if (answer.status !== 200) expect(body, pathname).toBe("");
      else {
        expect(body, pathname).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?><Response>.*<\/Response>$/s);
        expect(body.length).toBeLessThan(65_536);
        expect(body).not.toContain("<Dial>");
        const turn = /\/t\/[\w-]{32}\/(\d+)\//.exec(body);
        if (turn && body.includes(here.token)) here.turn = Math.max(here.turn, Number(turn[1]));
      }
    }
  }
  await runtime.idle();
  expect([...statuses.keys()].filter((status) => ![200, 204, 400, 403, 404, 413].includes(status))).toEqual(
    [],
  );
  // Enough of them came through to have meant something.
  expect(statuses.get(200)).toBeGreaterThan(requests / 5);
  expect(statuses.get(204)).toBeGreaterThan(requests / 20);
  for (const refused of [400, 403, 404, 413])
    expect(statuses.get(refused), String(refused)).toBeGreaterThan(20);
  expect(rejections).toEqual([]);
  const said = /never led to|second call came|could not use a document of ours/;
  expect(warnings.filter((one) => !said.test(one))).toEqual([]);
  const types = await opened.database.query<{ type: string; n: number }>(
    "select type, count(*)::int as n from call_events where verdict = 'applied' group by type",
    [],
  );
  const seen = new Map(types.map(({ type, n }) => [type, n]));
  for (const type of [
    "call-started",
    "input",
    "no-input",
    "recording-made",
    "answered-by",
    "call-ended",
    "progress",
  ])
    expect(seen.get(type) ?? 0, type).toBeGreaterThan(5);
}, 60_000);
