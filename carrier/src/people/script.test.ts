/** What a script can say, word by word, and the sentences about one that is wrong. */
import { expect, test } from "vitest";
import { sentencesOf } from "../control/json.ts";
import { openLine, placeCall, twiml } from "../testdata/line.ts";
import { type BehaviourInput, behaviour } from "./behaviour.ts";
import type { ScriptInput } from "./script.ts";

type Steps = NonNullable<ScriptInput["steps"]>;
interface Row {
  readonly rule: string;
  readonly verbs: string;
  readonly steps?: Steps;
  readonly script?: ScriptInput;
  /** What this person did, with seconds since the answer. */
  readonly expected: readonly string[];
}
// "For claims press 2." lasts 1.4 s, "Anything else?" 1 s.
const claims = "<Say>For claims press 2.</Say>";
const still = '<Pause length="9"/>';

const rows: readonly Row[] = [
  {
    rule: "one of several words is enough",
    verbs: `<Say>Oprima el dos.</Say>${still}`,
    steps: [{ hear: ["press 2", "/oprima|marque/i"], press: "2" }],
    expected: ["1.5 pressed 2"],
  },
  {
    rule: "what was not heard in time is done without, once",
    verbs: `${still}${claims}${still}`,
    steps: [
      { hear: "press 2", press: "2", ifNotHeard: { withinSeconds: 3, say: "Hello?" } },
      { say: "Next." },
    ],
    expected: ["3 said Hello?", "3 said Next."],
  },
  {
    rule: "or again, and then what was heard at last counts",
    verbs: `${still}${claims}${still}`,
    steps: [
      { hear: "press 2", press: "2", ifNotHeard: { withinSeconds: 3, say: "Hello?", again: 5 } },
      { say: "Next." },
    ],
    expected: ["3 said Hello?", "6 said Hello?", "9 said Hello?", "10.857 pressed 2", "10.857 said Next."],
  },
  {
    rule: "in vain so often, then on",
    verbs: `<Pause length="20"/>`,
    steps: [{ hear: "press 2", ifNotHeard: { withinSeconds: 2, press: "0", again: 2 } }, { say: "Next." }],
    expected: ["2 pressed 0", "4 pressed 0", "6 pressed 0", "6 said Next."],
  },
  {
    rule: "heard in time: not done",
    verbs: `${claims}<Pause length="20"/>`,
    steps: [{ hear: "press 2", press: "2", ifNotHeard: { withinSeconds: 3, say: "Hello?" } }],
    expected: ["1.857 pressed 2"],
  },
  {
    rule: "talks over who is speaking",
    verbs: `<Pause length="2"/>${claims}${still}`,
    steps: [{ talkOver: "Hello?", afterSeconds: 0.2 }],
    expected: ["2.2 said Hello?"],
  },
  {
    rule: "and does not talk into silence",
    verbs: `${claims}${still}`,
    steps: [{ hear: "press 2" }, { talkOver: "Hello?", ifNotHeard: { withinSeconds: 2 } }, { say: "So." }],
    expected: ["3.857 said So."],
  },
  {
    rule: "who was interrupted speaks no more",
    verbs: `<Gather numDigits="2" timeout="9">${claims}</Gather>${still}`,
    steps: [
      { hear: "press 2", interrupt: true, press: "2" },
      { talkOver: "Hello?", ifNotHeard: { withinSeconds: 2 } },
      { say: "So." },
    ],
    expected: ["0.5 pressed 2", "3 said So."],
  },
  {
    rule: "a step so many times",
    verbs: `${claims}${claims}${claims}${still}`,
    steps: [{ hear: "press 2", press: "2", times: 2 }, { say: "Twice." }],
    expected: ["1.857 pressed 2", "3.214 pressed 2", "3.214 said Twice."],
  },
  {
    rule: "whenever it is heard, beside the steps",
    verbs: `${claims}<Pause length="2"/>${claims}<Say>Anything else?</Say>${still}`,
    script: {
      whenever: [{ hear: "press 2", press: "2", afterSeconds: 1 }],
      steps: [{ hear: "else", say: "No." }],
    },
    expected: ["2.357 pressed 2", "5.714 pressed 2", "6.214 said No."],
  },
  {
    rule: "whenever, at most so often",
    verbs: `${claims}${claims}${claims}${still}`,
    script: { whenever: [{ hear: "press 2", press: "2", times: 2 }] },
    expected: ["1.857 pressed 2", "3.214 pressed 2"],
  },
  {
    rule: "whenever it begins",
    verbs: `${claims}${still}`,
    script: { whenever: [{ hear: "press 2", interrupt: true, press: "2" }] },
    expected: ["0.5 pressed 2"],
  },
  {
    rule: "music and noise last, and tones wait for words",
    verbs: `${still}${still}`,
    steps: [
      { say: "Please hold.", saySeconds: 1 },
      { musicSeconds: 5 },
      { noiseSeconds: 0.5 },
      { say: "Yes?" },
    ],
    expected: ["0 said Please hold.", "1 sounded music 5", "6 sounded noise 0.5", "6.5 said Yes?"],
  },
  {
    rule: "leaves after so long, wherever the script stands",
    verbs: `<Pause length="60"/>`,
    script: { staysSeconds: 7, steps: [{ hear: "never" }] },
    expected: ["7 hung-up"],
  },
  {
    rule: "stays silent and hangs up",
    verbs: `<Pause length="60"/>`,
    steps: [{ silentSeconds: 4 }, { hangUp: true }],
    expected: ["4 hung-up"],
  },
  {
    rule: "patience ends",
    verbs: `<Pause length="60"/>`,
    script: { patienceSeconds: 5, steps: [{ hear: ["one", "two"] }] },
    expected: ["5 gave-up waited 5 s to hear: one or two"],
  },
];

const deeds = new Set(["pressed", "said", "sounded", "hung-up", "gave-up"]);

test.each(rows)("$rule", async ({ verbs, steps, script, expected }) => {
  const line = await openLine();
  try {
    line.on("/voice", twiml(verbs));
    line.carrier.setFarEnd("+15550150001", { ...script, ...(steps && { steps }), answerAfterSeconds: 0 });
    const { sid } = await placeCall(line);
    await line.clock.runUntilIdle();
    const { transcript } = line.carrier.personOn(sid)!;
    const told = transcript.filter(({ what }) => deeds.has(what));
    expect(told.map(({ atMs, what, text }) => `${atMs / 1000} ${what} ${text}`.trim())).toEqual(expected);
    expect(line.carrier.liveCalls()).toBe(0);
  } finally {
    await line.close();
  }
});

test("somebody on a script's hold hears music", async () => {
  const line = await openLine();
  try {
    line.on("/voice", twiml("<Dial>+15550150002</Dial>"));
    line.carrier.setFarEnd("+15550150001", {
      answerAfterSeconds: 0,
      steps: [{ hear: "hold music", say: "Nice." }],
    });
    line.carrier.setFarEnd("+15550150002", {
      answerAfterSeconds: 1,
      steps: [{ say: "Please hold." }, { musicSeconds: 30 }, { hangUp: true }],
    });
    const { sid } = await placeCall(line);
    await line.clock.runUntilIdle();
    const told = line.carrier
      .personOn(sid)!
      .transcript.map(({ atMs, what, text }) => `${atMs / 1000} ${what} ${text}`);
    expect(told).toContain("2.357 played hold music");
    // The music is over at 32.357, and so is the call.
    expect(told.at(-1)).toBe("32.357 ended completed by application");
  } finally {
    await line.close();
  }
});

/** Twilio's statuses and SIP codes; the choices among them are in docs/twiml.md. */
const refusals: [how: BehaviourInput, seconds: number, status: string, sipCode: string][] = [
  ["busy", 0.5, "busy", "486"],
  ["rejected", 0.5, "busy", "603"],
  ["no-answer", 20.5, "no-answer", "487"],
  ["unavailable", 0.5, "failed", "480"],
  ["failed", 0.5, "failed", "404"],
  [{ refuses: "rejected", answerAfterSeconds: 3 }, 3.5, "busy", "603"],
  [{ refuses: "busy", answerAfterSeconds: 3 }, 3.5, "busy", "486"],
];
test.each(refusals)("nobody takes the call: %j", async (how, seconds, status, sipCode) => {
  const line = await openLine();
  try {
    for (const path of ["/status", "/dialled"]) line.on(path, { status: 204 });
    line.carrier.setFarEnd("+15550150001", how);
    const statusCallback = `${line.application}/status`;
    await placeCall(line, { Timeout: "20", StatusCallback: statusCallback });
    await line.clock.runUntilIdle();
    expect(
      line.received.map(({ at, parameters }) => [at, parameters.CallStatus, parameters.SipResponseCode]),
    ).toEqual([[seconds, status, sipCode]]);
    line.on("/voice", twiml(`<Dial action="/dialled" timeout="20"><Number>+15550150001</Number></Dial>`));
    line.carrier.setFarEnd("+15550150001", how);
    line.carrier.call({ from: "+15550199001", to: "+15550100001" });
    await line.clock.runUntilIdle();
    expect(line.log("DialCallStatus").at(-1)).toBe(`/dialled DialCallStatus=${status}`);
  } finally {
    await line.close();
  }
});

test("several in turn, the last one stays; or over again", async () => {
  const line = await openLine();
  try {
    line.on("/voice", twiml("<Hangup/>"));
    const statuses = async (again: boolean) => {
      line.carrier.setFarEnd("+15550150001", { inTurn: ["busy", "unavailable", { steps: [] }], again });
      for (let call = 0; call < 5; call++) await placeCall(line);
      await line.clock.runUntilIdle();
      return line.carrier
        .calls()
        .slice(0, 5)
        .map(({ status }) => status)
        .reverse();
    };
    expect(await statuses(false)).toEqual(["busy", "failed", "completed", "completed", "completed"]);
    expect(await statuses(true)).toEqual(["busy", "failed", "completed", "busy", "failed"]);
  } finally {
    await line.close();
  }
});

const wrong: [value: unknown, sentence: string][] = [
  ["bussy", "expected busy, rejected, no-answer, unavailable or failed"],
  [{ steps: [{ press: "1x" }] }, "steps[0].press: expected keys 0-9 * # A-D, w (0.5 s) and W (1 s)"],
  [{ steps: [{ hear: "/(/" }] }, "steps[0].hear: expected words or /a valid regular expression/"],
  [{ steps: [{ hear: [] }] }, "steps[0].hear: expected at least one pattern"],
  [
    { steps: [{ press: "1", say: "one" }] },
    "steps[0]: expected at most one of press, say, talkOver, beep, faxTone, musicSeconds, noiseSeconds, silentSeconds, refer, hangUp",
  ],
  [
    { steps: [{ hear: "a", hearKeys: "1" }] },
    "steps[0]: expected one of hear, hearKeys and talkOver in a step",
  ],
  [
    { steps: [{ say: "a", ifNotHeard: { withinSeconds: 1 } }] },
    "steps[0]: expected hear, hearKeys or talkOver beside ifNotHeard",
  ],
  [{ steps: [{ sya: "a" }] }, 'steps[0]: unknown here: "sya"'],
  [{ step: [] }, 'unknown here: "step"'],
  [{ answerAfterSeconds: "2" }, "answerAfterSeconds: expected number, found string"],
  [
    { whenever: [{ press: "1" }] },
    "whenever[0].hear: expected words or /a valid regular expression/, or a list of them",
  ],
  [{ refuses: "no" }, "refuses: expected busy, rejected, no-answer, unavailable or failed"],
  [{ inTurn: [] }, "inTurn: expected at least one behaviour"],
  [
    { inTurn: ["busy", { steps: [{ press: "x" }] }] },
    "inTurn[1].steps[0].press: expected keys 0-9 * # A-D, w (0.5 s) and W (1 s)",
  ],
  [{ vary: { seed: 1 } }, "expected a script or a phoneSystem beside vary"],
  [{ vary: {}, script: {} }, "vary.seed: expected number, found nothing"],
  [
    { vary: { seed: 1, busy: 0.9, failed: 0.2 }, script: {} },
    "vary: expected shares of busy, rejected, no-answer, unavailable and failed that are at most 1 together",
  ],
  [{ phoneSystem: { menus: {} } }, "phoneSystem: start: expected one of the menus, found main"],
  [null, "expected object, found null"],
];
test.each(wrong)("%j is refused", (value, sentence) => {
  const parsed = behaviour.safeParse(value);
  expect(parsed.success ? "accepted" : sentencesOf(parsed.error)).toBe(sentence);
});
