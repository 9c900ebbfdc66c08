/**
 * A telephone that is itself a number of the account: who rings it becomes the caller of an inbound call, which asks that number's webhook.
 * Two people back to back: what one call says is spoken into the other. Media that are played are not passed on; nobody has heard them.
 */
import type { Cancel, Clock } from "../clock/clock.ts";
import { nobody } from "./nobody.ts";
import type { Handset, Person } from "./person.ts";

/** The called person. `dial` calls the number with the person it is given; false when that cannot be. */
export function createTandem(dial: (caller: Person) => boolean): Person {
  /** Of the call that came in here, and of the one that goes on from here. */
  let here: Handset | null = null;
  let onwards: Handset | null = null;
  /** Known from the first ring on. */
  let clock: Clock | null = null;
  let answered = false;
  /** Keys that are still to come of those that are being played. */
  const keys: Cancel[] = [];
  const stopKeys = () => {
    for (const cancel of keys.splice(0)) cancel();
  };
  /** One after the other, as they sound: half a second for `w`, one for `W`. */
  const pressAll = (handset: Handset, digits: string) => {
    let ms = 0;
    for (const key of digits) {
      if (/[wW]/.test(key)) ms += key === "w" ? 500 : 1000;
      else if (ms === 0) handset.press(key);
      else keys.push(clock!.after(ms, () => handset.press(key)));
    }
  };
  const passTo = (handset: () => Handset | null): Pick<Person, "hears" | "plays" | "beeps"> => ({
    hears: ({ text, estimatedMs, sound }) => handset()?.speak({ text, durationMs: estimatedMs, sound }),
    plays({ digits }) {
      const other = handset();
      if (other) pressAll(other, digits ?? "");
    },
    beeps: (tone) => handset()?.sound(tone),
  });
  const caller: Person = {
    ...nobody,
    ...passTo(() => here),
    ringing(handset) {
      onwards = handset;
    },
    answered() {
      answered = true;
      here?.answer();
    },
    ended({ reason }) {
      if (answered) here?.hangUp();
      else here?.refuse(reason === "busy" || reason === "failed" ? reason : "no-answer");
    },
  };
  return {
    ...nobody,
    ...passTo(() => onwards),
    ringing(handset, _side, given) {
      here = handset;
      clock = given;
      if (!dial(caller)) handset.refuse("failed");
    },
    interrupted: stopKeys,
    ended() {
      stopKeys();
      onwards?.hangUp();
    },
  };
}
