/** `<Dial>` (protocol 5): who is rung, who is joined with whom, and what the application is told. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BehaviourInput } from "../people/behaviour.ts";
import { nobody } from "../people/nobody.ts";
import type { Handset } from "../people/person.ts";
import type { ScriptInput } from "../people/script.ts";
import { caller, number, openLine, placeCall, rest, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
  line.on("/in", twiml("<Hangup/>"));
  line.on("/next", twiml("<Hangup/>"));
  for (const path of ["/status", "/leg"]) line.on(path, { status: 204 });
});
afterEach(() => line.close());

type Steps = NonNullable<ScriptInput["steps"]>;
const ann = "+15550150001";
const bob = "+15550150002";
const leaves: Steps = [{ silentSeconds: 10 }, { hangUp: true }];

/** Who was called, how its call ended and how long it was. */
const legs = () =>
  line.carrier
    .calls()
    .filter(({ direction }) => direction === "outbound-dial")
    .map(({ to, status, duration }) => `${to.slice(-1)} ${status} ${duration}`)
    .sort();

interface Row {
  readonly rule: string;
  /** Attributes of the Dial and what stands within. */
  readonly dial: [attributes: string, inner: string];
  readonly there?: Record<string, BehaviourInput>;
  readonly steps?: Steps;
  /** Who calls, if it is not a number. */
  readonly from?: string;
  /** Seconds since the call began, path, what is told. */
  readonly expected: string[];
  readonly legs: string[];
  readonly codes?: (number | null)[];
}
const two = `<Number>${ann}</Number><Number>${bob}</Number>`;
const rows: Row[] = [
  {
    rule: "the callee hangs up: without an action the next verb runs",
    dial: ["", ann],
    there: { [ann]: { steps: leaves } },
    expected: ["12.5 /next"],
    legs: ["1 completed 10"],
  },
  {
    rule: "with an action it is asked, and what stands behind is unreachable",
    dial: ['action="/in" method="GET"', ann],
    there: { [ann]: { steps: leaves } },
    expected: ["12.5 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["1 completed 10"],
  },
  {
    rule: "busy",
    dial: ['action="/in"', ann],
    there: { [ann]: "busy" },
    expected: ["0.5 /in DialCallStatus=busy DialCallDuration=0 DialBridged=false"],
    legs: ["1 busy 0"],
  },
  {
    rule: "busy, without an action",
    dial: ["", ann],
    there: { [ann]: "busy" },
    expected: ["0.5 /next"],
    legs: ["1 busy 0"],
  },
  {
    rule: "unreachable",
    dial: ['action="/in"', ann],
    there: { [ann]: "failed" },
    expected: ["0.5 /in DialCallStatus=failed DialCallDuration=0 DialBridged=false"],
    legs: ["1 failed 0"],
  },
  {
    rule: "nobody answers within 30 s",
    dial: ['action="/in"', ann],
    there: { [ann]: "no-answer" },
    expected: ["30.5 /in DialCallStatus=no-answer DialCallDuration=0 DialBridged=false"],
    legs: ["1 no-answer 0"],
  },
  {
    rule: "or within the timeout",
    dial: ['action="/in" timeout="12"', ann],
    there: { [ann]: "no-answer" },
    expected: ["12.5 /in DialCallStatus=no-answer DialCallDuration=0 DialBridged=false"],
    legs: ["1 no-answer 0"],
  },
  {
    rule: "several ring together: the first who answers wins, the others are canceled",
    dial: ['action="/in"', two],
    there: { [ann]: { answerAfterSeconds: 9 }, [bob]: { answerAfterSeconds: 4, steps: leaves } },
    expected: ["14.5 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["1 canceled 0", "2 completed 10"],
  },
  {
    rule: "who is busy does not stop the others from ringing",
    dial: ['action="/in"', two],
    there: { [ann]: "busy", [bob]: { answerAfterSeconds: 4, steps: leaves } },
    expected: ["14.5 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["1 busy 0", "2 completed 10"],
  },
  {
    rule: "when all fail, the last end is told",
    dial: ['action="/in"', two],
    there: { [ann]: "no-answer", [bob]: "busy" },
    expected: ["30.5 /in DialCallStatus=no-answer DialCallDuration=0 DialBridged=false"],
    legs: ["1 no-answer 0", "2 busy 0"],
  },
  {
    rule: "sequential: one after the other",
    dial: ['action="/in" sequential="true" timeout="20"', two],
    there: { [ann]: "no-answer", [bob]: { steps: leaves } },
    expected: ["33 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["1 no-answer 0", "2 completed 10"],
  },
  {
    rule: "sequential: who answers is the last to be rung",
    dial: ['action="/in" sequential="true"', two],
    there: { [ann]: { steps: leaves } },
    expected: ["12.5 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["1 completed 10"],
  },
  {
    rule: "timeLimit ends the two",
    dial: ['action="/in" timeLimit="40"', ann],
    expected: ["42.5 /in DialCallStatus=completed DialCallDuration=40 DialBridged=true"],
    legs: ["1 completed 40"],
  },
  {
    rule: "hangupOnStar: the caller goes on alone",
    dial: ['action="/in" hangupOnStar="true"', ann],
    steps: [{ afterSeconds: 6, press: "1*" }],
    expected: ["6.25 /in DialCallStatus=completed DialCallDuration=4 DialBridged=true"],
    legs: ["1 completed 4"],
  },
  {
    rule: "without it a star is a key like any other",
    dial: ['action="/in"', ann],
    there: { [ann]: { steps: [{ hearKeys: "1*" }, { silentSeconds: 3 }, { hangUp: true }] } },
    steps: [{ afterSeconds: 6, press: "1*" }],
    expected: ["9.95 /in DialCallStatus=completed DialCallDuration=7 DialBridged=true"],
    legs: ["1 completed 7"],
  },
  {
    rule: "another number of the account may be the callerId",
    dial: ['action="/in" callerId="+15550100002"', ann],
    there: { [ann]: "busy" },
    expected: ["0.5 /in DialCallStatus=busy DialCallDuration=0 DialBridged=false"],
    legs: ["1 busy 0"],
  },
  {
    rule: "the caller hangs up while it rings: the others are canceled; the action is asked, not performed",
    dial: ['action="/in"', two],
    there: { [ann]: "no-answer", [bob]: "no-answer" },
    steps: [{ silentSeconds: 6 }, { hangUp: true }],
    expected: ["6 /in DialCallStatus=canceled DialCallDuration=0 DialBridged=false CallStatus=completed"],
    legs: ["1 canceled 0", "2 canceled 0"],
  },
  {
    rule: "the caller hangs up while they talk: so does the other; the action is asked, not performed",
    dial: ['action="/in"', ann],
    steps: [{ silentSeconds: 6 }, { hangUp: true }],
    expected: ["6 /in DialCallStatus=completed DialCallDuration=4 DialBridged=true CallStatus=completed"],
    legs: ["1 completed 4"],
  },
  {
    rule: "without an action nobody is asked then",
    dial: ["", ann],
    steps: [{ silentSeconds: 6 }, { hangUp: true }],
    expected: [],
    legs: ["1 completed 4"],
  },
  {
    rule: "clients and SIP addresses",
    dial: ['action="/in"', "<Client>ann</Client><Sip>sip:bob@example.com</Sip>"],
    there: { "client:ann": "busy", "sip:bob@example.com": { steps: leaves } },
    expected: ["12.5 /in DialCallStatus=completed DialCallDuration=10 DialBridged=true"],
    legs: ["m completed 10", "n busy 0"],
  },
  {
    rule: "a number of no sense cannot be rung",
    dial: ['action="/in"', "12"],
    expected: ["0 /in DialCallStatus=failed DialBridged=false"],
    legs: [],
    codes: [13223],
  },
  {
    rule: "a callerId of the account",
    dial: [`action="/in" callerId="${number}"`, ann],
    there: { [ann]: "busy" },
    expected: ["0.5 /in DialCallStatus=busy DialCallDuration=0 DialBridged=false"],
    legs: ["1 busy 0"],
  },
  {
    rule: "somebody else's callerId rings nobody",
    dial: ['action="/in" callerId="+15550177777"', ann],
    expected: ["0 /in DialCallStatus=failed DialBridged=false"],
    legs: [],
    codes: [13214],
  },
  {
    rule: "a SIP address and a client are shown any name",
    dial: ['action="/in" callerId="bob"', "<Sip>sip:dora@example.com</Sip><Client>dora</Client>"],
    there: { "sip:dora@example.com": "busy", "client:dora": "busy" },
    expected: ["0.5 /in DialCallStatus=busy DialCallDuration=0 DialBridged=false"],
    legs: ["a busy 0", "m busy 0"],
  },
  {
    rule: "a client that calls needs a number of the account to reach a number",
    dial: ['action="/in"', ann],
    from: "client:eli",
    expected: ["0 /in DialCallStatus=failed DialBridged=false"],
    legs: [],
    codes: [13214],
  },
  {
    rule: "a client that calls reaches a client as itself",
    dial: ['action="/in"', "<Client>dora</Client>"],
    from: "client:eli",
    there: { "client:dora": "busy" },
    expected: ["0.5 /in DialCallStatus=busy DialCallDuration=0 DialBridged=false"],
    legs: ["a busy 0"],
  },
];

const told = ["DialCallStatus", "DialCallDuration", "DialBridged"];
const log = () =>
  line.log(...told).map((text, at) => {
    const { at: seconds, parameters } = line.received[at]!;
    const over = parameters.CallStatus === "completed" ? " CallStatus=completed" : "";
    return `${seconds} ${text.replace(/\?\S*/, "")}${over}`;
  });

test.each(rows)(
  "Dial 5: $rule",
  async ({ dial: [attributes, inner], there = {}, steps = [], from = caller, ...row }) => {
    line.carrier.setNumber("+15550100002", {});
    for (const [at, what] of Object.entries(there)) line.carrier.setFarEnd(at, what);
    line.on("/voice", twiml(`<Dial ${attributes}>${inner}</Dial><Redirect>/next</Redirect>`));
    const call = line.carrier.call({ from, to: number, script: { steps } });
    await line.clock.runUntilIdle();
    await call.ended;
    expect(log().slice(1)).toEqual(row.expected);
    expect(legs()).toEqual(row.legs);
    expect(line.received.every(({ signed }) => signed)).toBe(true);
    expect(line.carrier.alerts().map(({ code }) => code)).toEqual(row.codes ?? []);
    expect(line.carrier.liveCalls()).toBe(0);
  },
);

test("Dial 5: while they are joined each hears the other, words and keys", async () => {
  line.carrier.setFarEnd(ann, {
    steps: [{ say: "Ann speaking." }, { hear: "claim", press: "5" }, { hearKeys: "12", hangUp: true }],
  });
  line.on("/voice", twiml(`<Dial>${ann}</Dial><Say>She has gone.</Say>`));
  const call = line.carrier.call({
    from: caller,
    to: number,
    script: {
      steps: [
        { hear: "Ann", say: "About a claim" },
        { hearKeys: "5", press: "12" },
      ],
    },
  });
  await line.clock.runUntilIdle();
  const seen = (all: readonly { what: string; text: string }[]) =>
    all.map(({ what, text }) => `${what} ${text}`.trim());
  expect(seen(call.person.transcript)).toEqual([
    "ringing",
    "answered",
    "connected",
    "heard Ann speaking.",
    "said About a claim",
    "played 5",
    "pressed 1",
    "pressed 2",
    "disconnected",
    "heard She has gone.",
    "ended completed by application",
  ]);
  const child = (await legSids())[0]!;
  expect(seen(line.carrier.personOn(child)!.transcript)).toEqual([
    "ringing",
    "answered",
    "connected",
    "said Ann speaking.",
    "heard About a claim",
    "pressed 5",
    "played 1",
    "played 2",
    "hung-up",
    "ended completed by callee",
  ]);
});

async function legSids() {
  const query = `?ParentCallSid=${line.received[0]!.parameters.CallSid}`;
  // Twilio's documented shape.
  const list = (await (await rest(line, "GET", `/Calls.json${query}`)).json()) as {
    calls: { sid: string }[];
  };
  return list.calls.map(({ sid }) => sid);
}

test("Dial 5: statusCallback on the noun; the child call is outbound-dial and names its parent", async () => {
  line.carrier.setFarEnd(ann, { steps: leaves });
  line.on(
    "/voice",
    twiml(
      `<Dial callerId="${number}"><Number statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">${ann}</Number></Dial>`,
    ),
  );
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const events = line.received.filter(({ path }) => path === "/leg");
  expect(
    events.map(({ at, parameters }) => `${at} ${parameters.CallStatus} ${parameters.SequenceNumber}`),
  ).toEqual(["0 initiated 0", "0.5 ringing 1", "2.5 in-progress 2", "12.5 completed 3"]);
  const [sid] = await legSids();
  for (const { parameters, signed } of events) {
    expect(signed).toBe(true);
    expect(parameters).toMatchObject({
      CallSid: sid,
      ParentCallSid: call.sid,
      Direction: "outbound-dial",
      From: number,
      To: ann,
    });
  }
  expect(line.carrier.find(sid!)).toMatchObject({
    parent_call_sid: call.sid,
    direction: "outbound-dial",
    status: "completed",
    duration: "10",
  });
});

test("Dial 5: answerOnBridge keeps the caller ringing until the callee answers", async () => {
  line.carrier.setFarEnd(ann, { answerAfterSeconds: 7, steps: leaves });
  line.on("/voice", twiml(`<Dial answerOnBridge="true">${ann}</Dial>`));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(call.person.transcript.find(({ what }) => what === "answered")?.atMs).toBe(7500);
  expect(line.carrier.find(call.sid)).toMatchObject({ status: "completed", duration: "10" });
});

test("Dial 5: answerOnBridge and a caller who gives up", async () => {
  line.carrier.setFarEnd(ann, "no-answer");
  line.on("/voice", twiml(`<Dial answerOnBridge="true">${ann}</Dial>`));
  const person = {
    ...nobody,
    ringing: (handset: { hangUp(): void }) => void line.clock.after(5000, () => handset.hangUp()),
  };
  const sid = line.carrier.dial({ from: caller, to: number, person });
  await line.clock.runUntilIdle();
  expect(line.carrier.find(sid)).toMatchObject({ status: "no-answer" });
  expect(legs()).toEqual(["1 canceled 0"]);
});

interface Whisper {
  readonly rule: string;
  readonly document: string;
  readonly steps: Steps;
  readonly expected: string[];
  readonly codes?: number[];
}
const whispers: Whisper[] = [
  {
    rule: "is heard by the called person before the two are joined",
    document: "<Say>Fourteen chars</Say><Pause length='2'/>",
    steps: [{ hear: "chars" }, { silentSeconds: 12 }, { hangUp: true }],
    expected: ["2.5 /whisper", "16 /in DialCallStatus=completed DialBridged=true"],
  },
  {
    rule: "may ask for a key",
    document: '<Gather numDigits="1" action="/accept"><Say>Press 1.</Say></Gather><Hangup/>',
    steps: [{ hear: "press 1", press: "1" }, ...leaves],
    expected: [
      "2.5 /whisper",
      "3.571 /accept Digits=1",
      "13.571 /in DialCallStatus=completed DialBridged=true",
    ],
  },
  {
    rule: "may refuse by Hangup: nobody has answered",
    document: '<Gather numDigits="1" action="/accept"><Say>Press 1.</Say></Gather><Hangup/>',
    steps: [],
    expected: ["2.5 /whisper", "8.071 /in DialCallStatus=no-answer DialBridged=false"],
  },
  {
    rule: "the called person hangs up in the middle",
    document: '<Pause length="60"/>',
    steps: leaves,
    expected: ["2.5 /whisper", "12.5 /in DialCallStatus=no-answer DialBridged=false"],
  },
  {
    rule: "must not dial",
    document: `<Dial>${bob}</Dial>`,
    steps: [],
    expected: ["2.5 /whisper", "6.5 /in DialCallStatus=no-answer DialBridged=false"],
    codes: [13201],
  },
];
test.each(whispers)("Dial 5: a whisper $rule", async ({ document, steps, expected, codes = [] }) => {
  line.carrier.setFarEnd(ann, { steps });
  line.on("/voice", twiml(`<Dial action="/in"><Number url="/whisper">${ann}</Number></Dial>`));
  line.on("/whisper", twiml(document));
  line.on("/accept", twiml(""));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const lines = line.log("Digits", "DialCallStatus", "DialBridged");
  expect(lines.map((text, at) => `${line.received[at]!.at} ${text}`).slice(1)).toEqual(expected);
  expect(line.received[1]!.parameters).toMatchObject({
    ParentCallSid: call.sid,
    CallStatus: "in-progress",
    To: ann,
  });
  expect(call.person.transcript.filter(({ what }) => what === "heard")).toEqual([]);
  expect(line.carrier.alerts().map(({ code }) => code)).toEqual(codes);
});

test("Dial 5: sendDigits are pressed when the callee answers", async () => {
  line.carrier.setFarEnd(ann, { steps: [{ hearKeys: "23", hangUp: true }] });
  line.on("/voice", twiml(`<Dial action="/in"><Number sendDigits="w2W3">${ann}</Number></Dial>`));
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(log().at(-1)).toBe("4.9 /in DialCallStatus=completed DialCallDuration=2 DialBridged=true");
});

test("Dial 5: a Record in a whisper is not performed, and that is said", async () => {
  line.carrier.setFarEnd(ann, { steps: leaves });
  line.on("/voice", twiml(`<Dial><Number url="/whisper">${ann}</Number></Dial>`));
  line.on("/whisper", twiml("<Record/>"));
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.carrier.alerts().map(({ message }) => message)).toEqual([
    "<Record> in the document of a dialled number is not performed by this carrier: skipped",
  ]);
  expect(legs()).toEqual(["1 completed 10"]);
});

test("Dial 5: a word in the very moment of the answer is heard by the caller", async () => {
  line.on("/voice", twiml(`<Dial timeLimit="5">${ann}</Dial>`));
  let handset: Handset | undefined;
  line.carrier.answers(ann, {
    ...nobody,
    ringing(given) {
      handset = given;
      given.answer();
    },
    answered: () => handset?.speak({ text: "Ann!" }),
  });
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(call.person.transcript).toContainEqual({ atMs: 500, what: "heard", text: "Ann!" });
});

const recordings: [how: string, attributes: string, action: string, callback: string][] = [
  ["from the answer", 'record="record-from-answer"', "RecordingDuration=10", "RecordingChannels=1"],
  ["by the old name", 'record="true"', "RecordingDuration=10", "RecordingChannels=1"],
  [
    "from the first ring, each on a channel",
    'record="record-from-ringing-dual"',
    "RecordingDuration=13",
    "RecordingChannels=2",
  ],
  [
    "without the silence around it",
    'record="true" trim="trim-silence"',
    "RecordingDuration=3",
    "RecordingChannels=1",
  ],
];
test.each(recordings)("Dial 5: recorded %s", async (_how, attributes, action, callback) => {
  line.carrier.setFarEnd(ann, {
    steps: [{ afterSeconds: 2, say: "Yes?", saySeconds: 1 }, { silentSeconds: 8 }, { hangUp: true }],
  });
  line.on(
    "/voice",
    twiml(`<Dial action="/in" ${attributes} recordingStatusCallback="/status">${ann}</Dial>`),
  );
  const steps: Steps = [{ hear: "yes", say: "Me.", saySeconds: 1.5 }];
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  expect(line.log("RecordingDuration", "RecordingChannels").slice(1)).toEqual([
    `/in ${action}`,
    `/status ${action} ${callback}`,
  ]);
  const { parameters } = line.received.at(-1)!;
  expect(parameters).toMatchObject({
    CallSid: call.sid,
    RecordingSource: "DialVerb",
    RecordingTrack: "both",
  });
  expect(line.received[1]!.parameters.RecordingUrl).toBe(parameters.RecordingUrl);
});

test("Dial 5: what was never answered is not recorded from the answer", async () => {
  line.carrier.setFarEnd(ann, "busy");
  line.on(
    "/voice",
    twiml(`<Dial action="/in" record="true" recordingStatusCallback="/status">${ann}</Dial>`),
  );
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.log("DialCallStatus", "RecordingUrl").slice(1)).toEqual(["/in DialCallStatus=busy"]);
});

test("a Dial of one of the account's own numbers asks that number's webhook", async () => {
  line.carrier.setNumber("+15550100002", { voiceUrl: `${line.application}/second` });
  line.on("/voice", twiml('<Dial action="/in">+15550100002</Dial>'));
  line.on("/second", twiml('<Gather numDigits="1" action="/chosen"><Say>Second desk.</Say></Gather>'));
  line.on("/chosen", ({ parameters }) => twiml(`<Say>You chose ${parameters.Digits}.</Say>`));
  const steps: Steps = [{ hear: "second", press: "4" }];
  const call = line.carrier.call({ from: caller, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  expect(line.log("From", "To", "Direction", "Digits", "DialCallStatus")).toEqual([
    `/voice From=${caller} To=${number} Direction=inbound`,
    `/second From=${caller} To=+15550100002 Direction=inbound`,
    `/chosen From=${caller} To=+15550100002 Direction=inbound Digits=4`,
    `/in From=${caller} To=${number} Direction=inbound DialCallStatus=completed`,
  ]);
  expect(call.person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual([
    "Second desk.",
    "You chose 4.",
  ]);
  line.on("/second", twiml('<Reject reason="busy"/>'));
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(line.log("DialCallStatus").at(-1)).toBe("/in DialCallStatus=busy");
});

test("Update 6: redirecting the parent ends the Dial and hangs up the child; the action is not asked", async () => {
  line.on("/voice", twiml(`<Dial action="/in">${ann}</Dial>`));
  line.on("/other", twiml('<Say>Other.</Say><Pause length="5"/>'));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.advance(9000);
  await rest(line, "POST", `/Calls/${call.sid}.json`, { Url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  expect(line.received.map(({ path }) => path)).toEqual(["/voice", "/other"]);
  expect(legs()).toEqual(["1 completed 7"]);
  const [sid] = await legSids();
  expect(line.carrier.personOn(sid!)?.ending).toMatchObject({ by: "application" });
});

test("Update 6: the child can be redirected by its own SID; the parent's Dial is over", async () => {
  line.on("/voice", twiml(`<Dial action="/in">${ann}</Dial>`));
  line.on("/other", twiml('<Pause length="20"/>'));
  line.on("/in", twiml('<Pause length="5"/>'));
  line.carrier.call({ from: caller, to: number });
  await line.clock.advance(9000);
  const [sid] = await legSids();
  await rest(line, "POST", `/Calls/${sid}.json`, { Url: `${line.application}/other` });
  await line.clock.runUntilIdle();
  expect(log().slice(1).sort()).toEqual([
    "9 /in DialCallStatus=completed DialCallDuration=7 DialBridged=true",
    "9 /other",
  ]);
  // It goes on when the parent has ended.
  expect(legs()).toEqual(["1 completed 27"]);
});

test("Update 6: hanging up the child by REST", async () => {
  line.on("/voice", twiml(`<Dial action="/in">${ann}</Dial>`));
  line.carrier.call({ from: caller, to: number });
  await line.clock.advance(5500);
  const [sid] = await legSids();
  await rest(line, "POST", `/Calls/${sid}.json`, { Status: "completed" });
  await line.clock.runUntilIdle();
  expect(log().at(-1)).toBe("5.5 /in DialCallStatus=completed DialCallDuration=3 DialBridged=true");
});

test("Dial 5: an outbound call can dial too, with the account's number as caller", async () => {
  line.carrier.setFarEnd(bob, { steps: leaves });
  line.on("/voice", twiml(`<Dial action="/in">${bob}</Dial>`));
  await placeCall(line);
  await line.clock.runUntilIdle();
  expect(line.log("DialCallStatus").at(-1)).toBe("/in DialCallStatus=completed");
  expect(legs()).toEqual(["2 completed 10"]);
});

test("a person made in code answers a number; one for every call, if it is a function", async () => {
  const endings: string[] = [];
  line.carrier.answers(ann, (from) => ({
    ...nobody,
    ringing: (handset) => handset.answer(),
    connected: () => endings.push(`connected with ${from}`),
    ended: ({ reason, by }) => endings.push(`${reason} by ${by}`),
  }));
  line.carrier.answers(bob, "busy");
  line.on(
    "/voice",
    twiml(`<Dial sequential="true" timeLimit="5">${`<Number>${bob}</Number><Number>${ann}</Number>`}</Dial>`),
  );
  line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  expect(endings).toEqual([`connected with ${caller}`, "completed by carrier"]);
  expect(legs()).toEqual(["1 completed 5", "2 busy 0"]);
});
