/**
 * Recordings: who sounded from when to when, and how; `wav.ts` makes a file of it.
 *
 * Life cycle: `start` gives a tape that listens to a line; `finish` cuts it; a moment later it is `completed` (or `absent`, when nothing
 * sounded), its media can be fetched and the application is told. Oldest forgotten first.
 */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random, rfc2822 } from "../ids.ts";
import { limits } from "../limits.ts";
import { openEar, type Stretch, type Track } from "../media/ear.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Address, Call } from "./call.ts";
import type { Line } from "./line.ts";

export type RecordingEvent = "in-progress" | "completed" | "absent";

export interface Recording {
  readonly sid: string;
  readonly accountSid: string;
  readonly callSid: string;
  /** Of a whole conference; `callSid` is then its first participant's. */
  readonly conferenceSid: string | null;
  /** By which a Stop knows it. */
  readonly name: string | null;
  readonly source:
    | "StartCallRecordingTwiML"
    | "RecordVerb"
    | "DialVerb"
    | "OutboundAPI"
    | "Conference"
    | "StartCallRecordingAPI";
  readonly track: Track | "both";
  readonly channels: 1 | 2;
  readonly startedAt: number;
  updatedAt: number;
  status: RecordingEvent | "processing" | "paused";
  /** Why it is absent: too short (16101) or silent (16102). */
  errorCode: 16101 | 16102 | null;
  /** null until it is cut. */
  durationMs: number | null;
  stretches: readonly Stretch[];
}

export interface RecordingRequest {
  readonly call: Call;
  readonly line: Line;
  readonly conferenceSid?: string;
  readonly source: Recording["source"];
  readonly name?: string | null;
  readonly channels: 1 | 2;
  readonly track: Recording["track"];
  readonly trimsSilence: boolean;
  readonly statusCallback: (Address & { readonly events: readonly RecordingEvent[] }) | null;
}

interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
  readonly skips: boolean;
}

export interface Tape {
  readonly recording: Recording;
  pause(skips: boolean): void;
  resume(): void;
  /** Ends it. False when it is empty: a Record in which nobody made a sound, or no time at all. */
  finish(): boolean;
}

export interface Recordings {
  start(request: RecordingRequest): Tape;
  get(sid: string): Recording | undefined;
  remove(sid: string): boolean;
  /** Pauses, goes on with or ends one that is running; false when none is. A pause is silence, or `skips` its time. */
  control(recording: Recording, status: "paused" | "in-progress" | "stopped", skips?: boolean): boolean;
  /** Newest first. */
  list(): Recording[];
  /** Where the media are, without an ending. */
  urlOf(recording: Recording): string;
}

/** Between the end of a recording and its being ready to be fetched, ms. An estimate of ours. */
const processingMs = 1000;

/** Whole seconds, at least one of what was not empty. */
export const recordedSeconds = ({ durationMs, stretches }: Recording) =>
  stretches.length === 0 && !durationMs ? 0 : Math.max(1, Math.round((durationMs ?? 0) / 1000));

export function createRecordings(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly inform: Inform;
  /** The carrier's own address, `http://127.0.0.1:PORT`. */
  readonly baseUrl: () => string;
}): Recordings {
  const { clock } = parts;
  const known = new Map<string, Recording>();
  const running = new Map<string, Tape>();
  const urlOf = ({ accountSid, sid }: Recording) =>
    `${parts.baseUrl()}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
  const become = (recording: Recording, status: Recording["status"]) => {
    recording.status = status;
    recording.updatedAt = clock.now();
  };
  const tell = (recording: Recording, { statusCallback: address, track }: RecordingRequest) => {
    const event = recording.status;
    if (address === null || event === "processing" || event === "paused" || !address.events.includes(event))
      return;
    const { sid, accountSid, callSid, conferenceSid, channels, source } = recording;
    parts.inform({
      about: "recording",
      sid: callSid,
      address,
      parameters: [
        ["AccountSid", accountSid],
        conferenceSid === null ? ["CallSid", callSid] : ["ConferenceSid", conferenceSid],
        ["RecordingSid", sid],
        ["RecordingUrl", urlOf(recording)],
        ["RecordingStatus", event],
        ...(event === "completed"
          ? ([["RecordingDuration", String(recordedSeconds(recording))]] as const)
          : []),
        ["RecordingChannels", String(channels)],
        ["RecordingSource", source],
        ["RecordingTrack", track],
        // Not of a Record, whose action is asked when it is over (Twilio, RecordingStatusCallback parameters).
        ...(source === "RecordVerb" ? [] : ([["RecordingStartTime", rfc2822(recording.startedAt)]] as const)),
      ],
    });
  };
  return {
    urlOf,
    get: (sid) => known.get(sid),
    remove: (sid) => known.delete(sid),
    list: () => [...known.values()].reverse(),
    control(recording, status, skips = false) {
      const tape = running.get(recording.sid);
      if (!tape) return false;
      if (status === "stopped") tape.finish();
      else if (status === "paused") tape.pause(skips);
      else tape.resume();
      return true;
    },
    start(request) {
      const { call, line, trimsSilence } = request;
      const recording: Recording = {
        sid: makeSid("RE", parts.random),
        accountSid: call.accountSid,
        callSid: call.sid,
        conferenceSid: request.conferenceSid ?? null,
        name: request.name ?? null,
        source: request.source,
        track: request.track,
        // One track alone is on one channel (Twilio, "How to record a single side of a call").
        channels: request.track === "both" ? request.channels : 1,
        startedAt: clock.now(),
        updatedAt: clock.now(),
        status: "in-progress",
        errorCode: null,
        durationMs: null,
        stretches: [],
      };
      known.set(recording.sid, recording);
      if (known.size > limits.keptRecordings) for (const [oldest] of known) if (known.delete(oldest)) break;
      const tracks = request.track === "both" ? (["inbound", "outbound"] as const) : [request.track];
      const ear = openEar(clock, line, tracks, limits.recordingStretches);
      const pauses: Pause[] = [];
      let paused: { readonly fromMs: number; readonly skips: boolean } | null = null;
      const goOn = () => {
        if (paused && pauses.length < limits.recordingPauses)
          pauses.push({ ...paused, toMs: clock.now() - recording.startedAt });
        paused = null;
      };
      tell(recording, request);
      let finished: boolean | null = null;
      const tape: Tape = {
        recording,
        pause(skips) {
          paused ??= { fromMs: clock.now() - recording.startedAt, skips };
          become(recording, "paused");
        },
        resume() {
          goOn();
          become(recording, "in-progress");
        },
        finish() {
          if (finished !== null) return finished;
          goOn();
          ear.close();
          running.delete(recording.sid);
          const lengthMs = clock.now() - recording.startedAt;
          Object.assign(recording, cut(ear.stretches, pauses, lengthMs, trimsSilence));
          const silent = recording.stretches.length === 0;
          const empty = silent && (recording.source === "RecordVerb" || recording.durationMs === 0);
          become(recording, "processing");
          clock.after(processingMs, () => {
            if (empty) recording.errorCode = lengthMs === 0 ? 16101 : 16102;
            become(recording, empty ? "absent" : "completed");
            tell(recording, request);
          });
          finished = !empty;
          return finished;
        },
      };
      running.set(recording.sid, tape);
      return tape;
    },
  };
}

/** Time that is kept, and where it then stands. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly atMs: number;
}

/** What of a recording was not paused. Skipped pauses take no time. */
function spansOf(pauses: readonly Pause[], lengthMs: number): Span[] {
  const spans: Span[] = [];
  let [fromMs, skipped] = [0, 0];
  for (const pause of [...pauses, { fromMs: lengthMs, toMs: lengthMs, skips: false }]) {
    spans.push({ fromMs, toMs: pause.fromMs, atMs: fromMs - skipped });
    if (pause.skips) skipped += pause.toMs - pause.fromMs;
    fromMs = pause.toMs;
  }
  return spans;
}

const kept = (stretches: readonly Stretch[], spans: readonly Span[]): Stretch[] =>
  stretches.flatMap((one) =>
    spans.flatMap((span) => {
      const fromMs = Math.max(one.fromMs, span.fromMs);
      const toMs = Math.min(one.toMs, span.toMs);
      if (fromMs >= toMs) return [];
      const moved = span.atMs - span.fromMs;
      const skipMs = one.skipMs + fromMs - one.fromMs;
      return [{ ...one, fromMs: fromMs + moved, toMs: toMs + moved, skipMs }];
    }),
  );

/** Stretches end with the recording; trimmed, it begins with the first and ends with the last of them. */
function cut(noted: readonly Stretch[], pauses: readonly Pause[], lengthMs: number, trims: boolean) {
  const within = kept(noted, spansOf(pauses, lengthMs));
  const skipped = pauses.reduce((sum, { fromMs, toMs, skips }) => sum + (skips ? toMs - fromMs : 0), 0);
  if (!trims) return { durationMs: lengthMs - skipped, stretches: within };
  if (within.length === 0) return { durationMs: 0, stretches: within };
  const fromMs = Math.min(...within.map((one) => one.fromMs));
  const toMs = Math.max(...within.map((one) => one.toMs));
  return { durationMs: toMs - fromMs, stretches: kept(within, [{ fromMs, toMs, atMs: 0 }]) };
}
