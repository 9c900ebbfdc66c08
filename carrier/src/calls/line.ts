/**
 * The wire between a call and its person: sound one way, keys, words and tones the other.
 * Whoever waits for input listens; when nobody does, keys and words go nowhere, as on a real line. Several may listen at once
 * (a Gather, a recording, machine detection, the person at the other end of a Dial).
 */
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import { keyMs, keysSound, lengthOfKeys } from "../media/keys.ts";
import type { Playable } from "../media/library.ts";
import { music as holdSound } from "../media/music.ts";
import type { Sound } from "../media/sound.ts";
import { toneSounds } from "../media/tones.ts";
import { voice as spoken } from "../media/voice.ts";
import type { Media, Person, SpokenInput, Tone, Utterance } from "../people/person.ts";
import type { PlayVerb, SayVerb } from "../twiml/document.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";

export interface Listener {
  key?(key: string): void;
  speech?(input: SpokenInput): void;
  tone?(tone: Tone, durationMs: number): void;
  /** Something is played to the person, and takes so long. */
  told?(durationMs: number, words: string | undefined, sound: Sound): void;
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
  /** What is being played to it, and what of it is left, or null. */
  telling(): Telling | null;
  /** One repetition of a Say. Comes back when it was heard, or at once when `stop` fires. */
  say(verb: SayVerb, stop: AbortSignal): Promise<void>;
  /** One repetition of a Play: keys, or media that somebody has measured; of others it is taken that they last `mediaMs`. */
  play(verb: Pick<PlayVerb, "url" | "digits">, stop: AbortSignal, media?: Playable): Promise<void>;
  /** What the person at the other end of a Dial says, presses or lets sound. Nobody waits for it. */
  relay(what: Relayed): void;
  /** Music without an end, until `stop` fires: what is heard on hold. */
  music(stop: AbortSignal): Promise<void>;
  /** Sound that comes in pieces, nobody knows how many. `url` is what it is called. */
  begin(url: string): Begun;
  /** The beep before a recording; the person is told when it is over. */
  beep(stop: AbortSignal): Promise<void>;
  /** Waits `ms`, or until `stop` fires. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
  /** The person says that it has heard an utterance to its end. */
  heard(utterance: number): void;
}

export interface Begun {
  /** The next piece; pieces of one sound that follow one another are one. */
  more(ms: number, sound: Sound): void;
  /** It is over, or `cut` before its time. */
  end(cut: boolean): void;
}

export interface Telling {
  readonly sound: Sound;
  readonly ms: number;
  readonly leftMs: number;
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
const toneMs: Readonly<Record<Tone, number>> = { beep: 500, fax: 3000, music: 5000, noise: 500 };

/** How long words take to say, ms. */
export const speechMs = (input: SpokenInput) => input.durationMs ?? estimatedSpeechMs(input.text);

export function createLine(clock: Clock, person: Person, mediaMs: number): Line {
  const listeners = new Set<Listener>();
  let utterances = 0;
  let pending: { utterance: number; go: () => void } | null = null;
  let said: { input: SpokenInput; until: number } | null = null;
  let toldLast: { sound: Sound; ms: number; until: number } | null = null;

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
  const tell = (ms: number, sound: Sound, words?: string) => {
    toldLast = { sound, ms, until: clock.now() + ms };
    toAll((listener) => listener.told?.(ms, words, sound));
  };
  const cut = () => {
    toldLast = null;
    toAll((listener) => listener.cutShort?.());
  };
  const sound = async (
    utterance: number,
    estimatedMs: number,
    stop: AbortSignal,
    heard: Sound,
    words?: string,
  ) => {
    tell(estimatedMs, heard, words);
    if (person.pacesSpeech) pending = { utterance, go: () => {} };
    await wait(person.pacesSpeech ? estimatedMs * patience : estimatedMs, stop);
    pending = null;
    if (stop.aborted) cut();
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
    telling() {
      const leftMs = toldLast === null ? 0 : toldLast.until - clock.now();
      return toldLast === null || leftMs <= 0 ? null : { ...toldLast, leftMs };
    },
    say({ text, voice, language, estimatedMs }, stop) {
      if (stop.aborted || text === "") return Promise.resolve();
      const utterance = ++utterances;
      const heard = spoken(text, "application", estimatedMs);
      person.hears({ utterance, text, voice, language, estimatedMs, sound: heard });
      return sound(utterance, estimatedMs, stop, heard, text);
    },
    play({ url, digits }, stop, media = { ms: mediaMs, sound: holdSound }) {
      if (stop.aborted) return Promise.resolve();
      const utterance = ++utterances;
      const { ms: estimatedMs, sound: heard } =
        digits === null ? media : { ms: lengthOfKeys(digits), sound: keysSound(digits) };
      person.plays({ utterance, url, digits, estimatedMs, sound: heard });
      return sound(utterance, estimatedMs, stop, heard);
    },
    relay(what) {
      if (line.closed) return;
      if ("tone" in what && what.tone !== "music") {
        tell(what.durationMs ?? toneMs[what.tone], toneSounds[what.tone]);
        return person.beeps?.(what.tone);
      }
      const utterance = ++utterances;
      if ("tone" in what) {
        const estimatedMs = what.durationMs ?? toneMs.music;
        if (estimatedMs === 0) {
          toAll((listener) => listener.cutShort?.());
          return person.interrupted();
        }
        tell(estimatedMs, holdSound);
        person.plays({ utterance, url: holdMusic, digits: null, estimatedMs, sound: holdSound });
        return passing(utterance, estimatedMs);
      }
      if ("announced" in what) {
        const { announced } = what;
        tell(announced.estimatedMs, announced.sound ?? holdSound);
        if ("text" in announced) person.hears({ ...announced, utterance });
        else person.plays({ ...announced, utterance });
        return passing(utterance, announced.estimatedMs);
      }
      if ("key" in what) {
        const heard = keysSound(what.key);
        tell(keyMs, heard);
        person.plays({ utterance, url: null, digits: what.key, estimatedMs: keyMs, sound: heard });
        return passing(utterance, keyMs);
      }
      const { text } = what.speech;
      const estimatedMs = speechMs(what.speech);
      const heard = what.speech.sound ?? spoken(text, "person", estimatedMs || estimatedSpeechMs(text));
      tell(estimatedMs, heard, text);
      person.hears({ utterance, text, voice: "person", language: "", estimatedMs, sound: heard });
      passing(utterance, estimatedMs);
    },
    music(stop) {
      if (stop.aborted || line.closed) return Promise.resolve();
      const estimatedMs = limits.callMs;
      person.plays({ utterance: ++utterances, url: holdMusic, digits: null, estimatedMs, sound: holdSound });
      tell(estimatedMs, holdSound);
      return new Promise((resolve) => {
        const over = () => {
          cut();
          if (!line.closed) person.interrupted();
          resolve();
        };
        stop.addEventListener("abort", over, { once: true });
      });
    },
    begin(url) {
      const utterance = ++utterances;
      const since = clock.now();
      if (!line.closed) person.plays({ utterance, url, digits: null, estimatedMs: 0 });
      return {
        more(ms, heard) {
          if (!line.closed) tell(ms, heard);
        },
        end(cutOff) {
          if (cutOff) cut();
          if (line.closed) return;
          person.lasted?.(utterance, clock.now() - since);
          if (cutOff) person.interrupted();
          else person.finished(utterance);
        },
      };
    },
    async beep(stop) {
      if (stop.aborted) return;
      tell(toneMs.beep, toneSounds.beep);
      await wait(toneMs.beep, stop);
      if (stop.aborted) cut();
    },
    heard(utterance) {
      if (pending?.utterance === utterance) pending.go();
    },
  };
  return line;
}
