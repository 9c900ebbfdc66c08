/**
 * Any documents with any people: whatever is said, pressed, dialled, recorded and redirected, every call ends once, nothing is left over,
 * nothing breaks, and the same seed gives the same story. A failing seed is in the test's name.
 */
import { expect, test } from "vitest";
import { type Random, seededRandom } from "../ids.ts";
import type { BehaviourInput } from "../people/behaviour.ts";
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

/** Rooms, queues and what runs beside a call: several calls then ask in the same instant, so these stories are not told twice. */
function shared(the: Chance): string {
  const action = the.one(["", 'action="/next"']);
  const wait = the.one(["", 'waitUrl=""', 'waitUrl="/wait"']);
  const room = the.one(["blue", "blue", "blue", "red"]);
  const inRoom = () =>
    `<Dial ${action} timeLimit="90"><Conference ${wait} ${the.one(["", 'muted="true"'])} ${the.one(["", 'endConferenceOnExit="true"'])} ${the.one(["", 'startConferenceOnEnter="false"'])} ${the.one(["", 'record="record-from-start"'])} ${the.one(["", 'maxParticipants="2"'])} statusCallback="/status" statusCallbackEvent="start end join leave mute hold modify speaker announcement">${room}</Conference></Dial>`;
  return the.one([
    inRoom,
    () => `<Enqueue ${action} ${wait}>${room}</Enqueue>`,
    () => `<Dial ${action} timeout="20" timeLimit="60"><Queue url="/quiet">${room}</Queue></Dial>`,
    () => '<Start><Transcription statusCallbackUrl="/status" partialResults="true"/></Start>',
    () => "<Stop><Transcription/></Stop>",
    () => '<Connect><ConversationRelay url="ws://127.0.0.1:1/"/></Connect>',
    inRoom,
    inRoom,
  ])();
}

function document(the: Chance, rooms = false): string {
  const noun = () =>
    the.one([
      `<Number>${the.one(people)}</Number>`,
      `<Number url="/whisper" statusCallback="/status" statusCallbackEvent="initiated ringing answered completed">${the.one(people)}</Number>`,
      `<Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd" sendDigits="1w2">${the.one(people)}</Number>`,
    ]);
  const verb = (): string => (rooms && the.below(3) > 0 ? shared(the) : alone());
  const alone = () =>
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
async function story(
  seed: number,
  rooms = false,
): Promise<{ told: string[]; ends: string[]; line: TestLine }> {
  const the = chance(seededRandom(seed));
  const line = await openLine();
  for (const path of ["/voice", "/next", "/whisper"]) line.on(path, () => document(the, rooms));
  line.on("/quiet", twiml("<Say>Soon.</Say>"));
  line.on("/wait", () =>
    twiml(
      the.one([
        "<Say>Wait.</Say>",
        '<Pause length="9"/><Redirect/>',
        "<Pause/><Leave/>",
        "<Gather/>",
        "<Oops",
      ]),
    ),
  );
  for (const path of ["/status", "/amd", "/recording"]) line.on(path, { status: 204 });
  for (const at of people) line.carrier.setFarEnd(at, behaviour(the));
  const sids: string[] = [];
  for (let calls = 0; calls < (rooms ? 9 : 4); calls++) {
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
    await line.clock.advance(the.below(rooms ? 8_000 : 40_000));
    // Whatever call there is, of whichever leg, may be told to do something else, or to end.
    const { calls: all } = (await (await rest(line, "GET", "/Calls.json")).json()) as {
      calls: { sid: string }[];
    };
    const change = the.one<Record<string, string>>([
      { Url: `${line.application}/next` },
      { Status: "completed" },
    ]);
    await rest(line, "POST", `/Calls/${the.one(all).sid}.json`, change);
    if (rooms) await disturb(line, the, all);
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

/** Whatever REST can do to a room or a queue, sensible or not. */
async function disturb(line: TestLine, the: Chance, calls: readonly { sid: string }[]): Promise<void> {
  const first = async (list: "conferences" | "queues") => {
    const path = `/${list[0]!.toUpperCase()}${list.slice(1)}.json`;
    // Twilio's documented shape.
    const found = (await (await rest(line, "GET", path)).json()) as Record<string, { sid: string }[]>;
    return found[list]?.[0]?.sid;
  };
  const room = await first("conferences");
  const queue = await first("queues");
  const participant = `/Conferences/${room}/Participants/${the.one(calls).sid}.json`;
  const announcement = `${line.application}/quiet`;
  for (const [method, path, form] of the.some(4, () =>
    the.one<readonly [string, string, Record<string, string>?]>([
      ["POST", participant, { Muted: the.one(["true", "false"]), Hold: the.one(["true", "false"]) }],
      ["POST", participant, { AnnounceUrl: announcement }],
      ["POST", participant, { Coaching: "true", CallSidToCoach: the.one(calls).sid }],
      ["DELETE", participant],
      ["POST", `/Conferences/${room}.json`, { AnnounceUrl: announcement }],
      ["POST", `/Conferences/${room}.json`, { Status: "completed" }],
      ["POST", "/Conferences/blue/Participants.json", { From: number, To: the.one(people) }],
      ["POST", `/Queues/${queue}/Members/Front.json`, { Url: `${line.application}/next` }],
      [
        "POST",
        `/Calls/${the.one(calls).sid}/Transcriptions.json`,
        { StatusCallbackUrl: `${line.application}/status` },
      ],
      ["POST", `/Calls/${the.one(calls).sid}/Recordings.json`, {}],
    ]),
  ))
    expect((await rest(line, method, path, form)).status).toBeLessThan(500);
}

test.each(Array.from({ length: 60 }, (_, at) => at + 1))("rooms and queues, seed %i", async (seed) => {
  const { line, ends } = await story(seed, true);
  try {
    expect(line.carrier.liveCalls()).toBe(0);
    for (const end of ends) expect(final).toContain(end.split(" ")[1]);
    expect(line.carrier.alerts().filter(({ message }) => message.includes("carrier bug"))).toEqual([]);
    const list = async (path: string) =>
      (await (await rest(line, "GET", path)).json()) as Record<string, object[]>;
    // Nobody is left behind: every room has ended, every queue is empty, no recording runs.
    expect((await list("/Conferences.json?Status=in-progress")).conferences).toEqual([]);
    expect((await list("/Conferences.json?Status=init")).conferences).toEqual([]);
    for (const queue of (await list("/Queues.json")).queues ?? [])
      expect(queue).toMatchObject({ current_size: 0 });
    for (const one of (await list("/Recordings.json")).recordings ?? [])
      expect(["completed", "absent"]).toContain((one as { status?: string }).status);
    // Every event of a room counts on, and its end is its last.
    const events = line.received.filter(
      ({ parameters }) => "ConferenceSid" in parameters && "StatusCallbackEvent" in parameters,
    );
    for (const sid of new Set(events.map(({ parameters }) => parameters.ConferenceSid))) {
      const ofRoom = events
        .filter(({ parameters }) => parameters.ConferenceSid === sid)
        .map(({ parameters }) => [Number(parameters.SequenceNumber), parameters.StatusCallbackEvent] as const)
        .sort(([one], [other]) => one - other);
      expect(ofRoom.map(([sequence]) => sequence)).toEqual(ofRoom.map((_, at) => at + 1));
      const joined = ofRoom.filter(([, event]) => event === "participant-join").length;
      const left = ofRoom.filter(([, event]) => event === "participant-leave").length;
      expect(left).toBeGreaterThanOrEqual(joined);
      expect(ofRoom.filter(([, event]) => event === "conference-end")).toHaveLength(1);
    }
  } finally {
    await line.close();
  }
});

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
