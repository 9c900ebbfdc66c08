/** `<Record>` (protocol 5): each row a caller, what the application is told, and how long the recording is. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ScriptInput } from "../people/script.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
  line.on("/in", twiml("<Hangup/>"));
  line.on("/next", twiml("<Hangup/>"));
  line.on("/recording", { status: 204 });
});
afterEach(() => line.close());

type Steps = NonNullable<ScriptInput["steps"]>;
const beep = { hear: "/beep/", afterSeconds: 0 };
const message = { say: "My claim is late.", saySeconds: 4 };

interface Row {
  readonly rule: string;
  readonly attributes?: string;
  readonly steps: Steps;
  /** Seconds since the call began, path, what is told. The beep takes half a second. */
  readonly expected: string[];
}
const rows: Row[] = [
  {
    rule: "silence ends it; leading and trailing silence are cut off",
    steps: [{ ...beep, ...message }],
    expected: [
      "9.5 /in RecordingDuration=4",
      "10.5 /recording RecordingStatus=completed RecordingDuration=4",
    ],
  },
  {
    rule: "unless they are not to be",
    attributes: 'trim="do-not-trim"',
    steps: [{ ...beep, afterSeconds: 1, ...message }],
    expected: [
      "10.5 /in RecordingDuration=10",
      "11.5 /recording RecordingStatus=completed RecordingDuration=10",
    ],
  },
  {
    rule: "silence starts anew with every word",
    attributes: 'timeout="3"',
    steps: [
      { ...beep, ...message },
      { afterSeconds: 6, ...message },
    ],
    expected: [
      "13.5 /in RecordingDuration=10",
      "14.5 /recording RecordingStatus=completed RecordingDuration=10",
    ],
  },
  {
    rule: "timeout 0 never ends it; maxLength does, in the middle of a word",
    attributes: 'timeout="0" maxLength="30"',
    steps: [{ ...beep, say: "long", saySeconds: 50 }],
    expected: [
      "30.5 /in RecordingDuration=30",
      "31.5 /recording RecordingStatus=completed RecordingDuration=30",
    ],
  },
  {
    rule: "any key ends it and is told",
    steps: [
      { ...beep, ...message },
      { afterSeconds: 5, press: "7" },
    ],
    expected: [
      "5.5 /in RecordingDuration=4 Digits=7",
      "6.5 /recording RecordingStatus=completed RecordingDuration=4",
    ],
  },
  {
    rule: "only the keys of finishOnKey; others are heard in it",
    attributes: 'finishOnKey="*#" method="GET"',
    steps: [
      { ...beep, ...message },
      { afterSeconds: 5, press: "7W#" },
    ],
    expected: [
      "6.75 /in RecordingDuration=5 Digits=#",
      "7.75 /recording RecordingStatus=completed RecordingDuration=5",
    ],
  },
  {
    rule: "no key at all",
    attributes: 'finishOnKey=""',
    steps: [
      { ...beep, ...message },
      { afterSeconds: 5, press: "#" },
    ],
    expected: [
      "10.5 /in RecordingDuration=5",
      "11.5 /recording RecordingStatus=completed RecordingDuration=5",
    ],
  },
  {
    rule: "without a beep it begins at once",
    attributes: 'playBeep="false"',
    steps: [message],
    expected: ["9 /in RecordingDuration=4", "10 /recording RecordingStatus=completed RecordingDuration=4"],
  },
  {
    rule: "a hangup ends it; the action is asked all the same",
    steps: [
      { ...beep, ...message },
      { afterSeconds: 3, hangUp: true },
    ],
    expected: [
      "3.5 /in RecordingDuration=3 Digits=hangup",
      "4.5 /recording RecordingStatus=completed RecordingDuration=3",
    ],
  },
  {
    rule: "an empty recording asks no action: the next verb runs",
    steps: [],
    expected: ["5.5 /next"],
  },
  {
    rule: "also when a key ended it",
    steps: [{ ...beep, press: "#" }],
    expected: ["0.5 /next"],
  },
  {
    rule: "the beginning can be told, and that it is empty",
    attributes: 'recordingStatusCallbackEvent="in-progress absent"',
    steps: [],
    expected: [
      "0.5 /recording RecordingStatus=in-progress",
      "5.5 /next",
      "6.5 /recording RecordingStatus=absent",
    ],
  },
];

test.each(rows)("Record 5: $rule", async ({ attributes = "", steps, expected }) => {
  line.on(
    "/voice",
    twiml(
      `<Record action="/in" recordingStatusCallback="/recording" ${attributes}/><Redirect>/next</Redirect>`,
    ),
  );
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  await call.ended;
  const told = line
    .log("RecordingStatus", "RecordingDuration", "Digits")
    .map((text, at) => `${line.received[at]!.at} ${text.replace(/\?\S*/, "")}`);
  expect(told.slice(1)).toEqual(expected);
  expect(line.received.every(({ signed }) => signed)).toBe(true);
  expect(line.carrier.alerts()).toEqual([]);
});

async function recorded(verbs = '<Record action="/in" recordingStatusCallback="/recording"/>') {
  line.on("/voice", twiml(verbs));
  line.carrier.call({ from: caller, to: number, script: { steps: [{ ...beep, ...message }] } });
  await line.clock.runUntilIdle();
  return line.received.find(({ path }) => path === "/in")!.parameters;
}

test("Record 5: the parameters of the action and of the callback", async () => {
  const action = await recorded();
  expect(action.RecordingSid).toMatch(/^RE[0-9a-f]{32}$/);
  expect(action.RecordingUrl).toBe(
    `${line.carrier.url}/2010-04-01/Accounts/${action.AccountSid}/Recordings/${action.RecordingSid}`,
  );
  expect(line.received.at(-1)!.parameters).toEqual({
    AccountSid: action.AccountSid,
    CallSid: action.CallSid,
    RecordingSid: action.RecordingSid,
    RecordingUrl: action.RecordingUrl,
    RecordingStatus: "completed",
    RecordingDuration: "4",
    RecordingChannels: "1",
    RecordingSource: "RecordVerb",
    RecordingTrack: "inbound",
  });
});

test("Record 5: the media are a WAV, ready when the callback says so, for whoever knows the URL", async () => {
  line.on("/in", twiml('<Pause length="60"/>'));
  line.on("/voice", twiml('<Record action="/in"/>'));
  const steps = [{ ...beep, afterSeconds: 2, ...message }];
  line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.advance(11_500);
  const url = line.received.at(-1)!.parameters.RecordingUrl!;
  expect((await fetch(url)).status).toBe(404);
  await line.clock.advance(1000);
  for (const name of [url, `${url}.wav`, `${url}.mp3`]) {
    const media = await fetch(name);
    expect([media.status, media.headers.get("content-type")]).toEqual([200, "audio/x-wav"]);
    const bytes = Buffer.from(await media.arrayBuffer());
    expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    // 4 s of 8000 samples of 2 bytes, after 44 bytes of header.
    expect(bytes.length).toBe(44 + 4 * 16_000);
    // The silence before the words has been cut off, and they fill it to its end.
    const loudest = (second: number) =>
      Math.max(...Array.from({ length: 8000 }, (_, at) => bytes.readInt16LE(44 + 2 * (second * 8000 + at))));
    expect([0, 1, 2, 3].map(loudest).every((sample) => sample > 5000)).toBe(true);
  }
  expect((await fetch(`${url}.ogg`)).status).toBe(404);
  // There is no encoder: that it is no MP3 is said by its type and in the alert log.
  expect(line.carrier.alerts().map(({ message: told }) => told)).toEqual([
    "a recording was asked for as MP3: it is answered as WAV (audio/x-wav)",
  ]);
});

test("Record 5: the default action is the current document, which inline TwiML has not: 11100", async () => {
  line.carrier.setFarEnd("+15550150001", { steps: [{ ...beep, ...message }] });
  const { sid } = await placeCall(line, { Url: "", Twiml: "<Response><Record/></Response>" });
  await line.clock.runUntilIdle();
  expect(line.carrier.alerts(sid).map(({ code }) => code)).toEqual([11100]);
  line.on("/voice", ({ parameters }) => twiml("RecordingUrl" in parameters ? "<Hangup/>" : "<Record/>"));
  line.carrier.call({ from: caller, to: number, script: { steps: [{ ...beep, ...message }] } });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ path }) => path)).toEqual(["/voice", "/voice"]);
});

test("Update 6: a redirect ends a recording; its action is not asked", async () => {
  line.on("/voice", twiml('<Record action="/in" recordingStatusCallback="/recording"/>'));
  line.on("/other", twiml("<Say>Other.</Say>"));
  const call = line.carrier.call({ from: caller, to: number, script: { steps: [{ ...beep, ...message }] } });
  await line.clock.advance(2500);
  await rest(line, "POST", `/Calls/${call.sid}.json`, { Url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  expect(line.log("RecordingDuration")).toEqual(["/voice", "/other", "/recording RecordingDuration=2"]);
});

test("Record 5: a recordingConfigurationId is not performed, and that is said", async () => {
  await recorded('<Record action="/in" recordingConfigurationId="x"/>');
  expect(line.carrier.alerts().map(({ message: told }) => told)).toEqual([
    "<Record recordingConfigurationId> is not performed by this carrier: skipped",
  ]);
});

test("Create 6: Record=true records both sides of the whole call", async () => {
  line.on("/voice", twiml('<Say>Fourteen chars</Say><Pause length="9"/>'));
  line.on("/status", { status: 204 });
  line.carrier.setFarEnd("+15550150001", { steps: [{ hear: "chars", ...message }] });
  await placeCall(line, {
    Record: "true",
    RecordingChannels: "dual",
    RecordingStatusCallback: `${line.application}/recording`,
    RecordingStatusCallbackEvent: ["in-progress", "completed"],
    StatusCallback: `${line.application}/status`,
  });
  await line.clock.runUntilIdle();
  expect(line.log("RecordingStatus", "RecordingDuration", "RecordingChannels", "RecordingSource")).toEqual([
    "/recording RecordingStatus=in-progress RecordingChannels=2 RecordingSource=OutboundAPI",
    "/voice",
    "/status RecordingDuration=10",
    "/recording RecordingStatus=completed RecordingDuration=10 RecordingChannels=2 RecordingSource=OutboundAPI",
  ]);
  const { RecordingUrl } = line.received.at(-1)!.parameters;
  expect((await (await fetch(RecordingUrl!)).arrayBuffer()).byteLength).toBe(44 + 10 * 32_000);
});
