/** What runs beside a call (protocol 5, Start and Stop). */
import type { Behaviour, Steps } from "./behaviour.ts";

const source = "Transcription 5";
const start = (attributes = "") =>
  `<Start><Transcription statusCallbackUrl="/status" ${attributes}/></Start>`;
const speaks: Steps = [
  { afterSeconds: 2, say: "my claim", saySeconds: 1 },
  { silentSeconds: 5 },
  { hangUp: true },
];
const callers: Behaviour["callers"] = [[0, 1, speaks]];
const event = ["TranscriptionEvent"];
const names = [...event, "SequenceId", "Track", "TranscriptionData", "Final"];

export const backgrounds: readonly Behaviour[] = [
  {
    source,
    rule: "both tracks; it stops with the call",
    on: { "/voice": `${start()}<Say>Hello there now</Say><Pause length='60'/>` },
    callers,
    names,
    asked: [
      "0 /status TranscriptionEvent=transcription-started SequenceId=1 Track=both_tracks",
      '1.1 /status TranscriptionEvent=transcription-content SequenceId=2 Track=outbound_track TranscriptionData={"transcript":"Hello there now","confidence":0.99} Final=true',
      '3 /status TranscriptionEvent=transcription-content SequenceId=3 Track=inbound_track TranscriptionData={"transcript":"my claim","confidence":0.9} Final=true',
      "7 /status TranscriptionEvent=transcription-stopped SequenceId=4",
    ],
  },
  {
    source,
    rule: "one track",
    on: { "/voice": `${start('track="inbound_track"')}<Say>Hello there now</Say><Pause length='60'/>` },
    callers,
    names: [...event, "Track"],
    asked: [
      "0 /status TranscriptionEvent=transcription-started Track=inbound_track",
      "3 /status TranscriptionEvent=transcription-content Track=inbound_track",
      "7 /status TranscriptionEvent=transcription-stopped",
    ],
  },
  {
    source,
    rule: "partial results",
    on: { "/voice": `${start('track="inbound_track" partialResults="true"')}<Pause length='60'/>` },
    callers,
    names: ["TranscriptionData", "Final", "Stability"],
    asked: [
      "0 /status",
      '2.5 /status TranscriptionData={"transcript":"my claim"} Final=false Stability=0.9',
      '3 /status TranscriptionData={"transcript":"my claim","confidence":0.9} Final=true Stability=1.0',
      "7 /status",
    ],
  },
  {
    source,
    rule: "Stop by name",
    on: {
      "/voice": `${start('name="notes"')}<Pause length='1'/><Stop><Transcription name="notes"/></Stop><Pause length='60'/>`,
    },
    callers,
    names: [...event, "Name"],
    asked: [
      "0 /status TranscriptionEvent=transcription-started Name=notes",
      "1 /status TranscriptionEvent=transcription-stopped",
    ],
  },
  {
    source,
    rule: "begun and stopped by REST",
    on: { "/voice": "<Say>Hi</Say><Pause length='60'/>" },
    callers,
    rest: [
      [1, "POST", "/Calls/$1/Transcriptions.json", { Name: "notes", StatusCallbackUrl: "$app/status" }],
      [2.5, "POST", "/Calls/$1/Transcriptions/notes.json", { Status: "stopped" }],
      [2.6, "POST", "/Calls/$1/Transcriptions/notes.json", { Status: "stopped" }],
      [2.7, "POST", "/Calls/CA1/Transcriptions.json", {}],
    ],
    names: event,
    asked: [
      "1 /status TranscriptionEvent=transcription-started",
      "2.5 /status TranscriptionEvent=transcription-stopped",
    ],
    answers: ["200", "200", "404 20404", "404 20404"],
  },
  {
    source: "Stream 5",
    rule: "nobody listens at its URL: stream-error, and the call goes on",
    on: {
      "/voice":
        '<Start><Stream url="ws://127.0.0.1:3/" statusCallback="/status"/></Start><Redirect>/next</Redirect>',
    },
    names: ["StreamEvent"],
    asked: ["0 /status StreamEvent=stream-error", "0 /next"],
    codes: [31902],
  },
  {
    source: "Start 5",
    rule: "Siprec needs a connector, and there is none: siprec-error, and the call goes on",
    on: {
      "/voice":
        '<Start><Siprec name="tap" connectorName="Gridspace" statusCallback="/status"/></Start><Redirect>/next</Redirect>',
    },
    names: ["SiprecEvent", "SiprecName", "SiprecErrorCode"],
    asked: ["0 /status SiprecEvent=siprec-error SiprecName=tap SiprecErrorCode=31940", "0 /next"],
    codes: [31940],
  },
  ...(
    [
      ["until the call ends", "", "", "7 /status", 6],
      ["until it is stopped by its name", 'name="tape"', '<Recording name="tape"/>', "4 /status", 3],
      ["until the last one is stopped", "", "<Recording/>", "4 /status", 3],
      ["on one channel, of one track", 'channels="mono" track="inbound"', "", "7 /status", 6, "1", "inbound"],
    ] as const
  ).map(
    ([rule, attributes, stop, at, seconds, channels = "2", track = "both"]): Behaviour => ({
      source: "Recording (Twilio, <Recording>)",
      rule: `Start ${rule}`,
      on: {
        "/voice": `<Start><Recording trim="do-not-trim" recordingStatusCallback="/status" ${attributes}/></Start><Pause length="3"/>${stop && `<Stop>${stop}</Stop>`}<Pause length="60"/>`,
      },
      callers: [[0, 1, [{ silentSeconds: 6 }, { hangUp: true }]]],
      names: ["RecordingSource", "RecordingDuration", "RecordingChannels", "RecordingTrack"],
      asked: [
        `${at} RecordingSource=StartCallRecordingTwiML RecordingDuration=${seconds} RecordingChannels=${channels} RecordingTrack=${track}`,
      ],
    }),
  ),
];
