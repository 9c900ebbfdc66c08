/** A recogniser of ours: it hears a word when it has been said, and tells at most every half second. */
import type { Cancel, Clock } from "../clock/clock.ts";
import type { SpokenInput } from "../people/person.ts";
import { speechMs } from "./line.ts";

const stepMs = 500;

/** Tells `some` while it is being said, with the share of it that has been, and `all` at its end. */
export function hearAlong(
  clock: Clock,
  input: SpokenInput,
  told: { some(words: string, share: number): void; all(words: string): void },
): Cancel {
  const words = input.text.split(/\s+/);
  const wholeMs = speechMs(input);
  const beganAt = clock.now();
  let cancel: Cancel = () => {};
  const step = () => {
    const share = (clock.now() - beganAt) / wholeMs;
    const heard = words.slice(0, Math.floor(words.length * share)).join(" ");
    if (heard !== "") told.some(heard, share);
    next();
  };
  const next = () => {
    const leftMs = wholeMs - (clock.now() - beganAt);
    cancel = leftMs > stepMs ? clock.after(stepMs, step) : clock.after(leftMs, () => told.all(input.text));
  };
  next();
  return () => cancel();
}
