/** What is in recordings: real samples, judged by their tones. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { nobody } from "../people/nobody.ts";
import type { ScriptInput } from "../people/script.ts";
import { script } from "../people/script.ts";
import { between, channelsOf, dataUrl, keyIn, loudness, mulawFile, wavFile } from "../testdata/audio.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";
import { pitch } from "./voice.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
  line.on("/recording", { status: 204 });
  line.on("/done", twiml("<Hangup/>"));
});
afterEach(() => line.close());

const callee = "+15550150001";
type Steps = NonNullable<ScriptInput["steps"]>;
/** Says something that sounds like a tone. */
const sounds = (hertz: number, seconds = 2) => ({ say: "la", sound: dataUrl(wavFile({ seconds, hertz })) });
const played = (hertz: number, seconds: number) => ({
  headers: { "content-type": "audio/x-wav" },
  body: wavFile({ seconds, hertz }),
});

async function newest() {
  // Twilio's documented shape.
  const { recordings } = (await (await rest(line, "GET", "/Recordings.json")).json()) as {
    recordings: { media_url: string; duration: string; channels: number }[];
  };
  const wav = Buffer.from(await (await fetch(recordings[0]!.media_url)).arrayBuffer());
  return { ...recordings[0]!, samples: channelsOf(wav) };
}

async function outbound(verbs: string, steps: Steps, form: Record<string, string> = {}) {
  line.on("/voice", twiml(verbs));
  line.carrier.setFarEnd(callee, { steps });
  const call = await placeCall(line, { Record: "true", RecordingChannels: "dual", ...form });
  return call.sid;
}

/** Which of these tones sound in a stretch of a channel. */
const tones = (samples: Int16Array, from: number, to: number, among: readonly number[]) =>
  among.filter((hertz) => loudness(between(samples, from, to), hertz) > 1500);
const all = [500, 1000, 1500] as const;

test("the far end's own sound is on the first channel, played media on the second", async () => {
  line.on("/low", played(500, 2));
  await outbound("<Play>/low</Play><Pause length='3'/>", [{ hear: "low", ...sounds(1000) }]);
  await line.clock.runUntilIdle();
  const { samples, duration } = await newest();
  expect([samples.length, duration]).toEqual([2, "5"]);
  const [person, application] = samples as [Int16Array, Int16Array];
  // It begins half a second after it has heard the media.
  expect([0, 2, 2.6, 4.6].map((at) => tones(person, at, at + 0.4, all))).toEqual([[], [], [1000], []]);
  expect([0, 1.5, 2.1].map((at) => tones(application, at, at + 0.4, all))).toEqual([[500], [500], []]);
});

test("one channel holds both", async () => {
  line.on("/low", played(500, 4));
  await outbound("<Play>/low</Play>", [sounds(1000)], { RecordingChannels: "mono" });
  await line.clock.runUntilIdle();
  const { samples } = await newest();
  expect(samples.map((one) => [tones(one, 0.5, 1.5, all), tones(one, 3, 4, all)])).toEqual([
    [[500, 1000], [500]],
  ]);
});

test.each([
  ["inbound", [[1000]]],
  ["outbound", [[500]]],
  ["both", [[1000], [500]]],
] as const)("RecordingTrack %s: one track alone is on one channel", async (track, expected) => {
  line.on("/low", played(500, 2));
  await outbound("<Play>/low</Play>", [sounds(1000)], { RecordingTrack: track });
  await line.clock.runUntilIdle();
  const { samples } = await newest();
  expect(samples.map((one) => tones(one, 0.5, 1.5, all))).toEqual(expected);
});

test("keys sound as they do on a telephone, pressed and played", async () => {
  await outbound("<Pause length='1'/><Play digits='1w59'/><Pause length='1'/>", [{ press: "40#A" }]);
  await line.clock.runUntilIdle();
  const { samples } = await newest();
  const keys = (channel: Int16Array, at: readonly number[]) =>
    at.map((from) => keyIn(between(channel, from, from + 0.11)) ?? "-").join("");
  expect(keys(samples[0]!, [0, 0.25, 0.5, 0.75, 1])).toBe("40#A-");
  expect(keys(samples[1]!, [0.5, 1, 1.2, 1.7, 1.9, 2.1])).toBe("-1-59-");
});

test("pressed at once, keys sound one after the other", async () => {
  line.on("/voice", twiml('<Record playBeep="false" finishOnKey="" timeout="2" action="/done"/>'));
  let presses = () => {};
  line.carrier.dial({
    from: caller,
    to: number,
    person: {
      ...nobody,
      ringing(handset) {
        presses = () => handset.press("739");
      },
      listening: () => presses(),
    },
  });
  await line.clock.runUntilIdle();
  const [samples] = (await newest()).samples as [Int16Array];
  expect([0, 0.2, 0.4].map((at) => keyIn(between(samples, at, at + 0.11)))).toEqual(["7", "3", "9"]);
});

test("words sound like a voice, a person's lower than the application's", async () => {
  await outbound("<Say>How may I help you today?</Say><Pause length='4'/>", [
    { hear: "help", say: "I am calling about a claim." },
  ]);
  await line.clock.runUntilIdle();
  const [person, application] = (await newest()).samples as [Int16Array, Int16Array];
  const voices = (samples: Int16Array, from: number) =>
    [pitch.person, pitch.application].map((hertz) => loudness(between(samples, from, from + 1), hertz) > 300);
  expect(voices(person, 2.4)).toEqual([true, false]);
  expect(voices(application, 0.2)).toEqual([false, true]);
  const peak = (samples: Int16Array) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  expect(peak(between(person, 2.4, 3.4))).toBeGreaterThan(5000);
  expect([peak(between(person, 0, 2)), peak(between(application, 2, 5))]).toEqual([0, 0]);
});

test("joined by a Dial, each is on its own channel; outbound alone is the one who was called", async () => {
  for (const [track, expected] of [
    ["both", [[1000], [1500]]],
    ["outbound", [[1500]]],
  ] as const) {
    line.on(
      "/voice",
      twiml(
        `<Dial record="record-from-answer-dual" recordingTrack="${track}" timeLimit="4">${callee}</Dial>`,
      ),
    );
    line.carrier.setFarEnd(callee, { steps: [{ afterSeconds: 1, ...sounds(1500) }] });
    line.carrier.call({
      from: caller,
      to: number,
      script: { steps: [{ afterSeconds: 3.5, ...sounds(1000) }] },
    });
    await line.clock.runUntilIdle();
    const { samples } = await newest();
    expect(samples.map((one) => tones(one, 1.2, 2.8, all))).toEqual(expected);
  }
  expect(line.carrier.alerts()).toEqual([]);
});

test.each([
  ["", "6", [[1000], [], [1000]]],
  ["skip", "4", [[1000], [1000], [1000]]],
] as const)("a pause is silence, or is cut out: %j", async (PauseBehavior, seconds, expected) => {
  const sid = await outbound("<Pause length='6'/>", [sounds(1000, 6)], { Record: "" });
  await line.clock.advance(2500);
  await rest(line, "POST", `/Calls/${sid}/Recordings.json`, { RecordingChannels: "mono" });
  const update = (Status: string) =>
    rest(line, "POST", `/Calls/${sid}/Recordings/Twilio.CURRENT.json`, { Status, PauseBehavior });
  await line.clock.advance(1000);
  await update("paused");
  await line.clock.advance(2000);
  await update("in-progress");
  await line.clock.runUntilIdle();
  const { samples, duration } = await newest();
  expect(duration).toBe(seconds);
  expect([0.2, 1.2, 3.2].map((at) => tones(samples[0]!, at, at + 0.5, all))).toEqual(expected);
});

test("begun in the middle of what is said and played, a recording has the rest of it", async () => {
  line.on("/low", played(500, 4));
  const sid = await outbound("<Play>/low</Play><Pause length='4'/>", [sounds(1000, 4)], { Record: "" });
  await line.clock.advance(4500);
  await rest(line, "POST", `/Calls/${sid}/Recordings.json`, { RecordingChannels: "dual" });
  await line.clock.runUntilIdle();
  const { samples } = await newest();
  expect(samples.map((one) => [0.5, 1.5, 2.5].map((at) => tones(one, at, at + 0.4, all)))).toEqual([
    [[1000], [1000], []],
    [[500], [500], []],
  ]);
});

test("a script's sound must be one, and goes with what is said", () => {
  const steps = (step: object) => script.safeParse({ steps: [step] }).success;
  const sound = dataUrl(wavFile({ seconds: 1 }));
  expect(steps({ say: "la", sound })).toBe(true);
  expect(steps({ say: "la", sound: dataUrl(mulawFile(1), "audio/basic;rate=8000") })).toBe(true);
  for (const wrong of [
    { sound },
    { say: "la", sound: "http://127.0.0.1/a.wav" },
    { say: "la", sound: "data:audio/wav;base64,AAAA" },
  ])
    expect(steps(wrong)).toBe(false);
});

test("RequestedChannels: two as one, but not one as two (16113)", async () => {
  line.on("/low", played(500, 2));
  await outbound("<Play>/low</Play>", [sounds(1000)]);
  await line.clock.runUntilIdle();
  const url = (await newest()).media_url;
  const wav = Buffer.from(await (await fetch(`${url}.wav?RequestedChannels=1`)).arrayBuffer());
  expect(channelsOf(wav).map((one) => tones(one, 0.5, 1.5, all))).toEqual([[500, 1000]]);
  await outbound("<Play>/low</Play>", [sounds(1000)], { RecordingChannels: "mono" });
  await line.clock.runUntilIdle();
  const refused = await fetch(`${(await newest()).media_url}?RequestedChannels=2`);
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 16_113 }]);
});

test("what was recorded can be played, and is heard as it was", async () => {
  line.on("/again", ({ parameters }) => twiml(`<Play>${parameters.RecordingUrl}.mp3</Play>`));
  await outbound('<Record playBeep="false" timeout="2" action="/again"/>', [sounds(1500, 3)]);
  await line.clock.runUntilIdle();
  const alerts = line.carrier.alerts().map(({ code }) => code);
  // Not ready at that moment, as at Twilio: skipped.
  expect(alerts).toEqual([11_200]);
  line.on("/again", ({ parameters }) => twiml(`<Pause length="2"/><Play>${parameters.RecordingUrl}</Play>`));
  await outbound('<Record playBeep="false" timeout="2" action="/again"/>', [sounds(1500, 3)]);
  await line.clock.runUntilIdle();
  // Twilio's documented shape.
  const { recordings } = (await (await rest(line, "GET", "/Recordings.json")).json()) as {
    recordings: { source: string; media_url: string }[];
  };
  const of = recordings.find(({ source }) => source === "OutboundAPI")!.media_url;
  const second = channelsOf(Buffer.from(await (await fetch(of)).arrayBuffer()))[1]!;
  expect([1, 7.2, 9.5].map((at) => tones(second, at, at + 0.4, all))).toEqual([[], [1500], [1500]]);
});
