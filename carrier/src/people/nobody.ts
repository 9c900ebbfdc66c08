/** A person who does nothing: at the far end of a call that nobody will take, and what a person made in code starts from. */
import type { Person } from "./person.ts";

const ignore = () => {};

export const nobody: Person = {
  pacesSpeech: false,
  ringing: ignore,
  answered: ignore,
  hears: ignore,
  plays: ignore,
  finished: ignore,
  interrupted: ignore,
  silence: ignore,
  listening: ignore,
  notListening: ignore,
  failed: ignore,
  ended: ignore,
};
