/** What is kept of an answer and when, what the trace shows of it, and which questions cannot be asked. */
import { describe, expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { collect } from "./collect.ts";

const at = 1_000_000;
const base = {
  prompt: "Enter it.",
  into: "answer",
  answer: "either",
  minDigits: 1,
  maxDigits: 10,
  timeoutSeconds: 5,
  tries: 1,
};
const press = (digits: string) => ({ type: "input", at, digits }) as const;
const speak = (text: string, confidence: number | null = 0.9) =>
  ({ type: "input", at, speech: { text, confidence } }) as const;

type Answer = ReturnType<typeof press> | ReturnType<typeof speak>;

describe("collect", () => {
  it.each<[string, string, object, Answer, unknown]>([
    ["digits", "digits", { expects: "digits" }, speak("zero four one seven"), "0417"],
    ["npi", "digits", { expects: "npi" }, press("1234567893"), "1234567893"],
    ["npi with a wrong figure", "digits", { expects: "npi" }, press("1234567890"), null],
    [
      "a longer npi than the most digits",
      "digits",
      { expects: "npi", maxDigits: 4 },
      press("1234567893"),
      "1234567893",
    ],
    ["date, day first", "date", { expects: "date", dateOrder: "DDMMYYYY" }, press("05011980"), "1980-01-05"],
    ["date too late", "date", { expects: "date", notAfter: "1980-01-04" }, press("01051980"), null],
    ["date today", "date", { expects: "date", notAfter: "today" }, press("01011970"), "1970-01-01"],
    ["date tomorrow", "date", { expects: "date", notAfter: "today" }, press("01021970"), null],
    [
      "date tomorrow here, west of us still today",
      "date",
      { expects: "date", notAfter: "today", zone: "America/New_York" },
      press("01011970"),
      null,
    ],
    ["amount in cents", "money", { expects: "money" }, press("12550"), 12_550],
    ["amount with a star", "money", { expects: "money", moneyKeys: "star" }, press("125*50"), 12_550],
    ["amount spoken", "money", { expects: "money" }, speak("one hundred twenty five dollars"), 12_500],
    [
      "member ID by its pattern",
      "text",
      { expects: "member-id", pattern: "w[0-9]{4}" },
      speak("W 4 0 7 1"),
      "W4071",
    ],
    [
      "member ID off its pattern",
      "text",
      { expects: "member-id", pattern: "x[0-9]{4}" },
      speak("W 4 0 7 1"),
      null,
    ],
    ["choice by its place", "choice", { expects: "choice" }, press("2"), "denied"],
    ["choice by its word", "choice", { expects: "choice" }, speak("It was paid."), "paid"],
    ["a form that does not fit the variable", "number", { expects: "yes-no" }, press("1"), null],
    ["speech where keys are asked", "digits", { answer: "keys" }, speak("one two"), null],
    ["keys where speech is asked", "digits", { answer: "speech", expects: "digits" }, press("12"), null],
    ["more than the most digits", "digits", { maxDigits: 4 }, press("12345"), null],
    [
      "a member ID longer than the most digits",
      "text",
      { expects: "member-id", maxDigits: 4 },
      speak("W40712"),
      "W40712",
    ],
    [
      "speech the recogniser is unsure of",
      "text",
      { answer: "speech", minConfidence: 0.5 },
      speak("Ada", 0.4),
      null,
    ],
    [
      "speech without a confidence",
      "text",
      { answer: "speech", minConfidence: 0.5 },
      speak("Ada", null),
      "Ada",
    ],
  ])("%s", (_name, type, change, answer, kept) => {
    const choices = type === "choice" ? { choices: ["paid", "denied"] } : {};
    const variables = { answer: { type, sensitivity: "phi", ...choices } };
    const found = playNode("collect", { ...base, ...change }, { variables }, [answer]);
    expect([found.outcome, found.values.answer ?? null]).toEqual([
      kept === null ? "invalid" : "collected",
      kept,
    ]);
  });

  it("shows nothing of an answer in the trace, whatever becomes of it", () => {
    const variables = { answer: { type: "text", sensitivity: "phi" } };
    const readBack = { text: "{{answer}}, right?", tries: 1 };
    const said = speak("Ada Lovelace, 1980");
    for (const then of [[press("1")], [press("2")], [press("9")], [{ type: "no-input", at } as const]]) {
      const config = { ...base, answer: "speech", readBack };
      const { value } = playNode("collect", config, { variables }, [said, ...then]);
      expect(JSON.stringify(value)).not.toMatch(/ada|1980/i);
    }
  });

  it("keeps an answer only when it is confirmed, in the caller's language", () => {
    const variables = { answer: { type: "digits", sensitivity: "phi" } };
    const config = {
      ...base,
      tries: 1,
      language: "es-MX",
      readBack: { text: "{{answer|digits}}?", tries: 1 },
    };
    const play = (word: string) => playNode("collect", config, { variables }, [press("0417"), speak(word)]);
    expect(play("Sí, correcto")).toMatchObject({ outcome: "collected", values: { answer: "0417" } });
    const denied = play("No");
    expect([denied.outcome, denied.value?.text, denied.values.answer]).toEqual([
      "invalid",
      "not confirmed",
      undefined,
    ]);
  });

  it.each<[string, object, RegExp]>([
    ["no prompt", { prompt: undefined }, /Expected a prompt/],
    ["words by keys", { expects: "text" }, /cannot be keyed/],
    ["fewer at most than at least", { minDigits: 11 }, /at least as many digits/],
    ["a star of two meanings", { expects: "money", moneyKeys: "star", escapeKey: "*" }, /decimal point/],
    ["a key of two meanings", { escapeKey: "1" }, /Invalid option/],
    ["a date there is not", { notAfter: "2026-02-30" }, /or today/],
    ["SSML with a fault", { markup: true, silenceTexts: ["<break"] }, /no closing >/],
    ["SSML with a fault in the read-back", { markup: true, readBack: { text: "<p>", tries: 1 } }, /no <\/p>/],
    ["a pattern with a fault", { pattern: "(" }, /regular expression/],
  ])("refuses %s", (_name, change, message) => {
    const parsed = collect.config.safeParse({ ...base, ...change });
    expect(parsed.error?.issues.map((one) => one.message).join()).toMatch(message);
  });

  it("accepts the configuration those are changes of", () => {
    expect(collect.config.safeParse(base).success).toBe(true);
  });

  it.each([
    [{}, "#"],
    [{ endKey: "*" }, "*"],
    [{ endKey: "none" }, ""],
  ])("ends the entry by the key of %j", (change, finishOnKey) => {
    const variables = { answer: { type: "digits", sensitivity: "internal" } };
    const { verbs } = playNode("collect", { ...base, answer: "keys", ...change }, { variables });
    expect(verbs).toMatchObject([{ verb: "gather", finishOnKey }]);
  });

  it.each([
    [{ endKey: "*", escapeKey: "*" }, /the one for help/],
    [{ endKey: "*", expects: "money", moneyKeys: "star" }, /decimal point/],
    [{ endKey: "*", expects: "number" }, /decimal point/],
    [{ expects: "date", notBefore: "2026-01-02", notAfter: "2026-01-01" }, /found an earlier one/],
  ])("refuses %j", (change, message) => {
    const parsed = collect.config.safeParse({ ...base, ...change });
    expect(parsed.error?.issues[0]?.message).toMatch(message);
  });
});
