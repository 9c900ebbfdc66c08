/** What was said into a Record, in writing (Twilio, <Record>, transcribe). */
import type { Behaviour, Steps } from "./behaviour.ts";

const source = "Twilio, Record, transcribe";
const record = (attributes: string) =>
  `<Record action="/done" timeout="3" finishOnKey="#" playBeep="false" ${attributes}/>`;
const callback = 'transcribe="true" transcribeCallback="/status"';
const twoSentences: Steps = [
  { say: "My claim.", saySeconds: 2 },
  { silentSeconds: 3 },
  { say: "Call me.", saySeconds: 2 },
];
const names = ["CallStatus", "RecordingDuration", "TranscriptionStatus", "TranscriptionText"];

export const records: readonly Behaviour[] = [
  {
    source,
    rule: "the words come some time after the recording, also when the call is over by then",
    on: { "/voice": record(callback) },
    callers: [[0, 1, [...twoSentences]]],
    rest: [
      [30, "GET", "/Transcriptions.json"],
      [30, "GET", "/Recordings/RE00000000000000000000000000000000/Transcriptions.json"],
      [30, "GET", "/Transcriptions/TR00000000000000000000000000000000.json"],
    ],
    names,
    asked: [
      "8 /done CallStatus=in-progress RecordingDuration=5",
      "13 /status CallStatus=completed TranscriptionStatus=completed TranscriptionText=My claim. Call me.",
    ],
    answers: ["200", "404 20404", "404 20404"],
  },
  {
    source,
    rule: "a transcribeCallback alone asks for it too; what is shorter than two seconds fails",
    on: { "/voice": record('transcribeCallback="/status"') },
    callers: [[0, 1, [{ say: "My claim.", saySeconds: 2 }, { silentSeconds: 1 }, { hangUp: true }]]],
    names: [...names, "Digits"],
    codes: [13617],
    asked: [
      "1 /done CallStatus=completed RecordingDuration=1 Digits=hangup",
      "6 /status CallStatus=completed TranscriptionStatus=failed TranscriptionText=",
    ],
  },
  {
    source,
    rule: "keys alone are no words",
    on: { "/voice": record(callback) },
    callers: [
      [0, 1, [{ press: "1" }, { silentSeconds: 2.5 }, { press: "2" }, { silentSeconds: 1 }, { press: "#" }]],
    ],
    names,
    asked: [
      "3.5 /done CallStatus=in-progress RecordingDuration=3",
      "8.5 /status CallStatus=completed TranscriptionStatus=completed TranscriptionText=(blank)",
    ],
  },
  {
    source,
    rule: "nothing was recorded: nothing is transcribed",
    on: { "/voice": record(callback) },
    callers: [[0, 1, []]],
    asked: [],
  },
];
