/**
 * A telephone that is itself a number of the account: who rings it becomes the caller of an inbound call, which asks that number's webhook.
 * Two people back to back: what one call says is spoken into the other. Media that are played are not passed on; nobody has heard them.
 */
import { nobody } from "./nobody.ts";
import type { Handset, Person } from "./person.ts";

/** The called person. `dial` calls the number with the person it is given; false when that cannot be. */
export function createTandem(dial: (caller: Person) => boolean): Person {
  /** Of the call that came in here, and of the one that goes on from here. */
  let here: Handset | null = null;
  let onwards: Handset | null = null;
  let answered = false;
  const passTo = (handset: () => Handset | null): Pick<Person, "hears" | "plays" | "beeps"> => ({
    hears: ({ text, estimatedMs }) => handset()?.speak({ text, durationMs: estimatedMs }),
    plays: ({ digits }) => handset()?.press(digits ?? ""),
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
    ringing(handset) {
      here = handset;
      if (!dial(caller)) handset.refuse("failed");
    },
    ended: () => onwards?.hangUp(),
  };
}
