/**
 * Machine detection (protocol 7): each row what the far end sounds like, and what the application is told.
 * The far end answers after 2.5 s (half a second of dialling, two of ringing); times are seconds after the answer.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ScriptInput } from "../people/script.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
  line.on("/voice", twiml("<Say>Fourteen chars</Say>"));
  line.on("/amd", { status: 204 });
  line.on("/status", { status: 204 });
});
afterEach(() => line.close());

type Steps = NonNullable<ScriptInput["steps"]>;
const answer = 2.5;
const hello = { say: "Hello?", saySeconds: 1 };
const greeting = { say: "You have reached the office of nobody. Please leave a message.", saySeconds: 6 };

interface Row {
  readonly rule: string;
  readonly mode: "Enable" | "DetectMessageEnd";
  readonly steps: Steps;
  readonly form?: Record<string, string>;
  /** When the verdict came, and what it was. */
  readonly verdict: string;
}
const rows: Row[] = [
  {
    rule: "short speech is a person's, once it is over",
    mode: "Enable",
    steps: [{ afterSeconds: 1, ...hello }],
    verdict: "3.2 human",
  },
  {
    rule: "also for whoever waits for the end of a message",
    mode: "DetectMessageEnd",
    steps: [{ afterSeconds: 1, ...hello }],
    verdict: "3.2 human",
  },
  {
    rule: "speech exactly as long as the threshold is a person's",
    mode: "Enable",
    steps: [{ say: "a", saySeconds: 2.4 }],
    verdict: "3.6 human",
  },
  {
    rule: "longer speech is a machine's, as soon as it is longer",
    mode: "Enable",
    steps: [greeting],
    verdict: "2.4 machine_start",
  },
  {
    rule: "words with short pauses between them belong together",
    mode: "Enable",
    steps: [hello, { afterSeconds: 2, ...hello }],
    verdict: "2.4 machine_start",
  },
  {
    rule: "words after a long pause do not",
    mode: "Enable",
    steps: [hello, { afterSeconds: 2.5, ...hello }],
    verdict: "2.2 human",
  },
  {
    rule: "silence is unknown",
    mode: "Enable",
    steps: [],
    verdict: "5 unknown",
  },
  {
    rule: "a fax machine howls",
    mode: "Enable",
    steps: [{ afterSeconds: 0.5, faxTone: true }],
    verdict: "0.5 fax",
  },
  {
    rule: "a fax machine howls, also after a message",
    mode: "DetectMessageEnd",
    steps: [greeting, { afterSeconds: 1, faxTone: true }],
    verdict: "7 fax",
  },
  {
    rule: "a beep is a machine's",
    mode: "Enable",
    steps: [hello, { beep: true }],
    verdict: "1 machine_start",
  },
  {
    rule: "the message ends with a beep",
    mode: "DetectMessageEnd",
    steps: [greeting, { afterSeconds: 1, beep: true }],
    verdict: "7.5 machine_end_beep",
  },
  {
    rule: "the message ends with silence",
    mode: "DetectMessageEnd",
    steps: [greeting],
    verdict: "7.2 machine_end_silence",
  },
  {
    rule: "a beep that comes too late is not waited for",
    mode: "DetectMessageEnd",
    steps: [greeting, { afterSeconds: 2, beep: true }],
    verdict: "7.2 machine_end_silence",
  },
  {
    rule: "the message is not over when the time is up",
    mode: "DetectMessageEnd",
    steps: [{ say: "a", saySeconds: 100 }],
    verdict: "30 machine_end_other",
  },
  {
    rule: "the time is up before anybody knows",
    mode: "Enable",
    form: { MachineDetectionTimeout: "3", MachineDetectionSpeechThreshold: "6000" },
    steps: [{ say: "a", saySeconds: 5 }],
    verdict: "3 unknown",
  },
  {
    rule: "the speech threshold can be set",
    mode: "Enable",
    form: { MachineDetectionSpeechThreshold: "1000" },
    steps: [{ say: "a", saySeconds: 1.5 }],
    verdict: "1 machine_start",
  },
  {
    rule: "so can the speech end threshold",
    mode: "DetectMessageEnd",
    form: { MachineDetectionSpeechEndThreshold: "3000" },
    steps: [greeting, { afterSeconds: 2, beep: true }],
    verdict: "8.5 machine_end_beep",
  },
  {
    rule: "and the silence timeout",
    mode: "Enable",
    form: { MachineDetectionSilenceTimeout: "2000" },
    steps: [{ afterSeconds: 3, ...hello }],
    verdict: "2 unknown",
  },
];

test.each(rows)("Detection 7, the call waits: $rule", async ({ mode, steps, form, verdict }) => {
  line.carrier.setFarEnd("+15550150001", { steps });
  const { sid } = await placeCall(line, {
    MachineDetection: mode,
    StatusCallback: `${line.application}/status`,
    StatusCallbackEvent: ["answered", "completed"],
    ...form,
  });
  await line.clock.runUntilIdle();
  const [answered, voice, completed] = line.received;
  expect([answered?.path, voice?.path, completed?.path]).toEqual(["/status", "/voice", "/status"]);
  expect(`${Number((voice!.at - answer).toFixed(3))} ${voice!.parameters.AnsweredBy}`).toBe(verdict);
  expect(voice!.parameters.MachineDetectionDuration).toBe(String(Math.round((voice!.at - answer) * 1000)));
  expect(voice!.signed).toBe(true);
  expect(answered!.parameters).not.toHaveProperty("AnsweredBy");
  expect(completed!.parameters.AnsweredBy).toBe(voice!.parameters.AnsweredBy);
  const shown = await (await rest(line, "GET", `/Calls/${sid}.json`)).json();
  expect(shown).toMatchObject({ answered_by: voice!.parameters.AnsweredBy });
  expect(line.carrier.alerts()).toEqual([]);
});

test.each(rows)("Detection 7, beside the call: $rule", async ({ mode, steps, form, verdict }) => {
  line.on("/voice", twiml('<Pause length="120"/>'));
  line.carrier.setFarEnd("+15550150001", { steps });
  const { sid } = await placeCall(line, {
    MachineDetection: mode,
    AsyncAmd: "true",
    AsyncAmdStatusCallback: `${line.application}/amd`,
    AsyncAmdStatusCallbackMethod: "GET",
    ...form,
  });
  await line.clock.runUntilIdle();
  const [voice, amd] = line.received;
  expect([voice?.path, voice?.at]).toEqual(["/voice", answer]);
  expect(voice!.parameters).not.toHaveProperty("AnsweredBy");
  expect(`${Number((amd!.at - answer).toFixed(3))} ${amd!.parameters.AnsweredBy}`).toBe(verdict);
  expect(amd).toMatchObject({ method: "GET", signed: true });
  expect(Object.keys(amd!.parameters).sort()).toEqual([
    "AccountSid",
    "AnsweredBy",
    "CallSid",
    "MachineDetectionDuration",
  ]);
  expect(amd!.parameters.CallSid).toBe(sid);
  expect(line.received).toHaveLength(2);
});

test("every value that AnsweredBy can have is among the rows", () => {
  expect([...new Set(rows.map(({ verdict }) => verdict.split(" ")[1]))].sort()).toEqual([
    "fax",
    "human",
    "machine_end_beep",
    "machine_end_other",
    "machine_end_silence",
    "machine_start",
    "unknown",
  ]);
});

test("Detection 7: who hangs up before the verdict is asked nothing; beside the call the verdict is unknown", async () => {
  line.carrier.setFarEnd("+15550150001", { steps: [{ silentSeconds: 1 }, { hangUp: true }] });
  await placeCall(line, { MachineDetection: "Enable" });
  await line.clock.runUntilIdle();
  expect(line.received).toEqual([]);
  await placeCall(line, {
    MachineDetection: "Enable",
    AsyncAmd: "true",
    AsyncAmdStatusCallback: `${line.application}/amd`,
    Twiml: '<Response><Pause length="60"/></Response>',
    Url: "",
    StatusCallback: `${line.application}/status`,
  });
  await line.clock.runUntilIdle();
  expect(line.log("CallStatus", "AnsweredBy", "MachineDetectionDuration")).toEqual([
    "/status CallStatus=completed",
    "/amd AnsweredBy=unknown MachineDetectionDuration=1000",
  ]);
});

test("Detection 7: a verdict may arrive when the call is over, and twice", async () => {
  line.carrier.setFaults({ information: () => ({ copies: 2, delaySeconds: 60 }) });
  line.carrier.setFarEnd("+15550150001", { steps: [hello] });
  await placeCall(line, {
    MachineDetection: "Enable",
    AsyncAmd: "true",
    AsyncAmdStatusCallback: `${line.application}/amd`,
  });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ path, at }) => `${path} ${at}`)).toEqual([
    "/voice 2.5",
    "/amd 63.5",
    "/amd 63.5",
  ]);
});

test("Update 6: a call that is redirected while the machine is being detected goes on with what it was given", async () => {
  line.on("/other", twiml("<Say>Other.</Say>"));
  const { sid } = await placeCall(line, { MachineDetection: "Enable" });
  await line.clock.advance(4000);
  await rest(line, "POST", `/Calls/${sid}.json`, { Url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  expect(line.log("AnsweredBy")).toEqual(["/other"]);
});

const refused: [rule: string, form: Record<string, string>, code: number][] = [
  ["an unknown mode", { MachineDetection: "Yes" }, 21234],
  ["a timeout under 3 s", { MachineDetection: "Enable", MachineDetectionTimeout: "2" }, 21234],
  ["a timeout over 60 s", { MachineDetection: "Enable", MachineDetectionTimeout: "61" }, 21234],
  [
    "a speech threshold under 1000",
    { MachineDetection: "Enable", MachineDetectionSpeechThreshold: "999" },
    21234,
  ],
  [
    "a speech end over 5000",
    { MachineDetection: "Enable", MachineDetectionSpeechEndThreshold: "5001" },
    21234,
  ],
  ["a silence of no number", { MachineDetection: "Enable", MachineDetectionSilenceTimeout: "x" }, 21234],
  [
    "a callback that is no URL",
    { MachineDetection: "Enable", AsyncAmd: "true", AsyncAmdStatusCallback: "/amd" },
    21205,
  ],
];
test.each(refused)("Create 6 refuses %s", async (_rule, form, code) => {
  expect(await placeCall(line, form)).toMatchObject({ code, status: 400 });
});

const warned: [rule: string, form: Record<string, string>, code: number][] = [
  ["nobody to tell the verdict", { MachineDetection: "Enable", AsyncAmd: "true" }, 21262],
  ["SendDigits beside detection", { MachineDetection: "Enable", SendDigits: "1" }, 21263],
  ["AsyncAmd without detection", { AsyncAmd: "true" }, 21263],
  [
    "a callback that nothing calls",
    { MachineDetection: "Enable", AsyncAmdStatusCallback: "http://127.0.0.1/" },
    21263,
  ],
  [
    "SendDigits switches detection off",
    {
      MachineDetection: "Enable",
      SendDigits: "1",
      AsyncAmd: "true",
      AsyncAmdStatusCallback: "http://127.0.0.1/",
    },
    21263,
  ],
];
test.each(warned)("Create 6 warns of %s", async (_rule, form, code) => {
  expect(await placeCall(line, form)).toMatchObject({ status: "queued" });
  expect(line.carrier.alerts().map((alert) => alert.code)).toEqual([code]);
});

test("Detection 7 on a Number: the verdict comes beside the bridge, about the child call", async () => {
  line.on(
    "/voice",
    twiml(
      '<Dial><Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd">+15550150001</Number></Dial>',
    ),
  );
  line.carrier.setFarEnd("+15550150001", {
    steps: [greeting, { beep: true }, { silentSeconds: 1 }, { hangUp: true }],
  });
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const amd = line.received.find(({ path }) => path === "/amd")!;
  expect(amd.parameters).toMatchObject({ AnsweredBy: "machine_end_beep", MachineDetectionDuration: "6500" });
  expect(amd.parameters.CallSid).not.toBe(call.sid);
  expect(line.carrier.find(amd.parameters.CallSid!)).toMatchObject({
    parent_call_sid: call.sid,
    answered_by: "machine_end_beep",
  });
});
