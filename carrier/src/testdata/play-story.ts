/**
 * For tests: plays a story on a carrier with a stranger's application, and writes down as a chronicle everything that could be
 * noticed from outside: what people did and heard, what the application was asked, how calls ended, what was complained about.
 */
import { type CallResource, startCarrier } from "../carrier.ts";
import { type VirtualClock, virtualClock } from "../clock/clock.ts";
import { seededRandom } from "../ids.ts";
import type { CarrierOptions } from "../options.ts";
import type { BehaviourInput } from "../people/behaviour.ts";
import type { Person } from "../people/person.ts";
import { type ScriptInput, script } from "../people/script.ts";
import { createScriptedPerson } from "../people/scripted-person.ts";
import { type Application, type Received, serve } from "./applications/serve.ts";
import { judgeRequest } from "./judge-request.ts";

type Steps = NonNullable<ScriptInput["steps"]>;
export type Name = keyof typeof people;

/** Callers are Ann, Bob and Cem; the others are called. */
export const people = {
  Ann: "+15550199001",
  Bob: "+15550199002",
  Cem: "+15550199003",
  Dora: "+15550150001",
  Eli: "+15550150002",
  Fay: "+15550150003",
  Gus: "+15550150004",
} as const;
const office = "+15550100001";

export interface Story {
  /** What happens, as a heading. */
  readonly story: string;
  /** When (s) who calls the office, and what they do. */
  readonly callers?: readonly (readonly [at: number, who: Name, steps: Steps, ringsForSeconds?: number])[];
  /** Who answers how; those not named answer, listen and stay. */
  readonly there?: Partial<Record<Name, Exclude<BehaviourInput, { phoneSystem: unknown }>>>;
  /** When (s) which page is opened by somebody with a browser, with its query. */
  readonly visits?: readonly (readonly [at: number, path: string])[];
  readonly options?: CarrierOptions;
}

/** An application and what is played on it. */
export interface Tale {
  readonly application: Application;
  readonly told: readonly Story[];
}

const account = { accountSid: `AC${"0".repeat(31)}1`, authToken: "a-token-for-tests" };

/** Parameters worth a place in a chronicle, beside who it is about and the call's status. */
const telling = [
  "Digits SpeechResult AnsweredBy DialCallStatus DialCallDuration DialBridged RecordingStatus RecordingDuration",
  "QueueResult QueueTime QueuePosition CurrentQueueSize StatusCallbackEvent ReasonParticipantLeft ReasonConferenceEnded",
  "Muted Hold Coaching SessionStatus HandoffData ErrorCode MessageStatus CallDuration SipResponseCode SequenceNumber TranscriptionText",
  "EventType WorkerName WorkerActivityName TaskAge TaskPriority TaskAssignmentStatus TaskCanceledReason TaskCompletedReason",
]
  .join(" ")
  .split(" ");

interface Entry {
  readonly ms: number;
  /** Within one instant: what people do, what is asked, what people notice. Requests of one instant travel side by side. */
  readonly rank: 0 | 1 | 2;
  readonly text: string;
}

export async function playStory(application: Application, story: Story): Promise<string> {
  let settled = () => Promise.resolve();
  const clock = virtualClock(undefined, () => settled());
  const zero = clock.now();
  const entries: Entry[] = [];
  const note = (rank: Entry["rank"], text: string) => entries.push({ ms: clock.now() - zero, rank, text });
  const asked: { one: Received; at: number }[] = [];
  const served = await serve(application, {
    ...account,
    api: () => carrier.url,
    later: (seconds, then) => void clock.after(seconds * 1000, then),
    received: (one) =>
      void asked.push({ one, at: entries.push({ ms: clock.now() - zero, rank: 1, text: "" }) - 1 }),
  });
  settled = () => served.rest();
  const carrier = await startCarrier({
    ...account,
    clock,
    random: seededRandom(7),
    callsPerSecond: 0,
    // The applications name media that nobody serves.
    fetchMedia: false,
    numbers: [
      {
        phoneNumber: office,
        voiceUrl: `${served.url}/voice`,
        statusCallback: `${served.url}/ended`,
        voiceFallbackUrl: `${served.url}/fallback`,
      },
    ],
    ...story.options,
  });
  try {
    for (const [name, number] of Object.entries(people) as [Name, string][]) {
      const what = story.there?.[name] ?? { steps: [] };
      if (typeof what === "string") carrier.setFarEnd(number, what);
      else carrier.answers(number, () => watched(name, createScriptedPerson(script.parse(what)), note));
    }
    for (const identity of ["dora", "eli"]) {
      const name = identity === "dora" ? "Dora" : "Eli";
      const what = story.there?.[name] ?? { steps: [] };
      for (const address of [`client:${identity}`, `sip:${identity}@example.com`])
        if (typeof what === "string") carrier.setFarEnd(address, what);
        else carrier.answers(address, () => watched(name, createScriptedPerson(script.parse(what)), note));
    }
    await act(clock, [
      ...(story.callers ?? []).map(([at, who, steps, ringsForSeconds]) => ({
        at,
        run: async () => {
          const person = watched(who, createScriptedPerson(script.parse({ steps, ringsForSeconds })), note);
          carrier.dial({ from: people[who], to: office, person });
        },
      })),
      ...(story.visits ?? []).map(([at, path]) => ({
        at,
        run: async () => {
          const answer = await clock.track(fetch(served.url + path));
          note(0, `somebody opens ${path}: ${answer.status} ${await answer.text()}`.trim());
        },
      })),
    ]);
    const calls = carrier.calls().reverse();
    for (const { one, at } of asked) {
      const { ms } = entries[at]!;
      entries[at] = { ms, rank: 1, text: request(one, calls) };
    }
    return chronicle(story, entries, [
      `calls: ${calls.map((call) => `${who(call)} ${call.status} ${call.duration}`).join(", ")}`,
      ...carrier.messages().map(({ to, body, status }) => `message to ${nameOf(to)}: ${body} (${status})`),
      ...carrier.alerts().map(({ code, message }) => (code === null ? `alert: ${message}` : `alert ${code}`)),
      ...new Set(
        asked.flatMap(({ one }) =>
          (one.method === "socket" ? [] : judgeRequest(one.parameters)).map(
            (what) => `problem: ${one.path}: ${what}`,
          ),
        ),
      ),
      ...served.problems.map((problem) => `problem: ${problem}`),
      ...(carrier.liveCalls() > 0 ? [`still live: ${carrier.liveCalls()}`] : []),
    ]);
  } finally {
    await carrier.close();
    await served.close();
  }
}

async function act(
  clock: VirtualClock,
  acts: readonly { at: number; run(): Promise<void> }[],
): Promise<void> {
  let passed = 0;
  for (const { at, run } of acts.toSorted((one, other) => one.at - other.at)) {
    await clock.advance(at * 1000 - passed);
    passed = at * 1000;
    await run();
  }
  await clock.runUntilIdle();
}

/** A person whose every deed is noted. */
function watched(name: Name, person: Person, note: (rank: 0 | 2, text: string) => void): Person {
  const told = (what: string) => note(2, `${name} ${what}`);
  return {
    ...person,
    ringing(handset, side, clock) {
      note(side === "caller" ? 0 : 2, side === "caller" ? `${name} calls` : `${name}'s telephone rings`);
      const does = (what: string) => note(0, `${name} ${what}`);
      person.ringing(
        {
          ...handset,
          answer() {
            does("answers");
            handset.answer();
          },
          press(digits) {
            does(`presses ${digits}`);
            handset.press(digits);
          },
          speak(input) {
            does(`says: ${input.text}`);
            handset.speak(input);
          },
          sound(tone) {
            does(`lets a ${tone} sound`);
            handset.sound(tone);
          },
          hangUp() {
            does("hangs up");
            handset.hangUp();
          },
        },
        side,
        clock,
      );
    },
    answered: () => person.answered(),
    hears(utterance) {
      told(`hears: ${utterance.text}`);
      person.hears(utterance);
    },
    plays(media) {
      told(`hears ${media.url?.replace(/^http:\/\/127\.0\.0\.1:\d+/, "") ?? `keys ${media.digits}`}`);
      person.plays(media);
    },
    finished: (utterance) => person.finished(utterance),
    interrupted: () => person.interrupted(),
    silence: (seconds) => person.silence(seconds),
    beeps(tone) {
      told(`hears a ${tone}`);
      person.beeps?.(tone);
    },
    connected() {
      told("is joined");
      person.connected?.();
    },
    disconnected() {
      told("is parted");
      person.disconnected?.();
    },
    listening: (what) => person.listening(what),
    notListening: () => person.notListening(),
    failed(code, message) {
      told(`is told of a failure: ${code}`);
      person.failed(code, message);
    },
    ended(how) {
      told(`is off the line: ${how.reason} by ${how.by}`);
      person.ended(how);
    },
  };
}

const named: readonly (readonly [string, string])[] = Object.entries(people).map(([name, number]) => [
  number,
  name,
]);
const nameOf = (address: string): string =>
  named.find(([number]) => number === address)?.[1] ?? address.replace(/@example\.com$/, "");
/** Who is on a call: the caller, or whoever was called. */
const who = (call: CallResource): string => nameOf(call.direction === "inbound" ? call.from : call.to);

function request({ method, path, parameters, signed }: Received, calls: readonly CallResource[]): string {
  const sidOf = (sid: string | undefined) => calls.find((call) => call.sid === sid);
  const about = sidOf(parameters.CallSid);
  const told = telling.filter((name) => parameters[name] !== undefined);
  const readable = (text: string) =>
    text.replace(/CA[0-9a-f]{32}/g, (sid) => {
      const call = sidOf(sid);
      return call ? who(call) : sid;
    });
  return [
    `  > ${method === "POST" ? "" : `${method} `}${readable(method === "POST" ? path : withoutParameters(path))}`,
    ...(about ? [`${who(about)}'s`] : []),
    ...(parameters.CallStatus ? [parameters.CallStatus] : []),
    ...told.map((name) => `${name}=${readable(parameters[name] ?? "")}`),
    ...(signed ? [] : ["NOT SIGNED"]),
  ].join(" ");
}

/** A GET's own query: what Twilio adds begins with a capital letter, or is `msg`. */
function withoutParameters(path: string): string {
  const [page = "", query = ""] = path.split("?");
  const own = query.split("&").filter((pair) => /^(?!msg=)[a-z]/.test(pair));
  return own.length === 0 ? page : `${page}?${own.join("&")}`;
}

function chronicle({ story }: Story, entries: readonly Entry[], end: readonly string[]): string {
  const lines = entries
    .map((entry, order) => ({ ...entry, order }))
    .sort(
      (a, b) =>
        a.ms - b.ms || a.rank - b.rank || (a.rank === 1 ? compare(a.text, b.text) : a.order - b.order),
    )
    .map(({ ms, text }) => `${String(Math.round(ms / 1000)).padStart(5)}  ${text}`);
  return [`# ${story}`, ...lines, ...end.map((line) => `       ${line}`), ""].join("\n");
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
