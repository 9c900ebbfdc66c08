/**
 * Listening for keys and words: the state machine of protocol 5, Gather, rules 1 to 3.
 * Gives what was collected; what follows from it (rules 4 to 6) is decided by `perform.ts`.
 */
import type { Cancel, Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { SpokenInput } from "../people/person.ts";
import type { GatherVerb } from "../twiml/document.ts";
import { type Line, speechMs } from "./line.ts";

export type Gathered =
  | { readonly kind: "digits"; readonly digits: string; readonly finishedOnKey: string }
  | { readonly kind: "speech"; readonly text: string; readonly confidence: number }
  | { readonly kind: "nothing"; readonly finishedOnKey: string };

/** The pause that ends speech when `speechTimeout` is `auto`, ms. An estimate of ours. */
const automaticPauseMs = 1000;
const defaultConfidence = 0.9;
/** Given as a reason, because a signal without one makes an error with a stack trace, which nobody reads. */
const heardEnough = "heard enough";

/**
 * Plays the prompts and listens. Resolves when the input is complete, when the timeout has passed, or when `stop` fires
 * (then with `nothing`, which nobody should look at).
 */
export function gather(
  clock: Clock,
  line: Line,
  verb: GatherVerb,
  stop: AbortSignal,
  playPrompts: (stop: AbortSignal) => Promise<void>,
): Promise<Gathered> {
  if (stop.aborted) return Promise.resolve({ kind: "nothing", finishedOnKey: "" });
  return new Promise((resolve) => {
    const prompts = new AbortController();
    const words: string[] = [];
    let confidence = defaultConfidence;
    let digits = "";
    let prompting = true;
    /** What is being said right now; null in silence. */
    let saying: string | null = null;
    let over = false;
    let spoken = false;
    let timer: Cancel = () => {};
    let speechCap: Cancel = () => {};
    let unlisten = () => {};

    const finish = (result: Gathered) => {
      if (over) return;
      over = true;
      timer();
      speechCap();
      stop.removeEventListener("abort", stopped);
      unlisten();
      prompts.abort(heardEnough);
      if (!line.closed) line.person.notListening();
      resolve(result);
    };
    const stopped = () => finish({ kind: "nothing", finishedOnKey: "" });
    const restart = (ms: number, then: () => void) => {
      timer();
      timer = clock.after(ms, then);
    };
    const collected = (finishedOnKey: string) =>
      finish(digits === "" ? { kind: "nothing", finishedOnKey } : { kind: "digits", digits, finishedOnKey });
    const submitSpeech = () => {
      // With bargeIn="false" the prompts are heard to their end first. [open] in the protocol.
      if (prompting && !prompts.signal.aborted) spoken = true;
      else finish({ kind: "speech", text: [...words, saying ?? ""].join(" ").trim(), confidence });
    };
    /** Silence runs from now on: the timeout of rules 1 and 2. */
    const awaitInput = () => restart(verb.timeoutSeconds * 1000, () => collected(""));

    const key = (pressed: string) => {
      if (!verb.dtmf || saying !== null || words.length > 0) return;
      prompts.abort(heardEnough);
      if (pressed === verb.finishOnKey) return collected(pressed);
      digits += pressed;
      if (verb.numDigits !== null && digits.length >= verb.numDigits) return collected("");
      awaitInput();
    };
    const speech = (input: SpokenInput) => {
      if (!verb.speech || digits !== "" || over) return;
      if (verb.bargeIn) prompts.abort(heardEnough);
      timer();
      if (saying === null && words.length === 0)
        speechCap = clock.after(Math.min(verb.maxSpeechSeconds * 1000, limits.gatherSpeechMs), submitSpeech);
      if (saying !== null) words.push(saying);
      saying = input.text;
      restart(speechMs(input), () => {
        saying = null;
        words.push(input.text);
        confidence = input.confidence ?? defaultConfidence;
        if (input.finished) submitSpeech();
        else restart(silenceMs(verb), submitSpeech);
      });
    };

    stop.addEventListener("abort", stopped);
    unlisten = line.listen({ key, speech });
    line.person.listening({
      input: [...(verb.dtmf ? (["dtmf"] as const) : []), ...(verb.speech ? (["speech"] as const) : [])],
      numDigits: verb.numDigits,
      timeoutSeconds: verb.timeoutSeconds,
      finishOnKey: verb.finishOnKey,
    });
    if (over) return;
    void playPrompts(prompts.signal).then(() => {
      prompting = false;
      if (over) return;
      if (spoken) submitSpeech();
      else if (digits === "" && saying === null && words.length === 0) awaitInput();
    });
  });
}

const silenceMs = (verb: GatherVerb) =>
  verb.speechTimeoutSeconds === "auto" ? automaticPauseMs : verb.speechTimeoutSeconds * 1000;
