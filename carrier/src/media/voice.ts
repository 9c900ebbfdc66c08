/**
 * Words as they sound: a crude voice, the same for the same words. Vowels hum with two formants, consonants hum or hiss more quietly, spaces
 * are silent. Nobody could understand it, but it begins and ends where speech does, and the two voices are told apart by their pitch. Pure.
 */
import { rate } from "./mulaw.ts";
import { type Sound, samplesIn } from "./sound.ts";

export type Speaker = "person" | "application";

/** Samples of one period: 140.4 Hz and 200 Hz. Whole numbers, so that a period is a table. */
const periods: Readonly<Record<Speaker, number>> = { person: 57, application: 40 };
/** Fundamental frequency of each voice, Hz. */
export const pitch: Readonly<Record<Speaker, number>> = {
  person: rate / periods.person,
  application: rate / periods.application,
};

/** The first two formants of spoken vowels, Hz (Peterson and Barney, 1952, rounded), and of a closed mouth. */
const formants = {
  a: [730, 1090],
  e: [530, 1840],
  i: [270, 2290],
  o: [570, 840],
  u: [300, 870],
  m: [250, 1200],
} as const;
type Humming = keyof typeof formants;
const vowelPeak = 8000;
const consonantPeak = 4000;
/** Rise and fall of every letter, samples. */
const edge = 32;

function humming([one, two]: readonly [number, number], period: number, peak: number): Int16Array {
  const hertz = rate / period;
  const wave = Array.from({ length: period }, (_, at) => {
    let sum = 0;
    for (let harmonic = 1; harmonic * hertz < 3400; harmonic++) {
      const near = (formant: number) => 1 / (1 + ((harmonic * hertz - formant) / 120) ** 2);
      const loud = (harmonic === 1 ? 0.6 : 0.05) + near(one) + 0.5 * near(two);
      sum += loud * Math.sin((2 * Math.PI * harmonic * at) / period);
    }
    return sum;
  });
  const most = Math.max(...wave.map(Math.abs));
  return Int16Array.from(wave, (sample) => (sample / most) * peak);
}

const tables = new Map<string, Int16Array>();
for (const speaker of ["person", "application"] as const)
  for (const [letter, two] of Object.entries(formants))
    tables.set(speaker + letter, humming(two, periods[speaker], letter === "m" ? consonantPeak : vowelPeak));

/** A hiss is noise that repeats after a second. */
const hiss = (() => {
  let state = 1;
  return Int16Array.from({ length: rate }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state >> 15) % 2000) - 1000;
  });
})();

/** The same as a sound of its own: a cough, a car. */
export const noise: Sound = {
  addTo(into, at, from, count) {
    for (let n = 0; n < count; n++) into[at + n]! += 4 * hiss[(from + n) % hiss.length]!;
  },
};

const vowels: Readonly<Record<string, Humming>> = { a: "a", e: "e", i: "i", o: "o", u: "u", y: "i" };

function tableOf(letter: string, speaker: Speaker): Int16Array | null {
  const plain = letter.normalize("NFD")[0]!.toLowerCase();
  if (/[fhkpstcxqz]/.test(plain)) return hiss;
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  // Figures and letters without a vowel's name sound by turns, so that numbers are no single hum.
  const sound =
    vowels[plain] ??
    (/[a-z]/.test(plain) ? "m" : (["a", "e", "i", "o", "u"] as const)[plain.codePointAt(0)! % 5]!);
  return tables.get(speaker + sound) ?? null;
}

/** `words` spoken evenly within `ms`. */
export function voice(words: string, speaker: Speaker, ms: number): Sound {
  // Most words are never listened to: nothing is worked out before somebody does.
  let letters: readonly string[] | null = null;
  return {
    addTo(into, at, from, count) {
      letters ??= [...words];
      const perLetter = samplesIn(ms) / letters.length;
      const loudnessAt = (within: number) => Math.min(1, (within + 1) / edge, (perLetter - within) / edge);
      for (let done = 0; done < count; ) {
        const position = from + done;
        const index = Math.floor(position / perLetter);
        const letter = letters[index];
        if (letter === undefined) return;
        const begin = index * perLetter;
        const some = Math.min(count - done, Math.max(1, Math.ceil(begin + perLetter) - position));
        const table = tableOf(letter, speaker);
        if (table)
          for (let n = 0; n < some; n++)
            into[at + done + n]! += Math.round(
              table[(position + n) % table.length]! * Math.max(0, loudnessAt(position + n - begin)),
            );
        done += some;
      }
    },
  };
}
