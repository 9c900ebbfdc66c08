/**
 * Scripted people by their call, the oldest forgotten first. Of people whose call is over only what they remember is kept: a person that
 * still has a handset holds the whole call with it.
 */
import { nobody } from "./nobody.ts";
import type { ScriptedPerson } from "./transcript.ts";

export interface Remembered {
  get(callSid: string): ScriptedPerson | undefined;
  add(callSid: string, person: ScriptedPerson): void;
  /** Remembered at the moment. */
  size(): number;
}

/** So many more people are looked through for those whose call is over. */
const round = 200;

/** `most` people. */
export function createRemembered(most: number): Remembered {
  const known = new Map<string, ScriptedPerson>();
  /** Whose call was not over when it was looked at last. */
  let onCalls: string[] = [];
  let lookAt = round;
  return {
    get: (callSid) => known.get(callSid),
    size: () => known.size,
    add(callSid, person) {
      known.set(callSid, person);
      if (known.size > most) for (const [oldest] of known) if (known.delete(oldest)) break;
      onCalls.push(callSid);
      if (onCalls.length < lookAt) return;
      onCalls = onCalls.filter((sid) => {
        const one = known.get(sid);
        if (one && one.ending !== null) known.set(sid, memoryOf(one));
        return one?.ending === null;
      });
      lookAt = onCalls.length + round;
    },
  };
}

const memoryOf = ({ transcript, behaviour, ending, done }: ScriptedPerson): ScriptedPerson => ({
  ...nobody,
  transcript,
  behaviour,
  ending,
  done,
});
