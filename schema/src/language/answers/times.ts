/** Times of day as they are keyed (`HHMM`, 24 hours) and spoken: "half past four in the afternoon", "las cuatro y media". */
import { isSpanish } from "../number-words.ts";
import { saidWords } from "../phrases.ts";
import { type AnswerForm, either, fit, type ReadAnswer, unfit } from "./form.ts";
import { readGroups } from "./numbers-heard.ts";

function at(hour: number, minute: number): ReadAnswer {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59)) return unfit();
  return fit(`${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
}

function byKeys(keys: string): ReadAnswer {
  if (!/^[0-9]+$/.test(keys)) return unfit();
  if (keys.length < 3) return unfit("incomplete");
  return keys.length > 4 ? unfit("too-long") : at(Number(keys.slice(0, -2)), Number(keys.slice(-2)));
}

const around = new Set(
  "at its it is the in o clock oclock a la las los son es de del por en hours horas".split(" "),
);
const halves: { readonly [word: string]: "am" | "pm" | "night" } = {
  am: "am",
  morning: "am",
  manana: "am",
  madrugada: "am",
  pm: "pm",
  afternoon: "pm",
  evening: "pm",
  tarde: "pm",
  night: "night",
  noche: "night",
};

function bySpeech(speech: string): ReadAnswer {
  const text = speech.replace(/\b([ap])\s?\.?\s?m\b\.?/gi, "$1m").replace(/(\d)([ap]m)\b/gi, "$1 $2");
  const all = saidWords(text).filter((word) => !around.has(word));
  const half = all.map((word) => (Object.hasOwn(halves, word) ? halves[word] : undefined)).find(Boolean);
  const words = all.filter((word) => !Object.hasOwn(halves, word));
  const [only = ""] = words;
  if (words.length === 1 && /^(noon|midday|mediodia)$/.test(only)) return at(12, 0);
  if (words.length === 1 && /^(midnight|medianoche)$/.test(only)) return at(0, 0);
  const clock = clockOf(words);
  if (!clock) return unfit();
  const [hour, minute] = clock;
  if (half === undefined) return hour >= 1 && hour <= 12 ? ambiguous(hour, minute) : at(hour, minute);
  if (hour < 1 || hour > 12) return half === "am" && hour > 12 ? unfit() : at(hour, minute);
  const late = half === "pm" || (half === "night" && hour !== 12 && hour > 4);
  return at((hour % 12) + (late ? 12 : 0), minute);
}

/** Four o'clock comes twice a day. */
function ambiguous(hour: number, minute: number): ReadAnswer {
  return at(hour, minute).ok ? unfit("ambiguous") : unfit();
}

function clockOf(words: readonly string[]): [number, number] | null {
  const past = words.findIndex((word) => /^(past|after)$/.test(word));
  const to = words.findIndex((word) => /^(to|till|until|before)$/.test(word));
  const join = past >= 0 ? past : to;
  if (join > 0) {
    const minutes = minutesOf(words.slice(0, join));
    const hour = one(words.slice(join + 1));
    if (minutes === null || hour === null) return null;
    return past >= 0 ? [hour, minutes] : earlier(hour, minutes);
  }
  const y = words.findIndex((word) => word === "y" || word === "menos");
  if (y > 0) {
    const hour = one(words.slice(0, y));
    const minutes = minutesOf(words.slice(y + 1));
    if (hour === null || minutes === null) return null;
    return words[y] === "y" ? [hour, minutes] : earlier(hour, minutes);
  }
  const groups = readGroups(words);
  if (!groups || groups.length === 0 || groups.length > 3) return null;
  const [hour = "", ...rest] = groups;
  if (/^[0-9]{3,4}$/.test(hour) && rest.length === 0)
    return [Number(hour.slice(0, -2)), Number(hour.slice(-2))];
  const minutes = rest.join("");
  if (hour.length > 2 || !/^([0-9]{2})?$/.test(minutes)) return null;
  return [Number(hour), Number(minutes)];
}

function earlier(hour: number, minutes: number): [number, number] {
  return minutes === 0 ? [hour, 0] : [hour === 1 ? 12 : hour - 1, 60 - minutes];
}

function minutesOf(words: readonly string[]): number | null {
  const [word = ""] = words.filter((one) => !/^(minutes?|minutos?)$/.test(one));
  if (/^(half|media)$/.test(word)) return 30;
  if (/^(quarter|cuarto)$/.test(word)) return 15;
  return one(words.filter((said) => !/^(minutes?|minutos?)$/.test(said)));
}

function one(words: readonly string[]): number | null {
  const groups = readGroups(words);
  return groups?.length === 1 && (groups[0]?.length ?? 9) <= 2 ? Number(groups[0]) : null;
}

export const timeAnswer: AnswerForm = {
  label: "Time of day",
  type: "time",
  keys: true,
  speech: true,
  maxKeys: () => 4,
  keysExpected: (_options, language = "") =>
    isSpanish(language)
      ? "dos dígitos de la hora, de cero a veintitrés, y dos de los minutos"
      : "two digits for the hour, from zero to twenty-three, and two for the minutes",
  read: (given) => either(given, byKeys, bySpeech),
};
