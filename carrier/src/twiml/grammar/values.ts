/**
 * What the value of an attribute may be. A kind of value gives back its value in the documented spelling, or null when it is none: the
 * reader then warns with the attribute's own code, and the default is used (protocol 5).
 *
 * The names of elements and attributes are case-sensitive; the words in values are taken in any letter case (`post`, `TRUE`), as they are
 * met in the wild, and spaces around them do not count.
 */
export interface AttributeGrammar {
  /** Twilio's code for a wrong value; 12200 where it has none of its own. */
  readonly code: number;
  /** What was expected, for the warning. */
  readonly expected: string;
  readonly read: (value: string) => string | null;
}

const schemaWarning = 12200;

export const anyText: AttributeGrammar = {
  code: schemaWarning,
  expected: "text",
  read: (value) => value,
};

/** What is no URL at all is found here; whether an absolute one is needed shows when it is used (11100, 15004). */
export const url = (code: number): AttributeGrammar => ({
  code,
  expected: "a relative or absolute URL",
  read: (value) => (URL.canParse(value, "http://base.invalid/") ? value : null),
});

export const word = (
  words: string,
  code = schemaWarning,
  aliases: Readonly<Record<string, string>> = {},
): AttributeGrammar => {
  const known = new Map(words.split(" ").map((one) => [one.toLowerCase(), one]));
  for (const [alias, meant] of Object.entries(aliases)) known.set(alias, meant);
  return {
    code,
    expected: words.split(" ").join(", "),
    read: (value) => known.get(value.trim().toLowerCase()) ?? null,
  };
};

/** Several words with spaces between them, or commas unless told otherwise; none at all is no list. */
export const words = (choice: string, code = schemaWarning, between = /[\s,]+/): AttributeGrammar => {
  const one = word(choice);
  return {
    code,
    expected: `some of ${one.expected}`,
    read(value) {
      const given = value.split(between).filter((piece) => piece !== "");
      const read = given.map(one.read);
      return given.length === 0 || read.includes(null) ? null : read.join(" ");
    },
  };
};

export const flag = (code = schemaWarning): AttributeGrammar => word("true false", code);
export const method = (code = schemaWarning): AttributeGrammar => word("GET POST", code);

export const whole = (
  least: number,
  code = schemaWarning,
  most = Number.MAX_SAFE_INTEGER,
): AttributeGrammar => ({
  code,
  expected:
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${least}`
      : `a whole number from ${least} to ${most}`,
  read(value) {
    const text = value.trim();
    if (!/^\d{1,15}$/.test(text)) return null;
    const number = Number(text);
    return number >= least && number <= most ? String(number) : null;
  },
});

export const matching = (pattern: RegExp, expected: string, code = schemaWarning): AttributeGrammar => ({
  code,
  expected,
  read: (value) => (pattern.test(value) ? value : null),
});

/** Either of two kinds of value. */
export const either = (one: AttributeGrammar, other: AttributeGrammar): AttributeGrammar => ({
  code: one.code,
  expected: `${one.expected}, or ${other.expected}`,
  read: (value) => one.read(value) ?? other.read(value),
});

export const keys = (code: number): AttributeGrammar =>
  matching(/^[0-9A-DwW#*]*$/, "keys 0-9 A-D # * and the pauses w and W", code);
