/**
 * The wire between a call and its person: sound one way, keys and words the other.
 * Whoever waits for input sets `listener`; without one, keys and words go nowhere, as on a real line.
 */
import type { Clock } from "../clock.ts";
import type { Person, SpokenInput } from "../people/person.ts";
import type { PlayVerb, SayVerb } from "../twiml/document.ts";

export interface Listener {
  key(key: string): void;
  speech(input: SpokenInput): void;
}

export interface Line {
  readonly person: Person;
  listener: Listener | null;
  /** True once the call is over: nothing is told to the person any more. */
  closed: boolean;
  /** One repetition of a Say. Comes back when it was heard, or at once when `stop` fires. */
  say(verb: SayVerb, stop: AbortSignal): Promise<void>;
  /** One repetition of a Play; media are not fetched, they last `mediaMs`. */
  play(verb: PlayVerb, stop: AbortSignal): Promise<void>;
  /** Waits `ms`, or until `stop` fires. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
  /** The person says that it has heard an utterance to its end. */
  heard(utterance: number): void;
}

/** A person that paces speech itself is waited for this many times the estimate, then the call goes on. */
const patience = 3;
/** Length of one DTMF tone with its gap, ms. */
const toneMs = 200;

export function createLine(clock: Clock, person: Person, mediaMs: number): Line {
  let utterances = 0;
  let pending: { utterance: number; go: () => void } | null = null;

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
  const sound = async (utterance: number, estimatedMs: number, stop: AbortSignal) => {
    if (person.pacesSpeech) pending = { utterance, go: () => {} };
    await wait(person.pacesSpeech ? estimatedMs * patience : estimatedMs, stop);
    pending = null;
    if (line.closed) return;
    if (stop.aborted) person.interrupted();
    else person.finished(utterance);
  };
  const line: Line = {
    person,
    listener: null,
    closed: false,
    wait,
    say({ text, voice, language, estimatedMs }, stop) {
      if (stop.aborted || text === "") return Promise.resolve();
      const utterance = ++utterances;
      person.hears({ utterance, text, voice, language, estimatedMs });
      return sound(utterance, estimatedMs, stop);
    },
    play({ url, digits }, stop) {
      if (stop.aborted) return Promise.resolve();
      const utterance = ++utterances;
      const estimatedMs = digits === null ? mediaMs : lengthOfKeys(digits);
      person.plays({ utterance, url, digits, estimatedMs });
      return sound(utterance, estimatedMs, stop);
    },
    heard(utterance) {
      if (pending?.utterance === utterance) pending.go();
    },
  };
  return line;
}

/** `w` is half a second, `W` a second (protocol 5, Play). */
function lengthOfKeys(digits: string): number {
  let ms = 0;
  for (const key of digits) ms += key === "w" ? 500 : key === "W" ? 1000 : toneMs;
  return ms;
}
