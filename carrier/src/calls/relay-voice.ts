/**
 * What a relay session says to the person, one after the other, and what it tells of it (`speaker-events`, `tokens-played`).
 * What is added together is one turn.
 */
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { Interrupting } from "../twiml/document.ts";

export interface Utterance {
  readonly interruptible: Interrupting;
  /** A text or media that come after it stop it. */
  readonly preemptible: boolean;
  readonly kind: "text" | "media" | "keys";
  /** "" when it is no speech. */
  readonly text: string;
  /** How long it takes to say; 0 when it is no speech. */
  readonly estimatedMs: number;
  play(stop: AbortSignal): Promise<void>;
}

export interface Voice {
  /** False when too much waits already: then nothing of it is said. */
  add(...turn: readonly Utterance[]): boolean;
  /** What is being said, since when, and what of it has been heard. */
  saying(): { readonly what: Utterance; readonly ms: number; readonly heard: string } | null;
  /** Nothing of all that is said any more. */
  silence(): void;
}

export interface VoiceEvents {
  agentSpeaking(value: "on" | "off"): void;
  tokensPlayed(text: string): void;
}

export function createVoice(clock: Clock, stop: AbortSignal, events: VoiceEvents): Voice {
  const queue: { readonly what: Utterance; readonly endsTurn: boolean }[] = [];
  let playing: { readonly what: Utterance; readonly cut: AbortController; readonly since: number } | null =
    null;
  let speaking = false;
  const setSpeaking = (value: boolean) => {
    if (speaking !== value) events.agentSpeaking(value ? "on" : "off");
    speaking = value;
  };
  const saying: Voice["saying"] = () => {
    if (playing === null) return null;
    const { what, since } = playing;
    const ms = clock.now() - since;
    const share = what.text === "" ? 0 : Math.min(1, ms / what.estimatedMs);
    return { what, ms, heard: what.text.slice(0, Math.round(what.text.length * share)) };
  };
  const next = () => {
    if (playing || stop.aborted) return;
    const first = queue.shift();
    if (!first) return;
    const { what, endsTurn } = first;
    const cut = new AbortController();
    playing = { what, cut, since: clock.now() };
    if (what.kind !== "keys") setSpeaking(true);
    void what.play(cut.signal).then(() => {
      const heard = cut.signal.aborted ? saying()!.heard : what.text;
      if (heard !== "") events.tokensPlayed(heard);
      playing = null;
      if (endsTurn || cut.signal.aborted) setSpeaking(false);
      next();
    });
  };
  return {
    saying,
    add(...turn) {
      // What may be preempted gives way to a text or media after it.
      if (turn.some(({ kind }) => kind !== "keys")) {
        while (queue.at(-1)?.what.preemptible) queue.pop();
        if (playing?.what.preemptible) playing.cut.abort();
      }
      if (queue.length + turn.length > limits.relayQueue) return false;
      for (const what of turn) queue.push({ what, endsTurn: what === turn.at(-1) });
      next();
      return true;
    },
    silence() {
      queue.length = 0;
      playing?.cut.abort();
    },
  };
}
