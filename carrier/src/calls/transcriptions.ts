/**
 * What was said into a `<Record>`, in writing (Twilio, <Record>, transcribe): a while after the recording the words the person spoke are
 * told to `transcribeCallback` and can be read by REST. Recordings of less than 2 s or more than 120 s are not transcribed (13617).
 * Not recognised from sound: who speaks here says words.
 */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Inform } from "../webhooks/inform.ts";
import { type Address, type Call, callParameters } from "./call.ts";
import type { Line } from "./line.ts";
import { type Recording, type Recordings, recordedSeconds } from "./recordings.ts";

export interface Transcription {
  readonly sid: string;
  readonly accountSid: string;
  readonly recordingSid: string;
  readonly seconds: number;
  readonly createdAt: number;
  updatedAt: number;
  status: "in-progress" | "completed" | "failed";
  text: string;
}

export interface Transcriptions {
  /** `words` as they were said; told to `callback`, if there is one, when it is written. */
  begin(call: Call, recording: Recording, words: readonly string[], callback: Address | null): void;
  get(sid: string): Transcription | undefined;
  remove(sid: string): boolean;
  /** Newest first. */
  list(): Transcription[];
}

/** Between the end of a recording and its transcription, ms. An estimate of ours. */
const writingMs = 5_000;
const [shortest, longest] = [2, 120];
/** The text of a recording in which nobody spoke. [obs] */
const blank = "(blank)";

export function createTranscriptions(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly alerts: AlertLog;
  readonly inform: Inform;
  readonly recordings: Recordings;
  /** The carrier's own address, `http://127.0.0.1:PORT`. */
  readonly baseUrl: () => string;
}): Transcriptions {
  const { clock, alerts, recordings } = parts;
  const known = new Map<string, Transcription>();
  return {
    get: (sid) => known.get(sid),
    remove: (sid) => known.delete(sid),
    list: () => [...known.values()].reverse(),
    begin(call, recording, words, callback) {
      const seconds = recordedSeconds(recording);
      const fits = seconds >= shortest && seconds <= longest;
      const sid = makeSid("TR", parts.random);
      const { accountSid } = call;
      const now = clock.now();
      const one: Transcription = {
        sid,
        accountSid,
        recordingSid: recording.sid,
        seconds,
        createdAt: now,
        updatedAt: now,
        status: "in-progress",
        text: "",
      };
      known.set(sid, one);
      if (known.size > limits.keptRecordings) for (const [oldest] of known) if (known.delete(oldest)) break;
      if (!fits) {
        const message = `Record: Recording length is out of range for transcription: expected ${shortest} to ${longest} s, found ${seconds}`;
        alerts.add({ level: "warning", code: 13617, message, callSid: call.sid });
      }
      clock.after(writingMs, () => {
        one.updatedAt = clock.now();
        one.status = fits ? "completed" : "failed";
        if (fits) one.text = words.join(" ") || blank;
        if (callback === null) return;
        const url = `${parts.baseUrl()}/2010-04-01/Accounts/${accountSid}`;
        parts.inform({
          about: "transcription",
          sid: call.sid,
          address: callback,
          parameters: [
            ...callParameters(call),
            ["TranscriptionSid", sid],
            ["TranscriptionText", one.text],
            ["TranscriptionStatus", one.status],
            ["TranscriptionUrl", `${url}/Recordings/${recording.sid}/Transcriptions/${sid}`],
            ["RecordingSid", recording.sid],
            ["RecordingUrl", recordings.urlOf(recording)],
          ],
        });
      });
    },
  };
}

/** Notes the person's words from now on, and those begun before; the answer stops it and gives them. */
export function noteWords(line: Line): () => readonly string[] {
  const begun = line.saying();
  const words = begun ? [begun.input.text] : [];
  const unlisten = line.listen({
    speech: ({ text }) => {
      if (words.length < limits.recordingStretches) words.push(text);
    },
  });
  return () => {
    unlisten();
    return words;
  };
}
