/**
 * An application that is not ours runs on the carrier unchanged (`testdata/foreign-application.ts`): each row who is called,
 * what the two do, and what both heard. In every row nobody is left alone in a room and no call outlives the other by long.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdMusic } from "./calls/line.ts";
import { type Carrier, startCarrier, type VirtualClock, virtualClock } from "./index.ts";
import type { BehaviourInput } from "./people/behaviour.ts";
import type { ScriptInput } from "./people/script.ts";
import type { TranscriptEntry } from "./people/transcript.ts";
import { type Forwarder, startForwarder } from "./testdata/foreign-application.ts";

const number = "+15550100001";
const destination = "+15550150001";
const account = { accountSid: `AC${"0".repeat(31)}1`, authToken: "a-token-for-tests" };

let clock: VirtualClock;
let carrier: Carrier;
let forwarder: Forwarder;
beforeEach(async () => {
  clock = virtualClock();
  forwarder = await startForwarder({ ...account, api: () => carrier.url, destination });
  const { url } = forwarder;
  carrier = await startCarrier({
    ...account,
    clock,
    callsPerSecond: 0,
    numbers: [{ phoneNumber: number, voiceUrl: `${url}/incoming`, statusCallback: `${url}/caller` }],
  });
});
afterEach(async () => {
  await carrier.close();
  await forwarder.close();
});

type Steps = NonNullable<ScriptInput["steps"]>;
const hello = { afterSeconds: 0.5, say: "Hello?", saySeconds: 1 };
const takes = [hello, { hear: "press 1", press: "1" }] satisfies Steps;
const greeting = { say: "You have reached nobody. Leave a message after the tone.", saySeconds: 6 };

const prompt = "A caller is waiting. Press 1 to talk, 2 to decline.";
const connecting = "Connecting.";
const wait = "One moment, please.";
const waits = [wait, holdMusic];
const farewell = "The other party has left. Goodbye.";

interface Row {
  readonly story: string;
  readonly caller?: Steps;
  readonly there: BehaviourInput;
  /** Words and music heard by each; null: there is nobody who could hear. */
  readonly heard: readonly [caller: string[], callee: string[] | null];
  /** How the caller's call and the other one ended. */
  readonly statuses: string;
  /** Whether the two were ever joined. */
  readonly met?: boolean;
}
const rows: Row[] = [
  {
    story: "they talk, and the destination hangs up",
    caller: [{ hear: "Hello", say: "My claim" }],
    there: {
      steps: [
        ...takes,
        { hear: "Connecting" },
        hello,
        { hear: "My claim" },
        { silentSeconds: 5 },
        { hangUp: true },
      ],
    },
    heard: [
      [...waits, "Hello?", farewell],
      [prompt, connecting, "My claim"],
    ],
    statuses: "completed completed",
    met: true,
  },
  {
    story: "they talk, and the caller hangs up",
    caller: [{ hear: "Hello" }, { hangUp: true }],
    there: { steps: [...takes, { hear: "Connecting" }, hello] },
    heard: [
      [...waits, "Hello?"],
      [prompt, connecting, farewell],
    ],
    statuses: "completed completed",
    met: true,
  },
  {
    story: "the caller hangs up while it rings",
    caller: [{ silentSeconds: 4 }, { hangUp: true }],
    there: { answerAfterSeconds: 10 },
    heard: [waits, []],
    statuses: "completed canceled",
  },
  {
    story: "the caller hangs up while the destination chooses",
    caller: [{ silentSeconds: 6 }, { hangUp: true }],
    there: { steps: [hello] },
    heard: [waits, [prompt]],
    statuses: "completed completed",
  },
  {
    story: "the caller hangs up while the destination is on its way into the room",
    caller: [{ silentSeconds: 7 }, { hangUp: true }],
    there: { steps: takes },
    heard: [waits, [prompt, connecting, farewell]],
    statuses: "completed completed",
  },
  {
    story: "the destination declines",
    there: { steps: [hello, { hear: "press 1", press: "2" }] },
    heard: [
      [...waits, "Nobody can take your call."],
      [prompt, "Goodbye."],
    ],
    statuses: "completed completed",
  },
  {
    story: "the destination says nothing and presses nothing",
    there: {},
    heard: [[...waits, "Nobody can take your call."], [prompt]],
    statuses: "completed completed",
  },
  {
    story: "the destination hangs up while choosing",
    there: { steps: [hello, { silentSeconds: 2 }, { hangUp: true }] },
    heard: [[...waits, "Nobody can take your call."], [prompt]],
    statuses: "completed completed",
  },
  { story: "busy", there: "busy", heard: [[wait, "The line is busy."], null], statuses: "completed busy" },
  {
    story: "nobody answers",
    there: "no-answer",
    heard: [[...waits, "Nobody answers."], []],
    statuses: "completed no-answer",
  },
  {
    story: "unreachable",
    there: "failed",
    heard: [[wait, "Nobody can take your call."], null],
    statuses: "completed failed",
  },
  {
    story: "a machine answers",
    there: { steps: [greeting, { beep: true }] },
    heard: [[...waits, "Only a machine answers."], [prompt]],
    statuses: "completed completed",
  },
  {
    story: "a fax machine answers",
    there: { steps: [{ afterSeconds: 0.5, faxTone: true }] },
    heard: [[...waits, "That is a fax machine."], [prompt]],
    statuses: "completed completed",
  },
];

const wordsOf = (transcript: readonly TranscriptEntry[]) =>
  transcript.filter(({ what }) => what === "heard" || what === "played").map(({ text }) => text);

test.each(rows)("$story", async ({ caller = [], there, heard, statuses, met = false }) => {
  carrier.setFarEnd(destination, there);
  const { sid, person } = carrier.call({ from: "+15550199001", to: number, script: { steps: caller } });
  await clock.runUntilIdle();
  const callee = carrier.calls().find((call) => call.direction === "outbound-api")!;
  const other = carrier.personOn(callee.sid);
  const people = [person, ...(other ? [other] : [])];

  expect([wordsOf(person.transcript), other ? wordsOf(other.transcript) : null]).toEqual(heard);
  expect(`${carrier.find(sid)?.status} ${callee.status}`).toBe(statuses);
  for (const { transcript } of people) {
    expect(transcript.some(({ what }) => what === "connected")).toBe(met);
    expect(transcript.filter(({ what }) => what === "ended" || what === "error")).toHaveLength(1);
  }
  expect(forwarder.refused).toEqual([]);
  expect(carrier.alerts()).toEqual([]);
  // Nobody is left in a room, nor waits for a time limit to be let out.
  expect(carrier.liveCalls()).toBe(0);
  expect(await rooms()).toEqual(heard[0].includes(holdMusic) ? ["completed"] : []);
  const endedAfterMs = people.map(({ transcript }) => transcript.at(-1)!.atMs);
  expect(Math.max(...endedAfterMs)).toBeLessThan(60_000);
});

async function rooms(): Promise<string[]> {
  const { accountSid, authToken } = account;
  const answer = await fetch(`${carrier.url}/2010-04-01/Accounts/${accountSid}/Conferences.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
  });
  // Twilio's documented shape.
  const { conferences } = (await answer.json()) as { conferences: { status: string }[] };
  return conferences.map(({ status }) => status);
}
