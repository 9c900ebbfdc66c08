/** Answers of letters and digits: a member's number, a Medicare number, a claim's number. Letters can only be spoken. */
import { isSpanish } from "../number-words.ts";
import { checkPattern, findPattern } from "../pattern.ts";
import { type AnswerForm, type AnswerOptions, either, fit, type ReadAnswer, unfit } from "./form.ts";
import { lettersHeard } from "./letters-heard.ts";

const longestIdentifier = 40;

function judged(
  identifier: string,
  { minLength = 1, maxLength = longestIdentifier, pattern }: AnswerOptions,
): ReadAnswer {
  if (!/^[A-ZÑ0-9]*$/.test(identifier)) return unfit();
  if (identifier.length < minLength) return unfit("incomplete");
  if (identifier.length > Math.min(maxLength, longestIdentifier)) return unfit("too-long");
  // A pattern that cannot be used is the author's mistake and lint's finding; a caller must not suffer from it.
  if (!pattern || checkPattern(pattern) !== null) return fit(identifier);
  return findPattern(pattern, identifier, { wholeText: true }) ? fit(identifier) : unfit();
}

function spelled(speech: string, judge: (identifier: string) => ReadAnswer): ReadAnswer {
  const identifier = lettersHeard(speech);
  return identifier ? judge(identifier) : unfit();
}

const digitsOnly = (_options: AnswerOptions, language = "") =>
  isSpanish(language) ? "los dígitos, si no tiene letras" : "the digits, if it has no letters";

function identifier(label: string): AnswerForm {
  return {
    label,
    type: "text",
    keys: true,
    speech: true,
    maxKeys: ({ maxLength }) => maxLength,
    keysExpected: digitsOnly,
    read: (given, options = {}) =>
      either(
        given,
        (keys) => judged(keys, options),
        (speech) => spelled(speech, (said) => judged(said, options)),
      ),
  };
}

export const memberIdAnswer = identifier("Member ID");
export const claimNumberAnswer = identifier("Claim number");

/** CMS, "Understanding the MBI": eleven places, each of its own kind, without S, L, O, I, B and Z. */
const mbi =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$/;

export function isMbi(text: string): boolean {
  return mbi.test(text);
}

export const mbiAnswer: AnswerForm = {
  label: "Medicare number (MBI)",
  type: "text",
  keys: false,
  speech: true,
  maxKeys: () => undefined,
  keysExpected: () => "",
  read: (given) =>
    either(given, null, (speech) =>
      spelled(speech, (said) => {
        const number = said.replaceAll("O", "0"); // it has no letter O: who says it means zero
        if (number.length < 11) return unfit("incomplete");
        if (number.length > 11) return unfit("too-long");
        return isMbi(number) ? fit(number) : unfit();
      }),
    ),
};
