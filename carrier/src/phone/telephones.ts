/**
 * The telephones in people's browsers: calls they have made, and lines at which they are called (a number, a client's name, a SIP address).
 *
 * Life cycle: one per carrier. A line is open from `open` to `close`, or until no browser has listened to it for 30 s; a call that nobody
 * listens to for as long is hung up. Several lines at one address ring together. A line with a call is busy.
 */
import type { Call } from "../calls/call.ts";
import type { Cancel, Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import { type BrowserPerson, createBrowserPerson } from "../people/browser-person.ts";
import { createEventLog, type EventLog } from "../people/event-log.ts";
import { createFork } from "../people/fork.ts";
import type { Person } from "../people/person.ts";

/** A browser that has to stay there: `arrive` and `leave` count its connections. */
interface Presence {
  arrive(): void;
  leave(): void;
  /** Nobody is waited for any more. */
  stop(): void;
}

export interface PhoneCall {
  readonly id: string;
  readonly callSid: string;
  readonly person: BrowserPerson;
  readonly presence: Presence;
  /** Lets music sound to the other side until it is taken back. */
  hold(on: boolean): void;
}

export type LineEvent =
  | { type: "open"; at: string }
  | { type: "incoming"; call: string; callSid: string; from: string; to: string }
  | { type: "closed" };

export interface PhoneLine {
  readonly id: string;
  readonly at: string;
  readonly events: EventLog<LineEvent>;
  readonly presence: Presence;
  /** The last call that came in here. */
  call: PhoneCall | null;
  closed: boolean;
}

export interface Telephones {
  /** A browser has dialled. */
  dialled(callSid: string, person: BrowserPerson): PhoneCall;
  call(id: string): PhoneCall | undefined;
  /** Who is or was on this call at a browser; of several that rang the one that took it. */
  personOn(callSid: string): BrowserPerson | undefined;
  /** Null when there are too many. */
  open(at: string): PhoneLine | null;
  line(id: string): PhoneLine | undefined;
  close(line: PhoneLine): void;
  /** Who takes this call, if a browser has a line at its address. */
  at(call: Call): Person | "busy" | undefined;
}

export function createTelephones({ clock, random }: { clock: Clock; random: Random }): Telephones {
  const calls = new Map<string, PhoneCall>();
  const lines = new Map<string, PhoneLine>();

  const remember = (callSid: string, person: BrowserPerson): PhoneCall => {
    const id = makeSid("PH", random);
    const gone = () => {
      if (!person.over) person.handset?.hangUp();
    };
    const call = {
      id,
      callSid,
      person,
      presence: createPresence(clock, gone),
      hold: createHold(clock, person),
    };
    calls.set(id, call);
    if (calls.size > limits.keptPhoneCalls)
      for (const [old, { person }] of calls)
        if (person.over) {
          calls.delete(old);
          break;
        }
    return call;
  };
  const close = (line: PhoneLine) => {
    if (line.closed) return;
    line.closed = true;
    line.presence.stop();
    lines.delete(line.id);
    if (line.call && !line.call.person.over) line.call.person.handset?.hangUp();
    line.events.emit({ type: "closed" });
  };
  return {
    dialled: remember,
    call: (id) => calls.get(id),
    personOn(callSid) {
      const people = [...calls.values()]
        .filter((call) => call.callSid === callSid)
        .map(({ person }) => person);
      return people.find(({ transcript }) => transcript.some(({ what }) => what === "answered")) ?? people[0];
    },
    open(at) {
      if (lines.size >= limits.phoneLines) return null;
      const events = createEventLog<LineEvent>();
      const presence = createPresence(clock, () => close(line));
      const line: PhoneLine = { id: makeSid("PL", random), at, events, presence, call: null, closed: false };
      lines.set(line.id, line);
      events.emit({ type: "open", at });
      return line;
    },
    line: (id) => lines.get(id),
    close,
    at({ to, from, sid: callSid }) {
      const here = [...lines.values()].filter(({ at }) => at === to);
      if (here.length === 0) return undefined;
      const free = here.filter(({ call }) => call === null || call.person.over);
      if (free.length === 0) return "busy";
      return createFork(
        free.map((line) => {
          const person = createBrowserPerson();
          line.call = remember(callSid, person);
          line.events.emit({ type: "incoming", call: line.call.id, callSid, from, to });
          return person;
        }),
      );
    },
  };
}

function createHold(clock: Clock, person: BrowserPerson): PhoneCall["hold"] {
  let again: Cancel | null = null;
  const play = () => {
    if (person.over) return;
    person.handset?.sound("music", limits.phoneHoldMs);
    again = clock.after(limits.phoneHoldMs, play);
  };
  return (on) => {
    if (on === (again !== null)) return;
    if (on) return play();
    again?.();
    again = null;
    person.handset?.sound("music", 0);
  };
}

/** Calls `gone` when nobody has been there for as long as the limit says, from the beginning. */
function createPresence(clock: Clock, gone: () => void): Presence {
  let here = 0;
  let stopped = false;
  let waiting: Cancel = clock.after(limits.phoneGoneMs, gone);
  return {
    arrive() {
      here++;
      waiting();
    },
    leave() {
      if (--here === 0 && !stopped) waiting = clock.after(limits.phoneGoneMs, gone);
    },
    stop() {
      stopped = true;
      waiting();
    },
  };
}
