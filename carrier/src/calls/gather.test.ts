/**
 * Gather's six rules (protocol 5), each row a caller and what the application then hears.
 * `/in` is the action; `/next` is what stands after the Gather.
 */
import { expect, test } from "vitest";
import type { ScriptInput } from "../people/script.ts";
import { wavFile } from "../testdata/audio.ts";
import { caller, number, openLine, twiml } from "../testdata/line.ts";

type Steps = NonNullable<ScriptInput["steps"]>;
interface Row {
  readonly rule: string;
  /** Attributes, and prompts within. */
  readonly gather: [attributes: string, prompts?: string];
  readonly steps: Steps;
  /** Requests after the first: seconds since the call began, path, input. */
  readonly expected: string[];
}

const prompt = "<Say>Please choose.</Say>"; // 14 characters: one second
const names = ["Digits", "FinishedOnKey", "SpeechResult", "Confidence", "Language", "msg"];

const rows: Row[] = [
  {
    rule: "Gather 1: a key is accepted while the prompt plays and stops it",
    gather: ['numDigits="1"', prompt],
    steps: [{ afterSeconds: 0.25, press: "7" }],
    expected: ["0.25 /in Digits=7 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 1: the timeout clock starts when the prompts are over",
    gather: ['timeout="4"', `${prompt}<Pause length="2"/><Play>/tone.wav</Play>`],
    steps: [],
    expected: ["3 /tone.wav", "12 /next"],
  },
  {
    rule: "Gather 1: or at the first key",
    gather: ['timeout="4"', `${prompt}<Pause length="60"/>`],
    steps: [{ afterSeconds: 0.5, press: "1" }],
    expected: ["4.5 /in Digits=1 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 1: speech stops the prompts",
    gather: ['input="speech" speechTimeout="1"', `<Say>${"a".repeat(1400)}</Say>`],
    steps: [{ afterSeconds: 2, say: "fourteen chars" }],
    expected: ["4 /in SpeechResult=fourteen chars Confidence=0.9 Language=en-US msg=Gather End"],
  },
  {
    rule: 'Gather 1: but not with bargeIn="false"',
    gather: ['input="speech" speechTimeout="1" bargeIn="false"', `<Say>${"a".repeat(140)}</Say>`],
    steps: [{ afterSeconds: 2, say: "fourteen chars" }],
    expected: ["10 /in SpeechResult=fourteen chars Confidence=0.9 Language=en-US msg=Gather End"],
  },
  {
    rule: "Gather 2: numDigits ends at once",
    gather: ['numDigits="3"'],
    steps: [{ press: "1W2W3" }],
    expected: ["2.5 /in Digits=123 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 2: finishOnKey ends and is not part of Digits",
    gather: [""],
    steps: [{ press: "12#" }],
    expected: ["0.5 /in Digits=12 FinishedOnKey=# msg=Gather End"],
  },
  {
    rule: "Gather 2: another finishOnKey; # is then a key like any other",
    gather: ['finishOnKey="9"'],
    steps: [{ press: "1#9" }],
    expected: ["0.5 /in Digits=1# FinishedOnKey=9 msg=Gather End"],
  },
  {
    rule: "Gather 2: no finishOnKey",
    gather: ['finishOnKey="" timeout="2"'],
    steps: [{ press: "1#" }],
    expected: ["2.25 /in Digits=1# FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 2: every key starts the timeout anew",
    gather: ['timeout="2"'],
    steps: [
      { afterSeconds: 1.5, press: "1" },
      { afterSeconds: 1.5, press: "2" },
    ],
    expected: ["5 /in Digits=12 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 3: speech ends after speechTimeout of silence, and words within it belong together",
    gather: ['input="speech" speechTimeout="3"'],
    steps: [
      { say: "fourteen chars", confidence: 0.4 },
      { afterSeconds: 3, say: "fourteen more!", confidence: 0.6 },
    ],
    expected: [
      "7 /in SpeechResult=fourteen chars fourteen more! Confidence=0.6 Language=en-US msg=Gather End",
    ],
  },
  {
    rule: "Gather 3: auto is the first pause",
    gather: ['input="speech" speechTimeout="auto" language="es-US"'],
    steps: [{ say: "fourteen chars" }, { afterSeconds: 3, say: "too late" }],
    expected: ["2 /in SpeechResult=fourteen chars Confidence=0.9 Language=es-US msg=Gather End"],
  },
  {
    rule: "Gather 3: at most 60 s of speech",
    gather: ['input="speech" timeout="30"'],
    steps: Array.from({ length: 4 }, () => ({ say: "fourteen chars", afterSeconds: 20 })),
    expected: [
      "80 /in SpeechResult=fourteen chars fourteen chars fourteen chars Confidence=0.9 Language=en-US msg=Gather End",
    ],
  },
  {
    rule: "Gather 3: also in the middle of a word",
    gather: ['input="speech"'],
    steps: [{ say: "long ".repeat(200).trim() }],
    expected: [
      `60 /in SpeechResult=${"long ".repeat(200).trim()} Confidence=0.9 Language=en-US msg=Gather End`,
    ],
  },
  {
    rule: "Gather 3: with both inputs keys win when they come first",
    gather: ['input="dtmf speech" timeout="2"'],
    steps: [{ press: "5" }, { say: "billing" }],
    expected: ["2 /in Digits=5 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 3: with both inputs speech wins when it comes first, and finishOnKey is ignored",
    gather: ['input="dtmf speech" speechTimeout="2"'],
    steps: [{ say: "fourteen chars" }, { afterSeconds: 1.5, press: "#" }],
    expected: ["3 /in SpeechResult=fourteen chars Confidence=0.9 Language=en-US msg=Gather End"],
  },
  {
    rule: "Gather 4: fewer digits than numDigits are submitted at the timeout",
    gather: ['numDigits="9" timeout="3"'],
    steps: [{ press: "12" }],
    expected: ["3.25 /in Digits=12 FinishedOnKey= msg=Gather End"],
  },
  {
    rule: "Gather 4: keys mean nothing to a Gather for speech",
    gather: ['input="speech" timeout="3"'],
    steps: [{ press: "1" }],
    expected: ["3 /next"],
  },
  {
    rule: "Gather 4: speech means nothing to a Gather for keys",
    gather: ['timeout="3"'],
    steps: [{ say: "one" }],
    expected: ["3 /next"],
  },
  {
    rule: "Gather 5: without input the next verb runs",
    gather: [""],
    steps: [],
    expected: ["5 /next"],
  },
  {
    rule: "Gather 5: so it does with finishOnKey pressed first",
    gather: [""],
    steps: [{ afterSeconds: 1, press: "#" }],
    expected: ["1 /next"],
  },
  {
    rule: "Gather 5: actionOnEmptyResult asks anyway",
    gather: ['actionOnEmptyResult="true" input="dtmf speech" timeout="2"'],
    steps: [],
    expected: ["2 /in Digits= FinishedOnKey= SpeechResult= Language=en-US msg=Gather End"],
  },
  {
    rule: "Gather 5: also with finishOnKey first",
    gather: ['actionOnEmptyResult="true"'],
    steps: [{ press: "#" }],
    expected: ["0 /in Digits= FinishedOnKey=# msg=Gather End"],
  },
];

test.each(rows)("$rule", async ({ gather: [attributes, prompts = ""], steps, expected }) => {
  const line = await openLine();
  line.on(
    "/voice",
    twiml(`<Gather action="/in" ${attributes}>${prompts}</Gather><Redirect>/next</Redirect>`),
  );
  line.on("/in", twiml("<Hangup/>"));
  line.on("/next", twiml("<Hangup/>"));
  line.on("/tone.wav", { headers: { "content-type": "audio/wav" }, body: wavFile({ seconds: 5 }) });
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  await call.ended;
  const told = line.log(...names).map((text, at) => `${line.received[at]!.at} ${text}`);
  expect(told.slice(1)).toEqual(expected);
  expect(line.carrier.liveCalls()).toBe(0);
  await line.close();
});

test("Gather 6: the default action is the current document, with its query and the Gather's method", async () => {
  const line = await openLine();
  line.carrier.setNumber(number, { voiceUrl: `${line.application}/voice?flow=7` });
  line.on("/voice", ({ parameters }) =>
    "Digits" in parameters || "msg" in parameters
      ? twiml("<Hangup/>")
      : twiml('<Gather method="GET" numDigits="1"/>'),
  );
  line.carrier.call({ from: caller, to: number, script: { steps: [{ press: "4" }] } });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ method, signed }) => [method, signed])).toEqual([
    ["POST", true],
    ["GET", true],
  ]);
  expect(line.received[1]).toMatchObject({
    parameters: { flow: "7", Digits: "4", CallStatus: "in-progress" },
  });
  expect(line.received[1]!.path).toMatch(/^\/voice\?flow=7&AccountSid=/);
  await line.close();
});
