/** What a relay session hears of the person and tells as prompts: whole, and along the way when partial prompts are asked for. */
import type { Cancel, Clock } from "../clock/clock.ts";
import type { SpokenInput } from "../people/person.ts";
import type { RelayRecogniser } from "../twiml/document.ts";
import { hearAlong } from "./hear-along.ts";
import { speechMs } from "./line.ts";

/** Partial prompts and a judgement of its own on the end of a turn (Twilio, <ConversationRelay>). */
export const hasPartials = ({ provider, model }: RelayRecogniser) =>
  provider === "deepgram" && model.startsWith("flux");

export interface EarEvents {
  clientSpeaking(value: "on" | "off"): void;
  /** True if what is being said now counts. */
  counts(): boolean;
  /** Whether it is told along the way, and after how much silence it is told as a whole, ms. */
  recogniser(): { readonly partial: boolean; readonly silenceMs: number };
  prompt(words: string, last: boolean): void;
}

export function createEar(clock: Clock, { clientSpeaking, counts, recogniser, prompt }: EarEvents) {
  /** What the person has said since it was last silent. */
  let words: string[] = [];
  let speaking = false;
  let stopSpeaking: Cancel = () => {};
  let stopHearing: Cancel = () => {};
  let quiet: Cancel = () => {};
  return {
    hear(input: SpokenInput) {
      const ms = speechMs(input);
      if (!speaking) clientSpeaking("on");
      speaking = true;
      stopSpeaking();
      stopSpeaking = clock.after(ms, () => {
        speaking = false;
        clientSpeaking("off");
      });
      if (!counts()) return;
      const { partial, silenceMs } = recogniser();
      const before = [...words];
      words.push(input.text);
      stopHearing();
      const some = (heard: string) => prompt([...before, heard].join(" "), false);
      // The end of it comes with the whole prompt.
      if (partial) stopHearing = hearAlong(clock, input, { some, all() {} });
      quiet();
      quiet = clock.after(ms + (input.finished ? 0 : silenceMs), () => {
        const whole = words.join(" ");
        words = [];
        if (partial) prompt(whole, false);
        prompt(whole, true);
      });
    },
    close() {
      stopSpeaking();
      stopHearing();
      quiet();
    },
  };
}
