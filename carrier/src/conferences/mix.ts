/** Who hears whom in a conference (protocol 5): the muted and the held are not heard, a coach is heard by one, the held hear nobody. */
import { createLine, type Line, type Listener, type Relayed, speechMs } from "../calls/line.ts";
import type { Clock } from "../clock/clock.ts";
import { nobody } from "../people/nobody.ts";
import type { Media, Utterance } from "../people/person.ts";
import type { Conference, Participant } from "./conference.ts";

/** Lets everybody but one hear something. */
export function mix(room: Conference, what: Relayed, except: Participant): void {
  for (const one of room.participants.values()) if (one !== except && !one.hold) one.line.relay(what);
}

/** Passes on what a participant does, as far as it is heard. `spoke` is told how long it speaks, ms. */
export function relayFrom(room: Conference, from: Participant, spoke: (ms: number) => void): Listener {
  const pass = (what: Relayed): boolean => {
    if (room.status !== "in-progress" || from.muted || from.hold) return false;
    const coached = from.coaches === null ? undefined : room.participants.get(from.coaches);
    if (from.coaches === null) mix(room, what, from);
    else if (coached && !coached.hold) coached.line.relay(what);
    return true;
  };
  return {
    key: (key) => void pass({ key }),
    tone(tone, durationMs) {
      if (pass({ tone, durationMs })) room.line.sound(tone, durationMs);
    },
    speech(speech) {
      if (!pass({ speech })) return;
      // Whispers of a coach are not recorded.
      if (from.coaches === null) room.line.speak(speech);
      spoke(speechMs(speech));
    },
  };
}

/** A line on which an announcement is made: whoever it is for hears it over everything else. */
export function announcer(
  clock: Clock,
  listeners: () => readonly Participant[],
  { mediaMs }: { readonly mediaMs: number },
): Line {
  const tell = (announced: Extract<Relayed, { announced: unknown }>["announced"]) => {
    for (const one of listeners()) one.line.relay({ announced });
  };
  const hears = ({ utterance: _, ...words }: Utterance) => tell(words);
  const plays = ({ utterance: _, ...media }: Media) => tell(media);
  return createLine(clock, { ...nobody, hears, plays }, mediaMs);
}
