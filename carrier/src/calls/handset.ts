/** What the person on a call can do to it. */
import type { Handset } from "../people/person.ts";
import { hasEnded } from "./call.ts";
import type { End, LiveCall } from "./live-call.ts";
import { refuse } from "./refusal.ts";

export function makeHandset(one: LiveCall, side: "caller" | "callee", answer: () => void, end: End): Handset {
  const { call, line } = one;
  return {
    answer() {
      if (side !== "callee" || call.status !== "ringing") return;
      answer();
      if (!hasEnded(call)) one.pickUp.begin();
    },
    refuse(how) {
      if (side === "callee" && call.status === "ringing") refuse(one, how, end);
    },
    press(digits) {
      for (const key of digits) if (/[0-9*#A-D]/.test(key)) line.press(key);
    },
    speak: (input) => line.speak(input),
    sound: (tone, durationMs) => line.sound(tone, durationMs),
    heard: (utterance) => line.heard(utterance),
    refer(target) {
      const own = side === "callee" ? call.to : call.from;
      if (/^sips?:/i.test(own)) one.referred(target);
    },
    // An inbound caller who gives up before the answer leaves a `no-answer`. [open] in the protocol.
    hangUp: () => end(one, call.answeredAt === null ? "no-answer" : "completed", side),
  };
}
