/**
 * Every parameter of every operation that this carrier performs, taken from Twilio's own description: some value of it is refused, or shows
 * in the answer, or is reported in the alert log. What shows only in what happens afterwards is listed here with the test that holds it.
 */
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { accountSid, authToken, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { judge } from "../testdata/openapi.ts";
import { openSocketApplication } from "../testdata/socket-application.ts";
import { verifyNumber } from "../testdata/verify.ts";
import { performs } from "./performed.ts";

interface Described {
  readonly type: string;
  readonly format?: string;
  readonly enum?: readonly string[];
}
const { operations } = JSON.parse(
  readFileSync(new URL("../testdata/openapi-operations.json", import.meta.url), "utf8"),
  // The file has this shape.
) as { operations: Record<string, Record<string, Described>> };

/** Held by the behaviours (testdata/behaviours-*.ts) and tests named here: seen by people or in webhooks, not in the answer. */
const elsewhere: Readonly<Record<string, string>> = {
  "POST /Calls.json CallToken": "applications: forward-as-caller",
  "POST /Conferences/{ConferenceSid}/Participants.json CallToken": "applications: forward-as-caller",
  "POST /Calls.json Record": "behaviours-rest: recordings",
  "POST /IncomingPhoneNumbers.json AreaCode": "applications.test: numbers for sale",
  "POST /Conferences/{ConferenceSid}/Participants.json Record": "below",
  "POST /Conferences/{ConferenceSid}/Participants/{CallSid}.json BeepOnExit": "below",
  "POST /Calls/{CallSid}/Streams.json Parameter1.Value": "below",
  "POST /Calls/{CallSid}/Transcriptions.json InboundTrackLabel": "below",
  "POST /Calls/{CallSid}/Transcriptions.json OutboundTrackLabel": "below",
  "POST /Calls/{CallSid}/Transcriptions.json LanguageCode": "below",
  "POST /Calls/{CallSid}/Transcriptions.json PartialResults": "below",
};

let line: TestLine | undefined;
afterEach(async () => {
  await line?.close();
  line = undefined;
});

const second = "+15550100002";
type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function ask(
  method: string,
  path: string,
  form: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const query = new URLSearchParams(form);
  const root = path.startsWith("/Accounts.json") ? "/2010-04-01" : `/2010-04-01/Accounts/${accountSid}`;
  const url = `${line!.carrier.url}${root}${path}${method === "GET" && query.size > 0 ? `?${query}` : ""}`;
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    ...(method === "POST" && { body: query }),
  });
  // Twilio's answers are objects.
  return {
    status: answer.status,
    body: answer.status === 204 ? {} : ((await answer.json()) as Answer["body"]),
  };
}

async function inCall(verbs = "<Say>Hi.</Say><Pause length='60'/>") {
  line = await openLine();
  line.on("/voice", twiml(verbs));
  line.on("/told", { status: 204 });
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.advance(1000);
  return call;
}

test("Streams: parameters and the stop reach the socket", async () => {
  const socket = await openSocketApplication(() => []);
  try {
    const { sid } = await inCall();
    const form = { Url: socket.url, Name: "s", "Parameter1.Name": "claim", "Parameter1.Value": "7" };
    await ask("POST", `/Calls/${sid}/Streams.json`, form);
    await line!.clock.advance(1000);
    expect(await ask("POST", `/Calls/${sid}/Streams/s.json`, { Status: "started" })).toMatchObject({
      status: 400,
    });
    expect(await ask("POST", `/Calls/${sid}/Streams/s.json`, { Status: "stopped" })).toMatchObject({
      status: 200,
    });
    await line!.clock.runUntilIdle();
    const events = socket.received.map(({ event }) => event).filter((event) => event !== "media");
    expect(events).toEqual(["connected", "start", "stop"]);
    expect(socket.received[1]).toMatchObject({ start: { customParameters: { claim: "7" } } });
  } finally {
    await line!.close();
    line = undefined;
    await socket.close();
  }
});

test("Transcriptions: language, partial results and labels are told", async () => {
  const { sid } = await inCall();
  await ask("POST", `/Calls/${sid}/Transcriptions.json`, {
    StatusCallbackUrl: `${line!.application}/told`,
    LanguageCode: "es-US",
    PartialResults: "true",
    InboundTrackLabel: "member",
    OutboundTrackLabel: "agent",
  });
  await line!.clock.advance(1000);
  expect(line!.received.at(-1)?.parameters).toMatchObject({
    TranscriptionEvent: "transcription-started",
    LanguageCode: "es-US",
    PartialResults: "true",
    InboundTrackLabel: "member",
    OutboundTrackLabel: "agent",
  });
});

test.each([
  ["true", 1],
  ["false", 0],
] as const)("Participants: Record=%s records the call", async (Record, recordings) => {
  await inCall();
  const form = { To: "+15550150001", From: number, Record };
  const { body } = await ask("POST", "/Conferences/room/Participants.json", form);
  await line!.clock.advance(10_000);
  const found = await ask("GET", `/Calls/${body.call_sid}/Recordings.json`);
  expect(found.body.recordings).toHaveLength(recordings);
});

test.each([
  ["true", 1],
  ["false", 0],
] as const)("Participants: BeepOnExit=%s", async (BeepOnExit, beeps) => {
  const first = await inCall("<Dial><Conference>room</Conference></Dial>");
  const leaving = line!.carrier.call({
    from: "+15550199002",
    to: number,
    script: { steps: [{ silentSeconds: 9 }, { hangUp: true }] },
  });
  await line!.clock.advance(3000);
  const [room] = (await ask("GET", "/Conferences.json")).body.conferences as { sid: string }[];
  await ask("POST", `/Conferences/${room!.sid}/Participants/${leaving.sid}.json`, { BeepOnExit });
  await line!.clock.advance(20_000);
  expect(first.person.transcript.filter(({ what }) => what === "beep")).toHaveLength(beeps);
});

/** A carrier on which there is one of everything; gives the SIDs by the folder they are in. */
async function populate(): Promise<Record<string, string>> {
  line = await openLine({ messagingServices: [{ sid: `MG${"1".repeat(32)}`, numbers: [second] }] });
  const { application, carrier, clock } = line;
  line.on("/voice", twiml("<Dial><Conference record='record-from-start'>room</Conference></Dial>"));
  line.on("/queue", twiml("<Enqueue>line</Enqueue>"));
  line.on("/stay", twiml("<Pause length='600'/>"));
  for (const path of ["/told", "/sms", "/verified"]) line.on(path, { status: 204 });
  for (const [folder, PhoneNumber] of [
    ["Mobile", "+447700900000"],
    ["TollFree", "+18005550199"],
  ] as const)
    await ask("POST", `/IncomingPhoneNumbers/${folder}.json`, { PhoneNumber });
  await ask("POST", "/IncomingPhoneNumbers.json", { PhoneNumber: second, VoiceUrl: `${application}/queue` });
  const inRoom = carrier.call({ from: caller, to: number });
  carrier.call({ from: "+15550199002", to: number });
  const queued = carrier.call({ from: "+15550199003", to: second });
  await clock.advance(5000);
  const sidOf = async (list: string, key = list.slice(1, -5).toLowerCase()) => {
    const rows = (await ask("GET", list)).body[key] as { sid: string }[];
    return rows[0]?.sid ?? "";
  };
  const room = await sidOf("/Conferences.json");
  const made = async (list: string, form: Record<string, string> = {}) =>
    String((await ask("POST", list, form)).body.sid ?? "");
  const live = await made("/Calls.json", { To: "+15550150001", From: number, Url: `${application}/stay` });
  await clock.advance(5000);
  const recording = await made(`/Calls/${live}/Recordings.json`);
  const inConference = await sidOf(`/Conferences/${room}/Recordings.json`, "recordings");
  const message = await made("/Messages.json", {
    To: "+15550150001",
    From: number,
    MediaUrl: "http://x.test/a.png",
  });
  const sids: Record<string, string> = {
    Accounts: accountSid,
    Applications: await made("/Applications.json", { FriendlyName: "app", VoiceUrl: `${application}/stay` }),
    Calls: live,
    Conferences: room,
    CountryCode: "US",
    IncomingPhoneNumbers: await sidOf("/IncomingPhoneNumbers.json", "incoming_phone_numbers"),
    Keys: await made("/Keys.json", { FriendlyName: "key" }),
    Members: queued.sid,
    Messages: message,
    Participants: inRoom.sid,
    Queues: await sidOf("/Queues.json"),
    Recordings: recording,
    ConferenceRecordings: inConference,
    Transcriptions: await made(`/Calls/${live}/Transcriptions.json`, { Name: "t" }),
  };
  sids.SigningKeys = sids.Keys!;
  sids.Media = await sidOf(`/Messages/${message}/Media.json`, "media_list");
  await verifyNumber(line);
  sids.OutgoingCallerIds = await sidOf("/OutgoingCallerIds.json", "outgoing_caller_ids");
  sids.Streams = await made(`/Calls/${live}/Streams.json`, { Url: "ws://127.0.0.1:9/x", Name: "s" });
  return sids;
}

/** `/Calls/{CallSid}/Recordings/{Sid}.json` with what there is. */
function fill(path: string, sids: Readonly<Record<string, string>>): string {
  const parts = path.split("/");
  if (path.endsWith("/{CountryCode}/Mobile.json")) return path.replace("{CountryCode}", "GB");
  if (path.startsWith("/Conferences") && parts[3] === "Recordings" && parts[4])
    return `/Conferences/${sids.Conferences}/Recordings/${sids.ConferenceRecordings}.json`;
  return parts
    .map((part, at) =>
      part.replace(/\{\w+\}/, (name) => sids[name.slice(1, -1)] ?? sids[parts[at - 1]!] ?? name),
    )
    .join("/");
}

/** What makes a request complete. */
const complete = (application: string): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  "POST /Calls.json": { To: "+15550150001", From: number, Url: `${application}/stay` },
  "POST /Messages.json": { To: "+15550150001", From: number, Body: "Hello" },
  "POST /OutgoingCallerIds.json": { PhoneNumber: "+15550177778" },
  "POST /Queues.json": { FriendlyName: "another" },
  "POST /IncomingPhoneNumbers.json": { PhoneNumber: "+15550100077" },
  "POST /IncomingPhoneNumbers/Local.json": { PhoneNumber: "+15550100077" },
  "POST /IncomingPhoneNumbers/Mobile.json": { PhoneNumber: "+447700900001" },
  "POST /IncomingPhoneNumbers/TollFree.json": { PhoneNumber: "+18005550100" },
  "POST /Calls/{Sid}.json": { TimeLimit: "500" },
  "POST /Calls/{CallSid}/Streams.json": { Url: "ws://127.0.0.1:9/x" },
  "POST /Calls/{CallSid}/Streams/{Sid}.json": { Status: "stopped" },
  "POST /Calls/{CallSid}/Transcriptions/{Sid}.json": { Status: "stopped" },
  "POST /Calls/{CallSid}/Recordings/{Sid}.json": { Status: "paused" },
  "POST /Conferences/{ConferenceSid}/Recordings/{Sid}.json": { Status: "paused" },
  "POST /Conferences/{ConferenceSid}/Participants.json": { To: "+15550150001", From: number },
  "POST /Queues/{QueueSid}/Members/{CallSid}.json": { Url: `${application}/stay` },
  "POST /Messages/{Sid}.json": { Body: "" },
});

const candidates = ({ enum: values = [], type }: Described): readonly string[] =>
  type === "boolean"
    ? ["true", "false"]
    : ["xyzzy", ...values, "true", "999999", "1999-01-01", "", "x".repeat(5000), "xx:yy"];

/** An answer without what differs from one request to the next. */
const plain = ({ status, body }: Answer) =>
  `${status} ${JSON.stringify(body)
    .replace(/[A-Z]{2}[0-9a-f]{32}/g, "SID")
    .replace(/"\w{3}, \d\d \w{3} [^"]*"/g, "DATE")
    .replace(/\?[^"]*/g, "")
    .replace(/127\.0\.0\.1:\d+/g, "HERE")
    .replace(/"(secret|validation_code|auth_token)":"\w+"/g, "")}`;

/** What is answered and reported when the operation is asked with this form, on a carrier where there is one of everything. */
async function askOnce(
  operation: string,
  form: Readonly<Record<string, string>>,
  sids: Record<string, string>,
) {
  const [method = "", path = ""] = operation.split(" ");
  const before = line!.carrier.alerts().length;
  const answer = await ask(method, fill(path, sids), form);
  const reported = line!.carrier.alerts().slice(before);
  return { status: answer.status, seen: plain(answer) + reported.map(({ message }) => message).join() };
}

/** Its stream is gone before anybody can ask; its one parameter is held below. */
const ofStream = "POST /Calls/{CallSid}/Streams/{Sid}.json";
/** What one alert, and a Record with `transcribe`, make: their answers are judged in their own tests. */
const others = /Notifications\/\{Sid\}|^(GET|DELETE) .*\/Transcriptions\/\{Sid\}/;
const performedOnes = Object.keys(operations).filter(
  (operation) => performs(operation) && operation !== ofStream && !others.test(operation),
);
test.each(performedOnes)("%s: answered as Twilio describes it", async (operation) => {
  const [method = "", path = ""] = operation.split(" ");
  const sids = await populate();
  if (method === "DELETE") await line!.clock.advance(700_000);
  // Only a queue without callers can go.
  if (operation === "DELETE /Queues/{Sid}.json")
    sids.Queues = String((await ask("POST", "/Queues.json", { FriendlyName: "empty" })).body.sid);
  const filled = fill(path, sids);
  const { status, body } = await ask(method, filled, complete(line!.application)[operation]);
  const root = filled === "/Accounts.json" ? "/2010-04-01" : `/2010-04-01/Accounts/${accountSid}`;
  expect([operation, status < 300, status < 300 ? judge(method, root + filled, status, body) : body]).toEqual(
    [operation, true, []],
  );
});

/** Parameters of which no value does anything that can be seen at once. */
async function silent(operation: string): Promise<string[]> {
  const parameters = Object.entries(operations[operation]!);
  const changes = operation.startsWith("POST");
  let sids = await populate();
  const base = complete(line!.application)[operation] ?? {};
  const plainly = await askOnce(operation, base, sids);
  expect([operation, plainly.status < 300, plainly.seen]).toEqual([operation, true, plainly.seen]);
  const found: string[] = [];
  for (const [parameter, described] of parameters) {
    let shown = false;
    for (const value of candidates(described)) {
      if (changes) {
        await line!.close();
        sids = await populate();
      }
      // The application's port differs from line to line.
      const form = { ...complete(line!.application)[operation], [parameter]: value };
      if ((await askOnce(operation, form, sids)).seen === plainly.seen) continue;
      shown = true;
      break;
    }
    if (!shown) found.push(parameter);
  }
  return found;
}

const asked = Object.keys(operations).filter(
  (operation) =>
    performs(operation) && operation !== ofStream && Object.keys(operations[operation]!).length > 0,
);
test.each(asked)("%s: every parameter is honoured, checked or reported", async (operation) => {
  const held = Object.keys(elsewhere)
    .filter((one) => one.startsWith(`${operation} `))
    .map((one) => one.slice(operation.length + 1));
  expect((await silent(operation)).toSorted()).toEqual(held.toSorted());
});
