/**
 * Recordings: what was said when. No sound is kept, only who sounded from when to when; `wav.ts` makes a tone of every stretch.
 *
 * Life cycle: `start` gives a tape that listens to a line; `finish` cuts it; a moment later it is `completed` (or `absent`, when nothing
 * sounded), its media can be fetched and the application is told. Oldest forgotten first.
 */
import type { Clock } from "../clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Address, Call } from "./call.ts";
import { type Line, speechMs } from "./line.ts";

export type RecordingEvent = "in-progress" | "completed" | "absent";

/** Somebody sounded: the person (`inbound`), or the application or whoever it is joined with (`outbound`). ms since the recording began. */
export interface Stretch {
  readonly track: "inbound" | "outbound";
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Recording {
  readonly sid: string;
  readonly accountSid: string;
  readonly callSid: string;
  /** Of a whole conference; `callSid` is then its first participant's. */
  readonly conferenceSid: string | null;
  readonly source: "RecordVerb" | "DialVerb" | "OutboundAPI" | "Conference" | "StartCallRecordingAPI";
  readonly track: "both" | "inbound";
  readonly channels: 1 | 2;
  readonly startedAt: number;
  updatedAt: number;
  status: RecordingEvent | "processing" | "paused";
  /** null until it is cut. */
  durationMs: number | null;
  stretches: readonly Stretch[];
}

export interface RecordingRequest {
  readonly call: Call;
  readonly line: Line;
  readonly conferenceSid?: string;
  readonly source: Recording["source"];
  readonly channels: 1 | 2;
  /** Whether what the person hears is recorded too. */
  readonly bothSides: boolean;
  readonly trimsSilence: boolean;
  readonly statusCallback: (Address & { readonly events: readonly RecordingEvent[] }) | null;
}

export interface Tape {
  readonly recording: Recording;
  /** Ends it. False when it is empty: a Record in which nobody made a sound, or no time at all. */
  finish(): boolean;
}

export interface Recordings {
  start(request: RecordingRequest): Tape;
  get(sid: string): Recording | undefined;
  remove(sid: string): boolean;
  /** Pauses, goes on with or ends one that is running; false when none is. What sounds during a pause is silence. */
  control(recording: Recording, status: "paused" | "in-progress" | "stopped"): boolean;
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
  const tell = (recording: Recording, { statusCallback: address, bothSides }: RecordingRequest) => {
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
        ["RecordingTrack", bothSides ? "both" : "inbound"],
      ],
    });
  };
  return {
    urlOf,
    get: (sid) => known.get(sid),
    remove: (sid) => known.delete(sid),
    list: () => [...known.values()].reverse(),
    control(recording, status) {
      const tape = running.get(recording.sid);
      if (!tape) return false;
      if (status === "stopped") tape.finish();
      else become(recording, status);
      return true;
    },
    start(request) {
      const { call, line, trimsSilence } = request;
      const recording: Recording = {
        sid: makeSid("RE", parts.random),
        accountSid: call.accountSid,
        callSid: call.sid,
        conferenceSid: request.conferenceSid ?? null,
        source: request.source,
        track: request.bothSides ? "both" : "inbound",
        channels: request.channels,
        startedAt: clock.now(),
        updatedAt: clock.now(),
        status: "in-progress",
        durationMs: null,
        stretches: [],
      };
      known.set(recording.sid, recording);
      if (known.size > limits.keptRecordings) for (const [oldest] of known) if (known.delete(oldest)) break;
      const stretches: Stretch[] = [];
      const unlisten = listen(clock, line, request.bothSides, stretches, () => recording.status === "paused");
      tell(recording, request);
      let finished: boolean | null = null;
      const tape: Tape = {
        recording,
        finish() {
          if (finished !== null) return finished;
          unlisten();
          running.delete(recording.sid);
          const lengthMs = clock.now() - recording.startedAt;
          Object.assign(recording, cut(stretches, lengthMs, trimsSilence));
          const silent = recording.stretches.length === 0;
          const empty = silent && (recording.source === "RecordVerb" || recording.durationMs === 0);
          become(recording, "processing");
          clock.after(processingMs, () => {
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

/** Notes who sounds when. What is being said as it begins is heard from there on. */
function listen(
  clock: Clock,
  line: Line,
  bothSides: boolean,
  stretches: Stretch[],
  paused: () => boolean,
): () => void {
  const startedAt = clock.now();
  const note = (track: Stretch["track"], ms: number) => {
    const fromMs = clock.now() - startedAt;
    if (!paused() && stretches.length < limits.recordingStretches)
      stretches.push({ track, fromMs, toMs: fromMs + ms });
  };
  const already = line.saying()?.leftMs ?? 0;
  if (already > 0) note("inbound", already);
  return line.listen({
    // Typed words take no time on the line; they are given the time that saying them would take.
    speech: (input) => note("inbound", speechMs(input) || estimatedSpeechMs(input.text)),
    tone: (_tone, ms) => note("inbound", ms),
    ...(bothSides && {
      told: (ms: number) => note("outbound", ms),
      cutShort() {
        const at = stretches.findLastIndex(({ track }) => track === "outbound");
        const last = stretches[at];
        if (last) stretches[at] = { ...last, toMs: Math.min(last.toMs, clock.now() - startedAt) };
      },
    }),
  });
}

/** Stretches end with the recording; trimmed, it begins with the first and ends with the last of them. */
function cut(noted: readonly Stretch[], lengthMs: number, trims: boolean) {
  const within = noted.map((one) => ({ ...one, toMs: Math.min(one.toMs, lengthMs) }));
  if (!trims || within.length === 0) return { durationMs: trims ? 0 : lengthMs, stretches: within };
  const from = Math.min(...within.map(({ fromMs }) => fromMs));
  const to = Math.max(...within.map(({ toMs }) => toMs));
  const stretches = within.map((one) => ({ ...one, fromMs: one.fromMs - from, toMs: one.toMs - from }));
  return { durationMs: to - from, stretches };
}
