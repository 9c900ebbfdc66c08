/**
 * Any documents with any people: whatever is said, pressed, dialled, recorded and redirected, every call ends once, nothing is left over,
 * nothing breaks, and the same seed gives the same story. A failing seed is in the test's name.
 */
import { expect, test } from "vitest";
import { type Random, seededRandom } from "../ids.ts";
import type { BehaviourInput } from "../people/far-end.ts";
import type { ScriptInput } from "../people/script.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";

const people = Array.from({ length: 6 }, (_, at) => `+1555015010${at}`);

function chance(random: Random) {
  const below = (most: number) => Math.floor(random() * most);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  return { below, one, some };
}
type Chance = ReturnType<typeof chance>;

const step = ({ below, one }: Chance): NonNullable<ScriptInput["steps"]>[number] => ({
  afterSeconds: below(8),
  ...one([
    { say: "Something to be said." },
    { say: "Long words.", saySeconds: below(20) },
    { press: one(["1", "#", "*", "12w3"]) },
    { beep: true as const },
    { faxTone: true as const },
    { silentSeconds: below(30) },
    { hangUp: true as const },
  ]),
});

function behaviour(the: Chance): BehaviourInput {
  return the.one<() => BehaviourInput>([
    () => the.one(["busy", "no-answer", "failed"] as const),
    () => ({ answerAfterSeconds: the.below(40), steps: the.some(5, () => step(the)) }),
    () => ({
      phoneSystem: {
        answerAfterSeconds: the.below(5),
        greeting: "Welcome to nobody's office, please listen carefully.",
        menus: {
          main: { says: "Press 1.", keys: { 1: "rep" }, hears: { Something: "rep" }, beeps: true },
          rep: {
            hold: { seconds: the.below(90), announces: "Hold." },
            says: "Hi.",
            answers: [{ hear: "o", say: "Yes." }],
          },
        },
      },
    }),
  ])();
}

function document(the: Chance): string {
  const noun = () =>
    the.one([
      `<Number>${the.one(people)}</Number>`,
      `<Number url="/whisper" statusCallback="/status" statusCallbackEvent="initiated ringing answered completed">${the.one(people)}</Number>`,
      `<Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd" sendDigits="1w2">${the.one(people)}</Number>`,
    ]);
  const verb = () =>
    the.one([
      () => "<Say>Fourteen chars</Say>",
      () => `<Pause length="${the.below(9)}"/>`,
      () => '<Play digits="1w2"/>',
      () =>
        `<Gather input="dtmf speech" ${the.one(["", 'action="/next"'])} numDigits="2"><Say>Choose.</Say></Gather>`,
      () =>
        `<Record ${the.one(["", 'action="/next"'])} recordingStatusCallback="/recording" maxLength="20"/>`,
      () =>
        `<Dial ${the.one(["", 'action="/next"'])} ${the.one(["", 'sequential="true"'])} ${the.one(["", 'answerOnBridge="true"'])} timeLimit="60">${noun()}${the.some(3, noun).join("")}</Dial>`,
      () => "<Redirect>/next</Redirect>",
      () => the.one(["<Hangup/>", "<Reject/>"]),
    ])();
  return twiml([verb(), ...the.some(3, verb)].join(""));
}

/** Everything the application was asked and told, and how the calls ended. */
async function story(seed: number): Promise<{ told: string[]; ends: string[]; line: TestLine }> {
  const the = chance(seededRandom(seed));
  const line = await openLine();
  for (const path of ["/voice", "/next", "/whisper"]) line.on(path, () => document(the));
  for (const path of ["/status", "/amd", "/recording"]) line.on(path, { status: 204 });
  for (const at of people) line.carrier.setFarEnd(at, behaviour(the));
  const sids: string[] = [];
  for (let calls = 0; calls < 4; calls++) {
    const script = { steps: the.some(6, () => step(the)) };
    if (the.below(2) === 0) sids.push(line.carrier.call({ from: caller, to: number, script }).sid);
    else {
      const detection = the.one<Record<string, string>>([
        {},
        { MachineDetection: "Enable" },
        {
          MachineDetection: "DetectMessageEnd",
          AsyncAmd: "true",
          AsyncAmdStatusCallback: `${line.application}/amd`,
        },
        { Record: "true", SendDigits: "1w2" },
      ]);
      sids.push((await placeCall(line, { To: the.one(people), ...detection })).sid);
    }
    await line.clock.advance(the.below(40_000));
    // Whatever call there is, of whichever leg, may be told to do something else, or to end.
    const { calls: all } = (await (await rest(line, "GET", "/Calls.json")).json()) as {
      calls: { sid: string }[];
    };
    const change = the.one<Record<string, string>>([
      { Url: `${line.application}/next` },
      { Status: "completed" },
    ]);
    await rest(line, "POST", `/Calls/${the.one(all).sid}.json`, change);
  }
  await line.clock.runUntilIdle();
  // Twilio's documented shape.
  const { calls } = (await (await rest(line, "GET", "/Calls.json")).json()) as {
    calls: { to: string; status: string; duration: string }[];
  };
  const told = line.log("CallStatus", "DialCallStatus", "AnsweredBy", "RecordingStatus", "Digits");
  return {
    told: told.map((text, at) => `${line.received[at]!.at} ${text}`),
    ends: calls.map(({ to, status, duration }) => `${to} ${status} ${duration}`),
    line,
  };
}

const final = ["completed", "busy", "no-answer", "failed", "canceled"];

test.each(Array.from({ length: 40 }, (_, at) => at + 1))("seed %i", async (seed) => {
  const { line, told, ends } = await story(seed);
  expect(line.carrier.liveCalls()).toBe(0);
  for (const end of ends) expect(final).toContain(end.split(" ")[1]);
  expect(line.carrier.alerts().filter(({ message }) => message.includes("carrier bug"))).toEqual([]);
  for (const one of line.received) expect(one.signed).toBe(true);
  for (const { parameters } of line.received.filter(({ parameters }) => "DialCallStatus" in parameters))
    expect(final).toContain(parameters.DialCallStatus);
  await line.close();
  if (seed > 5) return;
  const again = await story(seed);
  expect([again.told, again.ends]).toEqual([told, ends]);
  await again.line.close();
});
