/** Answers of figures only: digits, an NPI, a tax number, a phone number. */
import { coerce } from "../coerce.ts";
import { isSpanish, numberInWords } from "../number-words.ts";
import {
  type AnswerForm,
  type AnswerOptions,
  either,
  fit,
  ofLength,
  type ReadAnswer,
  unfit,
} from "./form.ts";
import { digitsHeard } from "./numbers-heard.ts";

/** Digits a variable may hold. */
const longestDigits = 40;

function count(number: number, language: string): string {
  const words = numberInWords(number, language) ?? String(number);
  if (isSpanish(language)) return number === 1 ? "un dígito" : `${words} dígitos`;
  return number === 1 ? "one digit" : `${words} digits`;
}

function lengths({ minLength = 1, maxLength = longestDigits }: AnswerOptions): [number, number] {
  return [minLength, Math.min(maxLength, longestDigits)];
}

/** A form whose keys and speech are both read as figures and then judged alike. */
function ofFigures(
  form: Pick<AnswerForm, "label" | "type" | "maxKeys" | "keysExpected">,
  judge: (digits: string, options: AnswerOptions) => ReadAnswer,
): AnswerForm {
  return {
    ...form,
    keys: true,
    speech: true,
    read: (given, options = {}) =>
      either(
        given,
        (keys) => judge(keys, options),
        (speech) => {
          const digits = digitsHeard(speech);
          return digits ? judge(digits, options) : unfit();
        },
      ),
  };
}

export const digitsAnswer = ofFigures(
  {
    label: "Digits",
    type: "digits",
    maxKeys: ({ maxLength }) => maxLength,
    keysExpected: (options, language = "") => {
      const [least, most] = lengths(options);
      if (least === most) return count(most, language);
      if (options.maxLength === undefined) return isSpanish(language) ? "los dígitos" : "the digits";
      const from = numberInWords(least, language) ?? least;
      return isSpanish(language)
        ? `de ${from} a ${count(most, language)}`
        : `${from} to ${count(most, language)}`;
    },
  },
  (digits, options) => ofLength(digits, ...lengths(options)),
);

/** CMS, "NPI check digit": Luhn over 80840 and the number; that prefix always adds 24. */
export function isNpi(digits: string): boolean {
  if (!/^[12][0-9]{9}$/.test(digits)) return false;
  let sum = 24;
  for (let index = 0; index < 10; index++) {
    const digit = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

export const npiAnswer = ofFigures(
  {
    label: "NPI",
    type: "digits",
    maxKeys: () => 10,
    keysExpected: (_options, language = "") => count(10, language),
  },
  (digits) => {
    const whole = ofLength(digits, 10, 10);
    if (!whole.ok) return whole;
    if (!/^[12]/.test(digits)) return unfit();
    return isNpi(digits) ? whole : unfit("checksum");
  },
);

export const tinAnswer = ofFigures(
  {
    label: "Tax ID",
    type: "digits",
    maxKeys: () => 9,
    keysExpected: (_options, language = "") => count(9, language),
  },
  (digits) => {
    const whole = ofLength(digits, 9, 9);
    return whole.ok && /^0+$/.test(digits) ? unfit() : whole;
  },
);

export const phoneAnswer = ofFigures(
  {
    label: "Phone number",
    type: "phone",
    maxKeys: () => 10,
    keysExpected: (_options, language = "") => count(10, language),
  },
  (digits) => {
    const national = /^1[0-9]{10}$/.test(digits) ? digits.slice(1) : digits;
    const whole = ofLength(national, 10, 10);
    if (!whole.ok) return whole;
    const phone = /^[2-9]/.test(national) ? coerce(national, "phone") : null;
    return phone?.ok ? fit(phone.value) : unfit();
  },
);
