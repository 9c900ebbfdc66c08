/**
 * The wire between a call and its person: sound one way, keys, words and tones the other.
 * Whoever waits for input listens; when nobody does, keys and words go nowhere, as on a real line. Several may listen at once
 * (a Gather, a recording, machine detection, the person at the other end of a Dial).
 */
import type { Clock } from "../clock.ts";
import { limits } from "../limits.ts";
import { keyMs, keysSound, lengthOfKeys } from "../media/keys.ts";
import type { Playable } from "../media/library.ts";
import { music as holdSound } from "../media/music.ts";
import type { Sound } from "../media/sound.ts";
import type { Media, Person, SpokenInput, Tone, Utterance } from "../people/person.ts";
import type { PlayVerb, SayVerb } from "../twiml/document.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";

export interface Listener {
  key?(key: string): void;
  speech?(input: SpokenInput): void;
  tone?(tone: Tone, durationMs: number): void;
  /** Something is played to the person, and takes so long; `sound` where it is known. */
  told?(durationMs: number, words?: string, sound?: Sound): void;
  /** It stops before its time. */
  cutShort?(): void;
}

export interface Line {
  readonly person: Person;
  /** True once the call is over: nothing is told to the person any more. */
  closed: boolean;
  /** Hears what comes from the person from now on. The answer stops it. */
  listen(listener: Listener): () => void;
  /** From the person: a key, words, a tone. */
  press(key: string): void;
  speak(input: SpokenInput): void;
  sound(tone: Tone, durationMs?: number): void;
  /** What the person is saying this very moment and how long it still takes, or null. */
  saying(): { readonly input: SpokenInput; readonly leftMs: number } | null;
  /** One repetition of a Say. Comes back when it was heard, or at once when `stop` fires. */
  say(verb: SayVerb, stop: AbortSignal): Promise<void>;
  /** One repetition of a Play: keys, or media that somebody has measured; of others it is taken that they last `mediaMs`. */
  play(verb: Pick<PlayVerb, "url" | "digits">, stop: AbortSignal, media?: Playable): Promise<void>;
  /** What the person at the other end of a Dial says, presses or lets sound. Nobody waits for it. */
  relay(what: Relayed): void;
  /** Music without an end, until `stop` fires: what is heard on hold. */
  music(stop: AbortSignal): Promise<void>;
  /** Waits `ms`, or until `stop` fires. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
  /** The person says that it has heard an utterance to its end. */
  heard(utterance: number): void;
}

/** What comes from somebody else on the same call: a person, or an announcement to a conference. */
export type Relayed =
  | { readonly speech: SpokenInput }
  | { readonly key: string }
  | { readonly tone: Tone; readonly durationMs?: number }
  | { readonly announced: Omit<Utterance, "utterance"> | Omit<Media, "utterance"> };

/** What music on hold is called where media have URLs. */
export const holdMusic = "hold music";

/** A person that paces speech itself is waited for this many times the estimate, then the call goes on. */
const patience = 3;
/** Length of tones, ms. Estimates of ours. */
export const toneMs: Readonly<Record<Tone, number>> = { beep: 500, fax: 3000, music: 5000, noise: 500 };

/** How long words take to say, ms. */
export const speechMs = (input: SpokenInput) => input.durationMs ?? estimatedSpeechMs(input.text);

export function createLine(clock: Clock, person: Person, mediaMs: number): Line {
  const listeners = new Set<Listener>();
  let utterances = 0;
  let pending: { utterance: number; go: () => void } | null = null;
  let said: { input: SpokenInput; until: number } | null = null;

  const wait = (ms: number, stop: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (stop.aborted) return resolve();
      const done = () => {
        cancel();
        stop.removeEventListener("abort", done);
        resolve();
      };
      const cancel = clock.after(ms, done);
      stop.addEventListener("abort", done);
      if (pending) pending.go = done;
    });
  const toAll = (tell: (listener: Listener) => void) => {
    for (const listener of [...listeners]) if (listeners.has(listener)) tell(listener);
  };
  const sound = async (
    utterance: number,
    estimatedMs: number,
    stop: AbortSignal,
    words?: string,
    heard?: Sound,
  ) => {
    toAll((listener) => listener.told?.(estimatedMs, words, heard));
    if (person.pacesSpeech) pending = { utterance, go: () => {} };
    await wait(person.pacesSpeech ? estimatedMs * patience : estimatedMs, stop);
    pending = null;
    if (stop.aborted) toAll((listener) => listener.cutShort?.());
    if (line.closed) return;
    if (stop.aborted) person.interrupted();
    else person.finished(utterance);
  };
  /** Sound that lasts as long as it lasts, whatever this person does. */
  const passing = (utterance: number, ms: number) =>
    void clock.after(ms, () => {
      if (!line.closed) person.finished(utterance);
    });
  const line: Line = {
    person,
    closed: false,
    wait,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    press: (key) => toAll((listener) => listener.key?.(key)),
    speak(input) {
      said = { input, until: clock.now() + speechMs(input) };
      toAll((listener) => listener.speech?.(input));
    },
    sound: (tone, durationMs = toneMs[tone]) => toAll((listener) => listener.tone?.(tone, durationMs)),
    saying() {
      const leftMs = said === null ? -1 : said.until - clock.now();
      return said === null || leftMs < 0 ? null : { input: said.input, leftMs };
    },
    say({ text, voice, language, estimatedMs }, stop) {
      if (stop.aborted || text === "") return Promise.resolve();
      const utterance = ++utterances;
      person.hears({ utterance, text, voice, language, estimatedMs });
      return sound(utterance, estimatedMs, stop, text);
    },
    play({ url, digits }, stop, media = { ms: mediaMs, sound: holdSound }) {
      if (stop.aborted) return Promise.resolve();
      const utterance = ++utterances;
      const { ms: estimatedMs, sound: heard } =
        digits === null ? media : { ms: lengthOfKeys(digits), sound: keysSound(digits) };
      person.plays({ utterance, url, digits, estimatedMs, sound: heard });
      return sound(utterance, estimatedMs, stop, undefined, heard);
    },
    relay(what) {
      if (line.closed) return;
      if ("tone" in what && what.tone !== "music") return person.beeps?.(what.tone);
      const utterance = ++utterances;
      if ("tone" in what) {
        const estimatedMs = what.durationMs ?? toneMs.music;
        toAll((listener) => listener.told?.(estimatedMs, undefined, holdSound));
        person.plays({ utterance, url: holdMusic, digits: null, estimatedMs });
        return passing(utterance, estimatedMs);
      }
      if ("announced" in what) {
        const { announced } = what;
        toAll((listener) => listener.told?.(announced.estimatedMs, undefined, announced.sound));
        if ("text" in announced) person.hears({ ...announced, utterance });
        else person.plays({ ...announced, utterance });
        return passing(utterance, announced.estimatedMs);
      }
      toAll((listener) =>
        "key" in what ? listener.told?.(keyMs) : listener.told?.(speechMs(what.speech), what.speech.text),
      );
      if ("key" in what) {
        person.plays({ utterance, url: null, digits: what.key, estimatedMs: keyMs });
        return passing(utterance, keyMs);
      }
      const estimatedMs = speechMs(what.speech);
      person.hears({ utterance, text: what.speech.text, voice: "person", language: "", estimatedMs });
      passing(utterance, estimatedMs);
    },
    music(stop) {
      if (stop.aborted || line.closed) return Promise.resolve();
      person.plays({ utterance: ++utterances, url: holdMusic, digits: null, estimatedMs: limits.callMs });
      toAll((listener) => listener.told?.(limits.callMs, undefined, holdSound));
      return new Promise((resolve) => {
        const over = () => {
          toAll((listener) => listener.cutShort?.());
          if (!line.closed) person.interrupted();
          resolve();
        };
        stop.addEventListener("abort", over, { once: true });
      });
    },
    heard(utterance) {
      if (pending?.utterance === utterance) pending.go();
    },
  };
  return line;
}
