/** The calls this carrier knows: all live ones and as many ended ones as it keeps, oldest forgotten first. */
import { limits } from "../limits.ts";
import { type Call, hasEnded } from "./call.ts";

export interface Register {
  add(call: Call): void;
  remove(sid: string): void;
  get(sid: string): Call | undefined;
  /** Newest first. */
  list(): Call[];
}

export function createRegister(): Register {
  const known = new Map<string, Call>();
  const forgetOldest = () => {
    for (const [sid, call] of known) if (hasEnded(call)) return void known.delete(sid);
  };
  return {
    add(call) {
      known.set(call.sid, call);
      if (known.size > limits.keptCalls + limits.liveCalls) forgetOldest();
    },
    remove: (sid) => void known.delete(sid),
    get: (sid) => known.get(sid),
    list: () => [...known.values()].reverse(),
  };
}
