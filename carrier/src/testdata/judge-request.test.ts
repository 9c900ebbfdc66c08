/** The judge of requests must see what is wrong with one. */
import { expect, test } from "vitest";
import { judgeRequest } from "./judge-request.ts";

const sid = (prefix: string) => prefix + "0".repeat(32);
const call = {
  AccountSid: sid("AC"),
  ApiVersion: "2010-04-01",
  CallSid: sid("CA"),
  CallStatus: "ringing",
  Direction: "inbound",
  From: "+15550199001",
  To: "+15550100001",
};
const progress = {
  ...call,
  Timestamp: "Mon, 02 Nov 2026 12:00:00 +0000",
  CallbackSource: "call-progress-events",
  SequenceNumber: "0",
};
const event = {
  AccountSid: sid("AC"),
  WorkspaceSid: sid("WS"),
  WorkspaceName: "Desk",
  EventDescription: "",
  ResourceType: "task",
  ResourceSid: sid("WT"),
  Timestamp: "1793620800",
  TimestampMs: "1793620800000",
  Sid: sid("EV"),
};
const { To: _to, ...withoutTo } = call;

const rows: [what: string, parameters: Record<string, string>, problem: RegExp | null][] = [
  ["a voice request", call, null],
  ["the application's own query", { ...call, lang: "es" }, null],
  ["no parameters", {}, null],
  ["a missing one", withoutTo, /voice-request: To is missing/],
  ["an unknown one", { ...call, Mood: "good" }, /Mood is not a parameter/],
  ["another kind's", { ...call, SequenceNumber: "0" }, /SequenceNumber is not a parameter/],
  ["a wrong status", { ...call, CallStatus: "talking" }, /CallStatus: expected queued or/],
  ["a wrong SID", { ...call, CallSid: "CA1" }, /CallSid: expected/],
  ["no E.164", { ...call, From: "5550199001" }, /From: expected/],
  ["a status callback", progress, null],
  [
    "a date of the other sort",
    { ...progress, Timestamp: "2026-11-02T12:00:00Z" },
    /Timestamp: expected a date/,
  ],
  ["a number that is none", { ...progress, SequenceNumber: "first" }, /SequenceNumber: expected/],
  [
    "a source of its own",
    { ...progress, CallbackSource: "elsewhere" },
    /CallbackSource: expected call-progress/,
  ],
  ["a Gather's", { ...call, Digits: "1", FinishedOnKey: "", msg: "Gather End" }, null],
  ["keys that are none", { ...call, Digits: "x", FinishedOnKey: "", msg: "Gather End" }, /Digits: expected/],
  ["a Dial's without its end", { ...call, DialCallStatus: "busy" }, /dial-action: DialBridged is missing/],
  ["TaskRouter's without its task", { ...event, EventType: "task.created" }, null],
  [
    "an event that there is none",
    { ...event, EventType: "task.lost" },
    /EventType: expected activity.created/,
  ],
  ["an assignment without a reservation", { TaskAttributes: "{}" }, /assignment: ReservationSid is missing/],
];
test.each(rows)("%s", (_what, parameters, problem) => {
  const found = judgeRequest(parameters).join("\\n");
  if (problem === null) expect(found).toBe("");
  else expect(found).toMatch(problem);
});
