/** Several telephones at one number: all ring, the first that answers has the call, the others are told that it is gone. */
import { nobody } from "./nobody.ts";
import type { Handset, Person } from "./person.ts";

export function createFork(people: readonly Person[]): Person {
  const ringing = new Set(people);
  let winner: Person | null = null;
  const to = () => winner ?? nobody;
  const leave = (person: Person, reason: "canceled" | "busy" | "no-answer" | "failed") => {
    ringing.delete(person);
    person.ended({ reason, by: "callee", seconds: 0 });
  };
  /** What one of them can do: all to a call that is its own, before that only answer and refuse. */
  const handsetOf = (person: Person, handset: Handset): Handset => {
    const mine = () => winner === person;
    const refuse: Handset["refuse"] = (how) => {
      if (winner !== null || !ringing.has(person)) return;
      // The last one refuses for all of them.
      if (ringing.size === 1) return handset.refuse(how);
      leave(
        person,
        how === "rejected" ? "busy" : how === "unavailable" || how === "unauthorized" ? "failed" : how,
      );
    };
    return {
      answer() {
        if (winner !== null || !ringing.has(person)) return;
        winner = person;
        for (const other of [...ringing]) if (other !== person) leave(other, "canceled");
        handset.answer();
      },
      refuse,
      press: (digits) => mine() && handset.press(digits),
      speak: (input) => mine() && handset.speak(input),
      sound: (tone, durationMs) => mine() && handset.sound(tone, durationMs),
      heard: (utterance) => mine() && handset.heard(utterance),
      refer: (target) => mine() && handset.refer(target),
      hangUp: () => (mine() ? handset.hangUp() : refuse("no-answer")),
    };
  };
  return {
    pacesSpeech: people.some(({ pacesSpeech }) => pacesSpeech),
    invited(invitation) {
      for (const person of people) person.invited?.(invitation);
    },
    ringing(handset, side, clock) {
      for (const person of people) person.ringing(handsetOf(person, handset), side, clock);
    },
    answered: () => to().answered(),
    hears: (utterance) => to().hears(utterance),
    plays: (media) => to().plays(media),
    finished: (utterance) => to().finished(utterance),
    interrupted: () => to().interrupted(),
    silence: (seconds) => to().silence(seconds),
    beeps: (tone) => to().beeps?.(tone),
    referred: (target) => to().referred?.(target),
    ringback: (on) => to().ringback?.(on),
    connected: () => to().connected?.(),
    disconnected: () => to().disconnected?.(),
    listening: (what) => to().listening(what),
    notListening: () => to().notListening(),
    failed: (code, message) => to().failed(code, message),
    ended(how) {
      for (const person of winner ? [winner] : ringing) person.ended(how);
      ringing.clear();
    },
  };
}
