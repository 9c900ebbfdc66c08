/** A scripted caller through a whole call: menu, digits, speech, and everything it heard. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { caller, number, openLine, placeCall, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

test("a caller hears a menu, presses, speaks and is told goodbye", async () => {
  line.on("/voice", twiml(`<Gather numDigits="1" action="/menu"><Say>For claims press 2.</Say></Gather>`));
  line.on("/menu", ({ parameters }) =>
    twiml(
      parameters.Digits === "2"
        ? `<Gather input="speech" action="said"><Say>How can I help?</Say></Gather>`
        : "<Hangup/>",
    ),
  );
  line.on("/said", ({ parameters }) => twiml(`<Say>You said ${parameters.SpeechResult}.</Say>`));
  const call = line.carrier.call({
    from: caller,
    to: number,
    script: {
      steps: [
        { hear: "press 2", press: "2" },
        { hear: "/help/i", say: "a claim", confidence: 0.8, afterSeconds: 1 },
      ],
    },
  });
  await line.clock.runUntilIdle();
  await call.ended;
  expect(line.log("Digits", "SpeechResult", "Confidence", "msg")).toEqual([
    "/voice",
    "/menu Digits=2 msg=Gather End",
    "/said SpeechResult=a claim Confidence=0.8 msg=Gather End",
  ]);
  expect(line.received.every(({ signed }) => signed)).toBe(true);
  expect(call.person.transcript).toEqual([
    { atMs: 0, what: "ringing", text: "" },
    { atMs: 0, what: "answered", text: "" },
    { atMs: 0, what: "listening", text: "dtmf" },
    { atMs: 0, what: "heard", text: "For claims press 2." },
    { atMs: 1857, what: "pressed", text: "2" },
    { atMs: 1857, what: "listening", text: "speech" },
    { atMs: 1857, what: "heard", text: "How can I help?" },
    { atMs: 3928, what: "said", text: "a claim" },
    { atMs: 9428, what: "heard", text: "You said a claim." },
    { atMs: 10642, what: "ended", text: "completed by application" },
  ]);
  expect(call.person.done).toBe(true);
});

test("keys played to a person are waited for, once each", async () => {
  line.on("/voice", twiml('<Play digits="1w12"/><Pause length="3"/><Play digits="1"/><Pause length="9"/>'));
  const steps = [{ hearKeys: "11" }, { hearKeys: "1", say: "Thrice." }];
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  expect(call.person.transcript.filter(({ what }) => what === "said")).toEqual([
    { atMs: 4800, what: "said", text: "Thrice." },
  ]);
});

test("a beep and a fax tone sound when the words before them are over", async () => {
  line.on("/voice", twiml('<Pause length="9"/>'));
  const steps = [
    { say: "Words.", saySeconds: 3 },
    { beep: true as const },
    { afterSeconds: 1, faxTone: true as const },
  ];
  line.carrier.setFarEnd("+15550150001", { answerAfterSeconds: 0, steps });
  const { sid } = await placeCall(line);
  await line.clock.runUntilIdle();
  const { transcript } = line.carrier.personOn(sid)!;
  expect(transcript.filter(({ what }) => what === "sounded")).toEqual([
    { atMs: 3000, what: "sounded", text: "beep" },
    { atMs: 4000, what: "sounded", text: "fax" },
  ]);
});
