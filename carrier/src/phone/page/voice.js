/** Words aloud, by the browser's own voices: one utterance after the other, and none without a voice or with sounds off. */
import { soundsOn } from "./sounds.js";

const synth = window.speechSynthesis;
// The first call only makes the browser load them.
synth?.getVoices();

/** Speaks, and calls `done` once when it was heard or cannot be. False when it will not be spoken at all. */
export function speak(text, language, done) {
  if (!soundsOn() || !synth || synth.getVoices().length === 0) return false;
  const said = new SpeechSynthesisUtterance(text);
  if (language) said.lang = language;
  said.onend = said.onerror = done;
  synth.speak(said);
  return true;
}

export const stopSpeaking = () => synth?.cancel();

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
export const canListen = Recognition !== undefined;

/** Listens to the microphone once. `heard(text, confidence)`, `failed(sentence)`, `over()`; the answer stops it. */
export function listen({ heard, failed, over }) {
  const recognition = new Recognition();
  recognition.lang = document.documentElement.lang || "en-US";
  recognition.onresult = ({ results }) =>
    heard(results[0][0].transcript, results[0][0].confidence || undefined);
  recognition.onerror = ({ error }) => failed(`Speech recognition: ${error}`);
  recognition.onend = over;
  recognition.start();
  return () => recognition.stop();
}
