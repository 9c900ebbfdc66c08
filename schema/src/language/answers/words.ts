/** Answers in words: yes or no, one of some choices, anything at all. */
import { longestText } from "../coerce.ts";
import { isSpanish } from "../number-words.ts";
import { keySpoken, saidWords, scorePhrases, unmistaken } from "../phrases.ts";
import { type AnswerForm, type AnswerOptions, either, fit, type ReadAnswer, unfit } from "./form.ts";

const yes = new Set(
  "yes yeah yep yup sure correct right affirmative absolutely definitely ok okay si claro correcto exacto exactamente cierto afirmativo".split(
    " ",
  ),
);
const no = new Set(
  "no nope nah not dont isnt negative incorrect wrong never negativo incorrecto nunca tampoco".split(" "),
);

function yesOrNo(speech: string): ReadAnswer {
  const words = saidWords(speech);
  const text = words.join(" ");
  // Said for yes although it holds a no, and the other way round.
  if (
    /^(of course|por supuesto|uh huh|mm hmm|no problem|why not|that is fine|thats fine|as is|thats it|you got it|asi es|eso es|de acuerdo|esta bien|como no)$/.test(
      text,
    )
  )
    return fit("yes");
  if (
    /^(uh uh|para nada|i do not|no not really|of course not|claro que no|por supuesto que no)$/.test(text)
  ) {
    return fit("no");
  }
  const agrees = words.some((word, index) => yes.has(word) && !negated(words, index));
  const denies = words.some((word) => no.has(word));
  if (agrees && denies) return unfit("ambiguous");
  return agrees ? fit("yes") : denies ? fit("no") : unfit();
}

/** "not correct", "no es correcto": a word for yes under a no. */
function negated(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? "";
  return /^(not|isnt)$/.test(before) || (/^(es|esta)$/.test(before) && words[index - 2] === "no");
}

export const yesNoAnswer: AnswerForm = {
  label: "Yes or no",
  type: "choice",
  keys: true,
  speech: true,
  maxKeys: () => 1,
  keysExpected: (_options, language = "") =>
    isSpanish(language) ? "uno para sí o dos para no" : "one for yes or two for no",
  read: (given, _options = {}, language = "") =>
    either(
      given,
      (keys) => (keys === "1" ? fit("yes") : keys === "2" ? fit("no") : unfit()),
      (speech) => {
        const key = keySpoken(speech, language);
        return key === "1" ? fit("yes") : key === "2" ? fit("no") : yesOrNo(speech);
      },
    ),
};

/** Below this a phrase was not said but guessed. */
const leastScore = 0.7;

function byPlace(key: string, choices: readonly string[]): ReadAnswer {
  const chosen = /^[1-9]$/.test(key) ? choices[Number(key) - 1] : undefined;
  return chosen === undefined ? unfit() : fit(chosen);
}

function choice(speech: string, { choices = [] }: AnswerOptions, language: string): ReadAnswer {
  const best = scorePhrases(speech, choices);
  if (best && best.score >= leastScore) {
    const others = scorePhrases(
      speech,
      choices.filter((one) => one !== best.phrase),
    );
    if (!others || others.score < best.score) return fit(best.phrase);
    // Of two choices both said whole, one may hold the other: "paid in full" and "paid".
    const [only = "", ...more] = unmistaken([best.phrase, others.phrase], (phrase) => phrase);
    return more.length === 0 ? fit(only) : unfit("ambiguous");
  }
  const key = keySpoken(speech, language);
  return key === null ? unfit() : byPlace(key, choices);
}

export const choiceAnswer: AnswerForm = {
  label: "One of the choices",
  type: "choice",
  keys: true,
  speech: true,
  maxKeys: () => 1,
  keysExpected: ({ choices = [] }, language = "") => {
    const all = choices.slice(0, 9);
    return all.map((one, index) => `${index + 1} ${isSpanish(language) ? "para" : "for"} ${one}`).join(", ");
  },
  read: (given, options = {}, language = "") =>
    either(
      given,
      (keys) => byPlace(keys, options.choices ?? []),
      (speech) => choice(speech, options, language),
    ),
};

export const textAnswer: AnswerForm = {
  label: "Any words",
  type: "text",
  keys: false,
  speech: true,
  maxKeys: () => undefined,
  keysExpected: () => "",
  // Whatever was said is kept; only what is beyond a variable's length is cut off.
  read: ({ keys = "", speech = "" }) => {
    if (keys !== "") return unfit();
    const said = speech.trim().slice(0, longestText).toWellFormed().trim();
    return said === "" ? unfit("silent") : fit(said);
  },
};
