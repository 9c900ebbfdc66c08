/** How a call is asked to find out whether a machine answered (protocol 7): the same five settings in REST and on nouns of Dial. */
import { wholeNumber } from "./attributes.ts";

export interface MachineDetection {
  /** `DetectMessageEnd` waits for the end of a machine's greeting. */
  readonly mode: "Enable" | "DetectMessageEnd";
  /** The whole detection, ms. */
  readonly timeoutMs: number;
  /** Speech that lasts longer is a machine's, ms. */
  readonly speechThresholdMs: number;
  /** Silence after which speech is over, ms. */
  readonly speechEndThresholdMs: number;
  /** Initial silence after which nobody knows, ms. */
  readonly silenceTimeoutMs: number;
}

/** Name, least, most and default (protocol 7); the timeout in seconds, the others in milliseconds. */
const bounds = {
  Timeout: [3, 60, 30],
  SpeechThreshold: [1000, 6000, 2400],
  SpeechEndThreshold: [500, 5000, 1200],
  SilenceTimeout: [2000, 10_000, 5000],
} as const;

/**
 * The settings, null when no detection is wanted, or a sentence about the first wrong value.
 * `get` gives the value of `MachineDetection` + its argument, in whatever spelling its document has.
 */
export function readMachineDetection(
  get: (suffix: string) => string | null | undefined,
): MachineDetection | string | null {
  const mode = get("");
  if (!mode) return null;
  if (mode !== "Enable" && mode !== "DetectMessageEnd")
    return `MachineDetection: expected Enable or DetectMessageEnd, found ${mode}`;
  const values: Record<string, number> = {};
  for (const [name, [least, most, otherwise]] of Object.entries(bounds)) {
    const given = get(name) || String(otherwise);
    const value = wholeNumber(given, least, Number.MAX_SAFE_INTEGER);
    if (value === null || value > most)
      return `MachineDetection${name}: expected ${least} to ${most}, found ${given}`;
    values[name] = value;
  }
  return {
    mode,
    timeoutMs: values.Timeout! * 1000,
    speechThresholdMs: values.SpeechThreshold!,
    speechEndThresholdMs: values.SpeechEndThreshold!,
    silenceTimeoutMs: values.SilenceTimeout!,
  };
}
