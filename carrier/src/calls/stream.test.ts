/** Streams (protocol 5, Stream; Twilio, Media Streams) over a real WebSocket: what an application hears, and what it lets be heard. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ScriptInput } from "../people/script.ts";
import { channelsOf, dataUrl, decoded, keyIn, loudness, mulawFile, wavFile } from "../testdata/audio.ts";
import { caller, number, openLine, rest, type TestLine, twiml } from "../testdata/line.ts";
import { openSocketApplication, type SocketApplication } from "../testdata/socket-application.ts";

let line: TestLine;
let application: SocketApplication;
type Message = Record<string, unknown>;
type Answers = (message: Message) => readonly (object | string | number)[];
let answers: Answers;
beforeEach(async () => {
  line = await openLine();
  line.on("/status", { status: 204 });
  line.on("/next", twiml("<Hangup/>"));
  answers = () => [];
  application = await openSocketApplication((message) => answers(message));
});
afterEach(async () => {
  await application.close();
  await line.close();
});

type Steps = NonNullable<ScriptInput["steps"]>;
const sounds = (hertz: number, seconds = 1) => ({ say: "la", sound: dataUrl(wavFile({ seconds, hertz })) });

interface Media {
  readonly track: string;
  readonly chunk: string;
  readonly timestamp: string;
  readonly payload: string;
}
const events = (name: string) => application.received.filter(({ event }) => event === name);
// Twilio's documented shape.
const media = (track: string) =>
  events("media")
    .map((message) => message.media as Media)
    .filter((one) => one.track === track);
/** Samples of a track from one second to another. */
const heard = (track: string, from: number, to: number) =>
  decoded(
    Buffer.concat(
      media(track)
        .slice(Math.round(from * 50), Math.round(to * 50))
        .map(({ payload }) => Buffer.from(payload, "base64")),
    ),
  );
const sounding = (samples: ArrayLike<number>, among = [400, 1000, 1600]) =>
  among.filter((hertz) => loudness(samples, hertz) > 1500);

async function called(verbs: string, steps: Steps) {
  line.on("/voice", twiml(verbs.replaceAll("$ws", application.url)));
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  return call;
}
const told = () =>
  line
    .log("StreamEvent", "StreamName")
    .map((text, at) => `${line.received[at]!.at} ${text}`)
    .slice(1);
const codes = () => line.carrier.alerts().map(({ code }) => code);

test("one way: connected, start, media every 20 ms, stop; numbers are strings; callbacks", async () => {
  const { sid } = await called(
    `<Start><Stream name="ears" url="$ws/" statusCallback="/status"><Parameter name="a" value="b"/></Stream></Start><Pause length="2"/><Stop><Stream name="ears"/></Stop><Pause length="2"/>`,
    [],
  );
  expect(application.signed).toEqual([true]);
  const [connected, start, first, second] = application.received;
  const streamSid = String(start!.streamSid);
  expect(streamSid).toMatch(/^MZ[0-9a-f]{32}$/);
  expect(connected).toEqual({ event: "connected", protocol: "Call", version: "1.0.0" });
  expect(start).toEqual({
    event: "start",
    sequenceNumber: "1",
    streamSid,
    start: {
      accountSid: line.carrier.accountSid,
      callSid: sid,
      streamSid,
      tracks: ["inbound"],
      customParameters: { a: "b" },
      mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
    },
  });
  const payload = Buffer.alloc(160, 0xff).toString("base64");
  expect(first).toEqual({
    event: "media",
    sequenceNumber: "2",
    streamSid,
    media: { track: "inbound", chunk: "1", timestamp: "0", payload },
  });
  expect(second).toMatchObject({ sequenceNumber: "3", media: { chunk: "2", timestamp: "20" } });
  expect(events("media")).toHaveLength(100);
  expect(application.received.at(-1)).toEqual({
    event: "stop",
    sequenceNumber: "102",
    streamSid,
    stop: { accountSid: line.carrier.accountSid, callSid: sid },
  });
  expect(application.closed).toEqual([1000]);
  expect(told()).toEqual([
    "0 /status StreamEvent=stream-started StreamName=ears",
    "2 /status StreamEvent=stream-stopped StreamName=ears",
  ]);
});

test("both tracks: the person's sound is inbound, what it hears outbound, keys are true tones", async () => {
  line.on("/low", { headers: { "content-type": "audio/ulaw" }, body: mulawFile(1, 400) });
  await called(
    `<Start><Stream url="$ws/" track="both_tracks"/></Start><Play>/low</Play><Play digits="7"/><Pause length="3"/>`,
    [
      { hear: "low", afterSeconds: 1, ...sounds(1000) },
      { afterSeconds: 1.5, press: "5" },
    ],
  );
  expect(events("start")[0]).toMatchObject({ start: { tracks: ["inbound", "outbound"] } });
  expect([media("inbound").length, media("outbound").length]).toEqual([210, 210]);
  const at = (track: string) => [0.5, 1.5, 2.5, 3.2].map((from) => sounding(heard(track, from, from + 0.2)));
  expect(at("inbound")).toEqual([[], [], [1000], []]);
  expect(at("outbound")).toEqual([[400], [], [], []]);
  expect(keyIn(heard("outbound", 1, 1.1))).toBe("7");
  expect(keyIn(heard("inbound", 3.5, 3.6))).toBe("5");
  // Keys are told of over two-way streams alone (Twilio, WebSocket messages, dtmf).
  expect(events("dtmf")).toEqual([]);
  expect(media("inbound").every(({ payload }) => Buffer.from(payload, "base64").length === 160)).toBe(true);
});

const streamed = (message: Message, ...what: object[]) =>
  what.map((one) => ({ ...one, streamSid: message.streamSid }));
const plays = (seconds: number, hertz = 1600) => ({
  event: "media",
  media: { payload: mulawFile(seconds, hertz).toString("base64") },
});
const mark = (name: string) => ({ event: "mark", mark: { name } });

test("two ways: what the application sends is heard and recorded; marks come back when what is before them was heard", async () => {
  const marks: string[] = [];
  answers = (message) => {
    if (message.event === "mark")
      marks.push(`${(message.mark as { name: string }).name} ${events("media").length * 20}`);
    return message.event === "start"
      ? streamed(message, mark("at once"), plays(0.5), mark("half"), plays(0.51, 400), mark("all"))
      : [];
  };
  const call = await called(
    `<Start><Recording channels="dual" trim="do-not-trim"/></Start><Connect action="/next"><Stream url="$ws/talk" name="bot" statusCallback="/status"/></Connect>`,
    [{ hear: "stream audio", ...sounds(1000) }, { press: "12" }, { silentSeconds: 1 }, { hangUp: true }],
  );
  expect(marks).toEqual(["at once 0", "half 520", "all 1040"]);
  expect(events("dtmf").map((message) => message.dtmf)).toEqual([
    { track: "inbound_track", digit: "1" },
    { track: "inbound_track", digit: "2" },
  ]);
  expect(call.person.transcript.filter(({ what }) => what === "played" || what === "lasted")).toMatchObject([
    { what: "played", text: "stream audio" },
    { what: "lasted", text: "1.02" },
  ]);
  expect(sounding(heard("inbound", 1.7, 2.3))).toEqual([1000]);
  // The application does not hear itself.
  expect(media("outbound")).toEqual([]);
  const actions = line.received.filter(({ path }) => path === "/next");
  expect(actions.map(({ parameters }) => [parameters.StreamName, parameters.StreamSid])).toEqual([
    ["bot", events("start")[0]!.streamSid],
  ]);
  // Twilio's documented shape.
  const { recordings } = (await (await rest(line, "GET", "/Recordings.json")).json()) as {
    recordings: { media_url: string }[];
  };
  const wav = Buffer.from(await (await fetch(recordings[0]!.media_url)).arrayBuffer());
  const second = channelsOf(wav)[1]!;
  const piece = (from: number) => sounding(second.subarray(from * 8000, from * 8000 + 2400));
  expect([0.1, 0.6, 1.2].map(piece)).toEqual([[1600], [400], []]);
});

test("an application that sends back what it hears: people hear themselves, two frames later", async () => {
  answers = (message) =>
    message.event === "media"
      ? streamed(message, { event: "media", media: { payload: (message.media as Media).payload } })
      : [];
  await called(`<Start><Recording trim="do-not-trim"/></Start><Connect><Stream url="$ws/"/></Connect>`, [
    { afterSeconds: 1, ...sounds(1000, 2) },
    { silentSeconds: 5 },
    { hangUp: true },
  ]);
  // Twilio's documented shape.
  const { recordings } = (await (await rest(line, "GET", "/Recordings.json")).json()) as {
    recordings: { media_url: string; start_time: string }[];
  };
  const wav = Buffer.from(await (await fetch(recordings[0]!.media_url)).arrayBuffer());
  const [spoken, echoed] = channelsOf(wav) as [Int16Array, Int16Array];
  const firstSound = (samples: Int16Array) => samples.findIndex((one) => Math.abs(one) > 100);
  // One frame until it is told, one until its turn comes.
  expect(firstSound(echoed) - firstSound(spoken)).toBe(320);
  expect(
    [0.5, 1.5, 2.5, 3.5].map((from) => sounding(echoed.subarray(from * 8000, from * 8000 + 1600))),
  ).toEqual([[], [1000], [1000], []]);
  expect(events("media")).toHaveLength(300);
});

test("clear drops what has not been heard, and its marks come back at once", async () => {
  const came: string[] = [];
  answers = (message) => {
    const at = events("media").length * 20;
    if (message.event === "mark") came.push(`${(message.mark as { name: string }).name} ${at}`);
    if (message.event === "start")
      return streamed(message, plays(1), mark("one"), plays(1), mark("two"), mark("three"));
    return message.event === "media" && at === 300 ? streamed(message, { event: "clear" }) : [];
  };
  const call = await called(`<Connect><Stream url="$ws/"/></Connect><Redirect>/next</Redirect>`, [
    { silentSeconds: 3 },
    { hangUp: true },
  ]);
  expect(came).toEqual(["one 300", "two 300", "three 300"]);
  expect(call.person.transcript.map(({ what, text }) => `${what} ${text}`)).toEqual(
    expect.arrayContaining(["lasted 0.28", "interrupted "]),
  );
});

test("an application that closes the socket ends it: the next verb, or the action", async () => {
  answers = (message) => (message.event === "media" && events("media").length === 50 ? [1000] : []);
  for (const [action, expected] of [
    ["", ["1 /next"]],
    ['action="/next?a=1"', ["1 /next?a=1"]],
  ] as const) {
    line.received.length = 0;
    application.received.length = 0;
    const before = line.clock.now();
    line.on(
      "/voice",
      twiml(`<Connect ${action}><Stream url="${application.url}/"/></Connect><Redirect>/next</Redirect>`),
    );
    line.carrier.call({ from: caller, to: number, script: {} });
    await line.clock.runUntilIdle();
    const lines = line.log("StreamEvent").map((text, at) => [line.received[at]!.at, text] as const);
    const since = (before - line.clock.now()) / 1000 + lines.at(-1)![0];
    expect(lines.slice(1).map(([at, text]) => `${Math.round(at - lines[0]![0])} ${text}`)).toEqual(expected);
    expect(since).toBeLessThanOrEqual(1);
  }
  expect(events("stop")).toEqual([]);
});

test("REST ends it: by the stream's name, and by giving the call something else to do", async () => {
  line.on(
    "/voice",
    twiml(`<Connect><Stream name="bot" url="${application.url}/"/></Connect><Redirect>/next</Redirect>`),
  );
  line.on("/other", twiml("<Hangup/>"));
  const one = line.carrier.call({ from: caller, to: number, script: {} });
  await line.clock.advance(1000);
  await rest(line, "POST", `/Calls/${one.sid}/Streams/bot.json`, { Status: "stopped" });
  await line.clock.runUntilIdle();
  const two = line.carrier.call({ from: caller, to: number, script: {} });
  await line.clock.advance(1000);
  await rest(line, "POST", `/Calls/${two.sid}.json`, { Url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  expect(line.log()).toEqual(["/voice", "/next", "/voice", "/other"]);
  expect(events("stop")).toHaveLength(2);
  expect(line.carrier.liveCalls()).toBe(0);
});

test.each([
  ["nobody is there", "ws://127.0.0.1:3/", 31_902],
  ["no WebSocket", "$http/voice", 31_922],
  ["a host that may not be asked", "wss://example.com/", 31_904],
  ["a handshake that fails", "$handshake/", 31_920],
] as const)("no stream: %s", async (_why, url, code) => {
  const given = url
    .replace("$http", line.application)
    .replace("$handshake", line.application.replace("http", "ws"));
  await called(`<Connect action="/next"><Stream url="${given}" statusCallback="/status"/></Connect>`, []);
  expect(codes()).toEqual([code]);
  expect(line.log("StreamEvent").toSorted()).toEqual([
    ...(url.startsWith("$handshake") ? ["/"] : []),
    "/next",
    "/status StreamEvent=stream-error",
    "/voice",
  ]);
  expect(line.received.find(({ path }) => path === "/next")!.parameters.StreamError).toMatch(
    /^Stream - WebSocket/,
  );
});

test("what Twilio does not allow is reported: query strings, long parameters, other tracks, a fifth track", async () => {
  const long = `<Parameter name="a" value="${"x".repeat(500)}"/><Parameter name="b" value="c"/>`;
  await called(
    `<Start><Stream url="$ws/?x=1" track="both_tracks">${long}</Stream></Start>${'<Start><Stream url="$ws/" track="both_tracks"/></Start>'.repeat(2)}<Connect><Stream url="$ws/" track="both_tracks"/></Connect><Pause length="1"/>`,
    [],
  );
  expect(codes()).toEqual([null, null, 31_960, 31_960, 31_941]);
  expect(
    events("start").map(({ start }) => (start as { customParameters: object }).customParameters),
  ).toEqual([{ b: "c" }, {}]);
});

test("wrong messages are reported, the first ten of them, and do no harm", async () => {
  answers = (message) =>
    message.event === "start"
      ? [
          "{",
          "null",
          { event: "media" },
          ...streamed(
            message,
            { event: "dance" },
            { event: "media", media: { payload: "?" } },
            { event: "mark" },
          ),
          ...Array(20).fill(streamed(message, { event: "media", media: null })[0]),
          ...streamed(message, plays(0.1)),
        ]
      : [];
  const call = await called(`<Connect><Stream url="$ws/"/></Connect>`, [
    { silentSeconds: 2 },
    { hangUp: true },
  ]);
  expect(codes()).toEqual([31_950, 31_950, ...Array(8).fill(31_951)]);
  expect(call.person.transcript.filter(({ what }) => what === "lasted")).toHaveLength(1);
});

test("more than five minutes that wait to be heard are dropped", async () => {
  answers = (message) => (message.event === "start" ? streamed(message, ...Array(62).fill(plays(5))) : []);
  await called(`<Connect><Stream url="$ws/"/></Connect>`, [{ silentSeconds: 1 }, { hangUp: true }]);
  expect(codes()).toEqual([31_930, 31_930]);
});
