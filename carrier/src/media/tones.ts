/** Sounds that are no words and no keys: a beep, a called fax machine's answer (2100 Hz, ITU-T T.30), music, noise. Pure. */
import type { Tone } from "../people/person.ts";
import { music } from "./music.ts";
import { type Sound, tone } from "./sound.ts";
import { noise } from "./voice.ts";

export const toneSounds: Readonly<Record<Tone, Sound>> = {
  beep: tone([1000]),
  fax: tone([2100]),
  music,
  noise,
};
