/** What the far end of a Dial is told, and what it may ask for: parameters, SIP headers and credentials, transfers by REFER. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BehaviourInput } from "../people/behaviour.ts";
import type { ScriptInput } from "../people/script.ts";
import { caller, number, openLine, rest, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

const ann = "sip:ann@example.com";
const bob = "sip:bob@example.com";

async function dial(
  attributes: string,
  inner: string,
  { there = {}, from = caller, steps = [] as ScriptInput["steps"] } = {} as {
    there?: Readonly<Record<string, BehaviourInput>>;
    from?: string;
    steps?: ScriptInput["steps"];
  },
) {
  for (const [at, what] of Object.entries(there)) line.carrier.setFarEnd(at, what);
  line.on("/voice", twiml(`<Dial ${attributes}>${inner}</Dial><Say>Goodbye.</Say>`));
  const call = line.carrier.call({ from, to: number, script: { steps } });
  await line.clock.runUntilIdle();
  await call.ended;
  expect(line.received.every(({ signed }) => signed)).toBe(true);
  expect(line.carrier.liveCalls()).toBe(0);
  return call.person;
}

const legs = () => line.carrier.calls().filter(({ parent_call_sid }) => parent_call_sid !== null);
const toldTo = (to: string) =>
  legs()
    .filter((leg) => leg.to === to)
    .flatMap(({ sid }) => line.carrier.personOn(sid)?.transcript ?? [])
    .filter(({ what }) => what === "told")
    .map(({ text }) => text);
const codes = () => line.carrier.alerts().map(({ code }) => code);
const brief: BehaviourInput = { staysSeconds: 5 };

const told: [rule: string, noun: string, to: string, details: string[]][] = [
  [
    "Twilio, Client: parameters in order",
    '<Client><Identity>ann</Identity><Parameter name="claim" value="7"/><Parameter name="first name" value="Zoë"/></Client>',
    "client:ann",
    ["claim: 7", "first name: Zoë"],
  ],
  ["Twilio, Client: none", "<Client>ann</Client>", "client:ann", []],
  [
    "Twilio, Sip: headers in the URI",
    "<Sip>sip:ann@example.com?x-claim=7&amp;X-Name=Ann%20Lee&amp;User-to-User=12%3Bencoding%3Dhex</Sip>",
    ann,
    ["x-claim: 7", "X-Name: Ann Lee", "User-to-User: 12;encoding=hex"],
  ],
  [
    "Twilio, Sip: the typings' Uri and Headers",
    '<Sip><Uri>sip:ann@example.com</Uri><Headers><Header name="x-claim" value="7"/></Headers></Sip>',
    ann,
    ["x-claim: 7"],
  ],
  ["Twilio, Sip: the scheme may be left out", "<Sip> ann@example.com </Sip>", ann, []],
  [
    "Twilio, Sip: transport and port stay",
    "<Sip>sip:ann@example.com:5061;transport=tls?x-a=1</Sip>",
    "sip:ann@example.com:5061;transport=tls",
    ["x-a: 1"],
  ],
  ["Twilio, Sip: sips", "<Sip>sips:ann@example.com</Sip>", "sips:ann@example.com", []],
  [
    "Twilio, Sim",
    "<Sim>DE00000000000000000000000000000001</Sim>",
    "sim:DE00000000000000000000000000000001",
    [],
  ],
  ["Twilio, WhatsApp", "<WhatsApp>+15550150009</WhatsApp>", "whatsapp:+15550150009", []],
];
test.each(told)("%s", async (_rule, noun, to, details) => {
  const person = await dial('callerId="+15550100001"', noun, { there: { [to]: brief } });
  expect(legs().map((leg) => [leg.to, leg.status])).toEqual([[to, "completed"]]);
  expect(toldTo(to)).toEqual(details);
  expect(person.transcript.some(({ text }) => text === "Goodbye.")).toBe(true);
  expect(codes()).toEqual([]);
});

const wrong: [rule: string, noun: string, code: number][] = [
  ["Twilio, Sip: headers of one's own begin with x-", `<Sip>${ann}?claim=7</Sip>`, 13252],
  ["Twilio, Sip: 1024 characters of headers", `<Sip>${ann}?x-claim=${"7".repeat(1024)}</Sip>`, 13253],
];
test.each(wrong)("%s", async (_rule, noun, code) => {
  await dial("", noun, { there: { [ann]: brief } });
  expect(toldTo(ann)).toEqual([]);
  expect(legs().map(({ status }) => status)).toEqual(["completed"]);
  expect(codes()).toEqual([code]);
});

const credentials = { username: "office", password: "1234" };
test.each([
  ["the right ones", 'username="office" password="1234"', "completed", "200"],
  ["wrong ones", 'username="office" password="4321"', "failed", "401"],
  ["none", "", "failed", "401"],
] as const)("Twilio, Sip: credentials, %s", async (_which, attributes, status, code) => {
  line.on("/done", twiml("<Hangup/>"));
  await dial('action="/done"', `<Sip ${attributes}>${ann}</Sip>`, {
    there: { [ann]: { ...brief, credentials } },
  });
  expect(line.received.at(-1)?.parameters).toMatchObject({
    DialCallStatus: status,
    DialSipResponseCode: code,
    DialSipCallId: expect.any(String),
  });
});

const callerIds: [rule: string, from: string, callerId: string, noun: string, rings: boolean][] = [
  ["a SIP telephone may be shown any word", caller, "Front-Desk", `<Sip>${ann}</Sip>`, true],
  ["a client may be shown a client", caller, "client:joey", "<Client>ann</Client>", true],
  ["a number may not", caller, "client:joey", "<Number>+15550150009</Number>", false],
  ["a client has no number to show", "client:zoe", "", "<Number>+15550150009</Number>", false],
  ["it needs one of the account's", "client:zoe", number, "<Number>+15550150009</Number>", true],
  ["for another client it needs none", "client:zoe", "", "<Client>ann</Client>", true],
  ["nor has a caller by SIP", bob, "", "<Number>+15550150009</Number>", false],
];
test.each(callerIds)("Twilio, Dial callerId: %s", async (_rule, from, callerId, noun, rings) => {
  await dial(callerId && `callerId="${callerId}"`, noun, {
    from,
    there: { [ann]: brief, "client:ann": brief, "+15550150009": brief },
  });
  expect(legs().map((leg) => leg.from)).toEqual(rings ? [callerId || from] : []);
  expect(codes()).toEqual(rings ? [] : [13214]);
});

const asked = () =>
  line.received.map(({ at, path, parameters }) =>
    [at, path, parameters.ReferTransferTarget].join(" ").trim(),
  );
const refers: BehaviourInput = { steps: [{ afterSeconds: 5, refer: bob }] };

test("Twilio, REFER: without answerOnBridge the one who asks is out at once, the caller goes on with referUrl", async () => {
  line.on("/refer", twiml(`<Dial><Sip>${bob}</Sip></Dial>`));
  const person = await dial('referUrl="/refer" action="/never"', `<Sip>${ann}</Sip>`, {
    there: { [ann]: refers, [bob]: { steps: [{ say: "Bob here." }], staysSeconds: 4 } },
  });
  expect(asked()).toEqual(["0 /voice", `7.5 /refer <${bob}>`]);
  expect(legs().map((leg) => [leg.to, leg.status, leg.duration])).toEqual([
    [bob, "completed", "4"],
    [ann, "completed", "5"],
  ]);
  expect(person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual([
    "Bob here.",
  ]);
  expect(codes()).toEqual([]);
});

test("Twilio, REFER: with answerOnBridge the one who asks stays until the other answers", async () => {
  line.on("/refer", twiml(`<Dial><Sip>${bob}</Sip></Dial>`));
  await dial('referUrl="/refer" referMethod="GET" answerOnBridge="true"', `<Sip>${ann}</Sip>`, {
    there: { [ann]: refers, [bob]: { staysSeconds: 4 } },
  });
  expect(line.received.map(({ method }) => method)).toEqual(["POST", "GET"]);
  expect(legs().map((leg) => [leg.to, leg.status, leg.duration])).toEqual([
    [bob, "completed", "4"],
    [ann, "completed", "8"],
  ]);
});

test.each([
  ["the other does not answer", twiml(`<Dial><Sip>${bob}</Sip></Dial>`), "busy" as const, []],
  ["referUrl cannot be had", { status: 404 }, brief, [11200]],
])(
  "Twilio, REFER: with answerOnBridge, when %s the two talk on",
  async (_rule, answer, there, complained) => {
    line.on("/refer", answer);
    const person = await dial('referUrl="/refer" answerOnBridge="true"', `<Sip>${ann}</Sip>`, {
      there: {
        [ann]: {
          steps: [
            { afterSeconds: 5, refer: bob },
            { afterSeconds: 10, say: "Still me." },
          ],
          staysSeconds: 20,
        },
        [bob]: there,
      },
    });
    expect(person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual([
      "Still me.",
      "Goodbye.",
    ]);
    expect(codes()).toEqual(complained);
  },
);

test("Twilio, REFER: without referUrl nothing happens, 13802", async () => {
  await dial("", `<Sip>${ann}</Sip>`, {
    there: { [ann]: { steps: [{ afterSeconds: 5, refer: bob }], staysSeconds: 20 } },
  });
  expect(legs().map(({ duration }) => duration)).toEqual(["20"]);
  expect(codes()).toEqual([13802]);
});

test("Twilio, REFER: who is not on a SIP telephone cannot ask", async () => {
  const there = { "client:ann": { steps: [{ afterSeconds: 5, refer: bob }], staysSeconds: 20 } };
  await dial('referUrl="/refer"', "<Client>ann</Client>", { there });
  expect(asked()).toEqual(["0 /voice"]);
});

test("Twilio, REFER: a caller by SIP that asks itself is told of in the alert log", async () => {
  const steps = [{ silentSeconds: 5 }, { refer: bob }, { silentSeconds: 5 }, { hangUp: true as const }];
  await dial('referUrl="/refer"', "<Client>ann</Client>", { from: ann, steps });
  expect(asked()).toEqual(["0 /voice"]);
  expect(codes()).toEqual([null]);
});

test.each([
  ["is connected with somebody else", bob, ["in-progress", "202", "200"]],
  ["cannot reach the other", "sip:nobody@example.com", ["failed", "202", "404"]],
])("Twilio, Refer: a caller by SIP %s", async (_rule, target, result) => {
  line.carrier.setFarEnd("sip:nobody@example.com", "failed");
  line.on("/done", twiml("<Hangup/>"));
  line.on("/voice", twiml(`<Refer action="/done"><Sip>${target}</Sip></Refer>`));
  const call = line.carrier.call({ from: ann, to: number, script: {} });
  await line.clock.runUntilIdle();
  const { ReferCallStatus, ReferSipResponseCode, NotifySipResponseCode } = line.received.at(-1)!.parameters;
  expect([ReferCallStatus, ReferSipResponseCode, NotifySipResponseCode]).toEqual(result);
  expect(call.person.transcript.find(({ what }) => what === "referred")?.text).toBe(target);
  expect(codes()).toEqual([]);
});

async function application(voiceUrl = "/app"): Promise<string> {
  const form = { FriendlyName: "desk", VoiceUrl: line.application + voiceUrl };
  // Twilio's documented shape.
  return ((await (await rest(line, "POST", "/Applications.json", form)).json()) as { sid: string }).sid;
}

test.each([
  ["", (sid: string) => ({ To: sid, CustomerId: expect.stringMatching(/^AC/) })],
  ['copyParentTo="true" customerId="acme"', () => ({ To: number, CustomerId: "acme" })],
])("Twilio, Dial Application: %s is an incoming call with its parameters", async (attributes, told) => {
  const sid = await application();
  line.on("/app", twiml('<Say>Desk here.</Say><Hangup><Parameter name="ticket" value="9876"/></Hangup>'));
  line.on("/done", twiml("<Hangup/>"));
  const noun = `<Application ${attributes}><ApplicationSid>${sid}</ApplicationSid><Parameter name="AccountNumber" value="12345"/></Application>`;
  const person = await dial('action="/done"', noun);
  const [, asked, done] = line.received.map(({ path, parameters }) => ({ path, ...parameters }));
  expect(asked).toMatchObject({
    path: "/app",
    From: caller,
    Direction: "inbound",
    Param_AccountNumber: "12345",
    ...told(sid),
  });
  expect(done).toMatchObject({
    DialCallStatus: "completed",
    DialBridged: "true",
    ReturnParam_ticket: "9876",
  });
  expect(person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual([
    "Desk here.",
  ]);
});

test("Twilio, Dial Application: one that refuses gives its parameters back too", async () => {
  const sid = await application();
  line.on("/app", twiml('<Reject reason="busy"><Parameter name="why" value="lunch"/></Reject>'));
  line.on("/done", twiml("<Hangup/>"));
  await dial('action="/done"', `<Application>${sid}</Application>`);
  expect(line.received.at(-1)?.parameters).toMatchObject({
    DialCallStatus: "busy",
    ReturnParam_why: "lunch",
  });
});

test.each([
  ["an application that is none", `<Application>AP${"f".repeat(32)}</Application>`, [], ["failed"]],
  ["no application", "<Application/>", [13215], []],
  [
    "beside a number it is left out",
    `<Application>AP${"f".repeat(32)}</Application><Number>+15550150009</Number>`,
    [13215],
    ["completed"],
  ],
])("Twilio, Dial Application: %s", async (_rule, noun, complained, statuses) => {
  await dial("", noun, { there: { "+15550150009": brief } });
  expect(codes()).toEqual(complained);
  expect(legs().map(({ status }) => status)).toEqual(statuses);
});
