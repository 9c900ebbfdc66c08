/** What is said and played to a person on one line: aloud if the line is listened to, and for as long as it takes if it is not. */
import { beep, begin, cough, fax, keyTones } from "./sounds.js";
import { speak, stopSpeaking } from "./voice.js";

/**
 * `audible()`: whether the line is listened to. `heardOut(utterance)` is told when an utterance of the application is over,
 * which the application's next words wait for; for what another person says nobody waits.
 */
export function createHearing({ audible, heardOut }) {
  /** By utterance: its line in the transcript, its timer, and whether it came from another person. */
  const sounding = new Map();
  let stopTone = () => {};

  const over = (utterance) => {
    const one = sounding.get(utterance);
    if (!one) return;
    clearTimeout(one.timer);
    sounding.delete(utterance);
    if (!one.fromPerson) heardOut(utterance);
  };
  const quiet = () => {
    stopTone();
    stopTone = () => {};
  };
  const tone = (name, always = false) => {
    quiet();
    if (always || audible()) stopTone = begin(name);
  };
  const stop = () => {
    for (const { timer } of sounding.values()) clearTimeout(timer);
    sounding.clear();
    if (audible()) stopSpeaking();
    quiet();
  };
  return {
    /** Rings, busy tones, music: one at a time. `always` sounds on a line that is not listened to, too. */
    tone,
    quiet,
    /** Forgets what was going on. */
    stop,
    /** An utterance begins; `item` is its line in the transcript. */
    hear({ type, utterance, text, language, url, digits, estimatedMs }, item, fromPerson) {
      const one = { item, fromPerson, timer: 0 };
      sounding.set(utterance, one);
      const music = url === "hold music";
      if (music) tone("music");
      if (digits && audible()) keyTones(digits);
      if (type === "say" && audible() && speak(text, language, () => over(utterance))) return;
      one.timer = setTimeout(() => {
        if (music) quiet();
        over(utterance);
      }, estimatedMs);
    },
    sound(name) {
      if (audible()) (({ fax, noise: cough })[name] ?? beep)();
    },
    /** Everything stops before its time. */
    cutShort() {
      for (const { item } of sounding.values()) item.classList.add("cut");
      stop();
    },
    /** The line is not listened to any more: words stop, and count as heard. */
    leave() {
      stopSpeaking();
      quiet();
    },
  };
}
