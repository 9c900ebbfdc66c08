/**
 * What happens when the far end of a call placed by REST picks up (protocol 6 and 7): it is recorded, listened to by machine detection,
 * keys are pressed, and then the application is asked what to do.
 */
import type { Clock } from "../clock/clock.ts";
import type { MachineDetection } from "../twiml/machine-detection.ts";
import type { Inform } from "../webhooks/inform.ts";
import { type Address, type CallRequest, type Verdict, verdictParameters } from "./call.ts";
import type { LiveCall, PickUp } from "./live-call.ts";
import type { Source } from "./load-document.ts";
import { detectMachine } from "./machine-detection.ts";
import { type RecordingRequest, type Recordings, recordedSeconds } from "./recordings.ts";
import { reportVerdict } from "./verdict.ts";

export interface OutboundRequest {
  readonly call: CallRequest;
  readonly source: Source;
  readonly ringSeconds: number;
  readonly limitSeconds: number;
  /** It is dialled this long after its turn has come. */
  readonly delaySeconds?: number;
  /** Keys pressed at the answer, before anything else. */
  readonly sendDigits: string | null;
  readonly detection: {
    readonly settings: MachineDetection;
    /** The application is asked at once and the verdict told to the callback, if there is one. */
    readonly beside: boolean;
    readonly callback: Address | null;
  } | null;
  readonly record: Pick<RecordingRequest, "channels" | "track" | "trimsSilence" | "statusCallback"> | null;
  /** Told before the source is performed. */
  readonly answered?: () => void;
}

export function preparePickUp(
  parts: { readonly clock: Clock; readonly inform: Inform; readonly recordings: Recordings },
  request: OutboundRequest,
  one: LiveCall,
  { start, guard }: { start(source: Source): void; guard(work: Promise<void>): void },
): PickUp {
  const { source, detection, sendDigits, record } = request;
  const { call, line } = one;
  /** Fires when REST gives the call something else to do, or it ends. */
  const stop = one.run.signal;
  let verdict: Promise<Verdict | null> | null = null;

  const recordCall = (how: NonNullable<OutboundRequest["record"]>) => {
    const tape = parts.recordings.start({ ...how, call, line, source: "OutboundAPI" });
    one.over.signal.addEventListener("abort", () => {
      if (!tape.finish()) return;
      const { recording } = tape;
      const url = parts.recordings.urlOf(recording);
      call.recording = { sid: recording.sid, url, seconds: recordedSeconds(recording) };
    });
  };
  const converse = async () => {
    if (sendDigits !== null) await line.play({ url: null, digits: sendDigits }, stop);
    if (verdict !== null) {
      const found = await verdict;
      if (found === null) return;
      call.verdict = found;
      return start(withParameters(source, verdictParameters(found)));
    }
    if (!stop.aborted) start(source);
  };
  return {
    prepare() {
      if (record) recordCall(record);
      if (detection?.beside) guard(reportVerdict(parts, one, detection.settings, detection.callback));
      else if (detection) verdict = detectMachine(parts.clock, line, detection.settings, stop);
    },
    begin() {
      request.answered?.();
      guard(converse());
    },
  };
}

const withParameters = (source: Source, more: readonly (readonly [string, string])[]): Source =>
  source.kind !== "url" ? source : { ...source, parameters: [...source.parameters, ...more] };
