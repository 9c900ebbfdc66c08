/** Ringing the telephones of one Dial: all at once, the first who answers wins and the others are canceled; or one after the other. */
import type { DialTarget } from "../twiml/document.ts";
import { hasEnded } from "./call.ts";
import type { Leg } from "./leg.ts";
import type { Stage } from "./stage.ts";

export interface Ring {
  readonly target: DialTarget;
  /** Null when the carrier is at its limit of calls. */
  begin(): Leg | null;
}

export type Rung =
  | { readonly answered: true; readonly ring: Ring; readonly leg: Leg }
  /** The leg that ended last; null when none could be made. */
  | { readonly answered: false; readonly leg: Leg | null };

export async function ringTogether(stage: Stage, rings: readonly Ring[]): Promise<Rung> {
  const begun = rings.flatMap((ring) => {
    const leg = ring.begin();
    return leg === null ? [] : [{ ring, leg }];
  });
  const cancelAll = () => {
    for (const { leg } of begun) leg.hangUp(hasEnded(stage.call) ? "caller" : "application");
  };
  stage.stop.addEventListener("abort", cancelAll);
  if (stage.stop.aborted) cancelAll();
  const won = await new Promise<Rung>((resolve) => {
    let ringing = begun.length;
    if (ringing === 0) resolve({ answered: false, leg: null });
    for (const { ring, leg } of begun)
      void leg.answered.then((answered) => {
        if (answered) resolve({ answered, ring, leg });
        else if (--ringing === 0) resolve({ answered, leg });
      });
  });
  stage.stop.removeEventListener("abort", cancelAll);
  for (const { leg } of begun) if (leg !== won.leg) leg.hangUp("application");
  return won;
}

export async function ringInTurn(stage: Stage, rings: readonly Ring[]): Promise<Rung> {
  let last: Rung = { answered: false, leg: null };
  for (const ring of rings) {
    if (stage.stop.aborted) break;
    const rung = await ringTogether(stage, [ring]);
    if (rung.answered) return rung;
    if (rung.leg !== null) last = rung;
  }
  return last;
}
