/** What was keyed or said, read as values: every form, clear and misheard. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AnswerFormName,
  type AnswerOptions,
  answerForms,
  coerce,
  isMbi,
  isNpi,
  type UnfitReason,
} from "../index.ts";

const es = "es-MX";
type Row = [
  AnswerFormName,
  "keys" | "speech",
  string,
  string | number | { no: UnfitReason },
  AnswerOptions?,
  string?,
];

const no = (reason: UnfitReason = "unfit") => ({ no: reason });

const rows: Row[] = [
  // digits
  ["digits", "keys", "0417", "0417", { minLength: 4, maxLength: 4 }],
  ["digits", "keys", "041", no("incomplete"), { minLength: 4, maxLength: 4 }],
  ["digits", "keys", "04178", no("too-long"), { minLength: 4, maxLength: 4 }],
  ["digits", "keys", "04*7", no()],
  ["digits", "speech", "zero four one seven", "0417"],
  ["digits", "speech", "oh four 17", "0417"],
  ["digits", "speech", "double five triple two", "55222"],
  ["digits", "speech", "twenty three forty five", "2345"],
  ["digits", "speech", "It's 1 2 3 4, please.", "1234"],
  ["digits", "speech", "one hundred", "100"],
  ["digits", "speech", "eight hundred five five five", "800555"],
  ["digits", "speech", "uno dos tres", "123", {}, es],
  ["digits", "speech", "treinta y dos cero uno", "3201", {}, es],
  ["digits", "speech", "twenty oh five", "2005"],
  ["digits", "speech", "banana", no()],
  ["digits", "speech", "four or five", no()],
  // npi and tax number
  ["npi", "keys", "1234567893", "1234567893"],
  ["npi", "keys", "1558597798", no("checksum")],
  ["npi", "keys", "1558598797", "1558598797"],
  ["npi", "keys", "1234567890", no("checksum")],
  ["npi", "keys", "3234567893", no()],
  ["npi", "keys", "123456789", no("incomplete")],
  ["npi", "keys", "12345678931", no("too-long")],
  ["npi", "speech", "one two four five three one nine five nine nine", "1245319599"],
  ["npi", "speech", "124 531 9599", "1245319599"],
  ["tin", "keys", "123456789", "123456789"],
  ["tin", "speech", "12-3456789", "123456789"],
  ["tin", "keys", "000000000", no()],
  ["tin", "keys", "12345", no("incomplete")],
  // dates
  ["date", "keys", "01051980", "1980-01-05"],
  ["date", "keys", "010580", "1980-01-05", { dateOrder: "MMDDYY" }],
  ["date", "keys", "010530", "2030-01-05", { dateOrder: "MMDDYY" }],
  ["date", "keys", "010530", "1930-01-05", { dateOrder: "MMDDYY", notAfter: "2026-11-21" }],
  ["date", "keys", "05011980", "1980-01-05", { dateOrder: "DDMMYYYY" }],
  ["date", "keys", "19800105", "1980-01-05", { dateOrder: "YYYYMMDD" }],
  ["date", "keys", "13051980", no()],
  ["date", "keys", "02292025", no()],
  ["date", "keys", "0105198", no("incomplete")],
  ["date", "keys", "010519800", no("too-long")],
  ["date", "keys", "01011980", no("too-early"), { notBefore: "1990-01-01" }],
  ["date", "keys", "01012030", no("too-late"), { notAfter: "2026-11-21" }],
  ["date", "speech", "January fifth nineteen eighty", "1980-01-05"],
  ["date", "speech", "January 5th, 1980.", "1980-01-05"],
  ["date", "speech", "the 5th of January 1980", "1980-01-05"],
  ["date", "speech", "jan 5 80", "1980-01-05"],
  ["date", "speech", "January twenty first two thousand five", "2005-01-21"],
  ["date", "speech", "March twenty nineteen eighty five", "1985-03-20"],
  ["date", "speech", "May thirty-first twenty twenty six", "2026-05-31"],
  ["date", "speech", "December second nineteen oh five", "1905-12-02"],
  ["date", "speech", "my date of birth is june tenth 1975", "1975-06-10"],
  ["date", "speech", "1/5/1980", "1980-01-05"],
  ["date", "speech", "5/1/1980", "1980-01-05", { dateOrder: "DDMMYYYY" }],
  ["date", "speech", "1980-01-05", "1980-01-05"],
  ["date", "speech", "01 05 80", "1980-01-05"],
  ["date", "speech", "zero one zero five nineteen eighty", "1980-01-05"],
  ["date", "speech", "one five nineteen eighty", "1980-01-05"],
  ["date", "speech", "01051980", "1980-01-05"],
  ["date", "speech", "cinco de enero de mil novecientos ochenta", "1980-01-05", {}, es],
  ["date", "speech", "primero de marzo del dos mil veinte", "2020-03-01", {}, es],
  ["date", "speech", "treinta y uno de diciembre de 1999", "1999-12-31", {}, es],
  ["date", "speech", "el 5 de enero de 1980", "1980-01-05", {}, es],
  ["date", "speech", "15 de setiembre de 1970", "1970-09-15", {}, es],
  ["date", "speech", "15 dic 1970", "1970-12-15", {}, es],
  ["date", "speech", "January fifth", no("incomplete")],
  ["date", "speech", "January", no("incomplete")],
  ["date", "speech", "January forty nineteen eighty", no()],
  ["date", "speech", "February thirtieth nineteen eighty", no()],
  ["date", "speech", "tomorrow", no()],
  ["date", "speech", "I don't know", no()],
  // times
  ["time", "keys", "1630", "16:30"],
  ["time", "keys", "930", "09:30"],
  ["time", "keys", "2460", no()],
  ["time", "keys", "9", no("incomplete")],
  ["time", "speech", "4:30 p.m.", "16:30"],
  ["time", "speech", "4:30pm", "16:30"],
  ["time", "speech", "four thirty in the afternoon", "16:30"],
  ["time", "speech", "half past four in the morning", "04:30"],
  ["time", "speech", "quarter to five pm", "16:45"],
  ["time", "speech", "eight oh five am", "08:05"],
  ["time", "speech", "noon", "12:00"],
  ["time", "speech", "twelve am", "00:00"],
  ["time", "speech", "twelve thirty pm", "12:30"],
  ["time", "speech", "16:30", "16:30"],
  ["time", "speech", "eight at night", "20:00"],
  ["time", "speech", "four thirty", no("ambiguous")],
  ["time", "speech", "las cuatro y media de la tarde", "16:30", {}, es],
  ["time", "speech", "las nueve y cuarto de la mañana", "09:15", {}, es],
  ["time", "speech", "las cinco menos diez de la tarde", "16:50", {}, es],
  ["time", "speech", "mediodía", "12:00", {}, es],
  ["time", "speech", "sometime soon", no()],
  // money and numbers
  ["money", "keys", "12550", 12550],
  ["money", "keys", "125*50", no()],
  ["money", "keys", "125*50", 12550, { moneyKeys: "star" }],
  ["money", "keys", "125*5", 12550, { moneyKeys: "star" }],
  ["money", "keys", "125", 12500, { moneyKeys: "star" }],
  ["money", "keys", "*50", 50, { moneyKeys: "star" }],
  ["money", "keys", "*", no(), { moneyKeys: "star" }],
  ["money", "keys", "1*2*3", no(), { moneyKeys: "star" }],
  ["money", "speech", "one hundred twenty five dollars and fifty cents", 12550],
  ["money", "speech", "one hundred and five dollars", 10500],
  ["money", "speech", "125.50", 12550],
  ["money", "speech", "$1,250.50.", 125050],
  ["money", "speech", "125 dollars and 50 cents", 12550],
  ["money", "speech", "$125 and 5 cents", no()],
  ["money", "speech", "125 dollars", 12500],
  ["money", "speech", "fifty cents", 50],
  ["money", "speech", "two thousand dollars", 200000],
  ["money", "speech", "one twenty five point five zero", no()],
  ["money", "speech", "one hundred point five", 10050],
  ["money", "speech", "ciento veinticinco con cincuenta", 12550, {}, es],
  ["money", "speech", "ciento veinticinco dólares con cincuenta centavos", 12550, {}, es],
  ["money", "speech", "mil doscientos dólares", 120000, {}, es],
  ["money", "speech", "a lot", no()],
  ["money", "speech", "two hundred cents", no()],
  ["money", "speech", "99999999 dollars", no()],
  ["number", "keys", "12", 12],
  ["number", "keys", "12*5", 12.5],
  ["number", "keys", "#", no()],
  ["number", "speech", "twelve", 12],
  ["number", "speech", "1,250", 1250],
  ["number", "speech", "twelve point five", 12.5],
  ["number", "speech", "minus two", -2],
  ["number", "speech", "two million three hundred thousand and one", 2_300_001],
  ["number", "speech", "dos mil veintiséis", 2026, {}, es],
  ["number", "speech", "veinte y tres", 23, {}, es],
  ["number", "speech", "dos mil tres millones", 2_003_000_000, {}, es],
  ["number", "speech", "mil millones", 1_000_000_000, {}, es],
  ["number", "speech", "twenty zero", no()],
  ["number", "speech", "five five", no()],
  ["number", "speech", "thousand thousand", no()],
  ["number", "speech", "many", no()],
  // phone
  ["phone", "keys", "5550100001", "+15550100001"],
  ["phone", "keys", "15550100001", "+15550100001"],
  ["phone", "keys", "0550100001", no()],
  ["phone", "keys", "555010", no("incomplete")],
  ["phone", "keys", "555010000122", no("too-long")],
  ["phone", "speech", "555-010-0001", "+15550100001"],
  ["phone", "speech", "area code five five five oh one oh zero zero zero one", "+15550100001"],
  ["phone", "speech", "eight hundred five five five one two one two", "+18005551212"],
  ["phone", "speech", "eight hundred five five five one two", no("incomplete")],
  ["phone", "speech", "eight hundred five five five oh one double nine", "+18005550199"],
  // identifiers
  ["member-id", "keys", "123456789", "123456789"],
  ["member-id", "speech", "A B C 1 2 3", "ABC123"],
  ["member-id", "speech", "a as in alpha, b as in boy, 12", "AB12"],
  ["member-id", "speech", "Alpha Bravo Charlie one two", "ABC12"],
  ["member-id", "speech", "abc 123", "ABC123"],
  ["member-id", "speech", "W as in William one", "W1"],
  ["member-id", "speech", "double u one", "W1"],
  ["member-id", "speech", "double a five", "AA5"],
  ["member-id", "speech", "X-ray two", "X2"],
  ["member-id", "speech", "b de bueno, e de enrique, 4", "BE4", {}, es],
  ["member-id", "speech", "be uno i griega", "B1Y", {}, es],
  ["member-id", "speech", "doble u cinco", "W5", {}, es],
  ["member-id", "speech", "w1234", "W1234", { pattern: "W\\d{4}" }],
  ["member-id", "speech", "w123", no(), { pattern: "W\\d{4}" }],
  ["member-id", "keys", "12", no("incomplete"), { minLength: 3 }],
  ["member-id", "keys", "12#", no()],
  ["member-id", "keys", "12", "12", { pattern: "(" }],
  ["member-id", "speech", "something completely different", no()],
  ["mbi", "speech", "1EG4-TE5-MK73", "1EG4TE5MK73"],
  ["mbi", "speech", "one e g four t e five m k seven three", "1EG4TE5MK73"],
  ["mbi", "speech", "one echo golf four tango echo five mike kilo seven three", "1EG4TE5MK73"],
  ["mbi", "speech", "uno e ge cuatro te e cinco eme ka siete tres", "1EG4TE5MK73", {}, es],
  ["mbi", "speech", "one e g four t e five m k seven", no("incomplete")],
  ["mbi", "speech", "1EG4TE5MK735", no("too-long")],
  ["mbi", "speech", "1EG4TE5MK7O", "1EG4TE5MK70"],
  ["mbi", "speech", "1SG4TE5MK73", no()],
  ["mbi", "keys", "13448356573", no()],
  ["claim-number", "keys", "20260012345", "20260012345"],
  ["claim-number", "speech", "E 2026 double oh 7", "E2026007"],
  ["claim-number", "speech", "¿qué dijo usted?", no()],
  // words
  ["text", "speech", "  It was paid. ", "It was paid."],
  ["text", "speech", "a".repeat(1500), "a".repeat(1000)],
  ["text", "speech", `${"a".repeat(999)}\u{1f600}`, `${"a".repeat(999)}\ufffd`],
  ["digits", "speech", "one ".repeat(300), no()],
  ["text", "keys", "1", no()],
  ["text", "speech", "  ", no("silent")],
  ["number", "speech", "minus zero", 0],
  ["yes-no", "speech", "así es", "yes", {}, es],
  ["yes-no", "speech", "De acuerdo.", "yes", {}, es],
  ["yes-no", "speech", "no está bien", "no", {}, es],
  ["yes-no", "keys", "1", "yes"],
  ["yes-no", "keys", "2", "no"],
  ["yes-no", "keys", "3", no()],
  ["yes-no", "speech", "Yes, that's correct.", "yes"],
  ["yes-no", "speech", "yeah", "yes"],
  ["yes-no", "speech", "press two", "no"],
  ["yes-no", "speech", "No.", "no"],
  ["yes-no", "speech", "that's not correct", "no"],
  ["yes-no", "speech", "that isn't right", "no"],
  ["yes-no", "speech", "eso no es correcto", "no", {}, es],
  ["yes-no", "speech", "not correct", "no"],
  ["yes-no", "speech", "I don't think so", "no"],
  ["yes-no", "speech", "yes and no", no("ambiguous")],
  ["yes-no", "speech", "of course", "yes"],
  ["yes-no", "speech", "Sí, claro", "yes", {}, es],
  ["yes-no", "speech", "claro que no", "no", {}, es],
  ["yes-no", "speech", "maybe", no()],
  ["choice", "keys", "2", "Denied", { choices: ["Paid", "Denied", "In process"] }],
  ["choice", "keys", "4", no(), { choices: ["Paid", "Denied", "In process"] }],
  ["choice", "speech", "it was denied", "Denied", { choices: ["Paid", "Denied", "In process"] }],
  ["choice", "speech", "still in process", "In process", { choices: ["Paid", "Denied", "In process"] }],
  ["choice", "speech", "option three", "In process", { choices: ["Paid", "Denied", "In process"] }],
  ["choice", "speech", "paid in full", "Paid in full", { choices: ["Paid", "Paid in full"] }],
  ["choice", "speech", "paid or denied", no("ambiguous"), { choices: ["Paid", "Denied"] }],
  ["choice", "speech", "what", no(), { choices: ["Paid", "Denied"] }],
  ["choice", "speech", "anything", no()],
];

describe("answers", () => {
  it.each(rows)("%s by %s %j is %j %j", (form, how, text, wanted, options = {}, language = "en-US") => {
    const read = answerForms[form].read({ [how]: text }, options, language);
    expect(read).toEqual(
      typeof wanted === "object" ? { ok: false, reason: wanted.no } : { ok: true, value: wanted },
    );
  });

  it("keys count before speech, and nothing is silence", () => {
    expect(answerForms.digits.read({ keys: "1", speech: "two" })).toEqual({ ok: true, value: "1" });
    for (const form of Object.values(answerForms)) {
      expect(form.read({})).toEqual({ ok: false, reason: "silent" });
      expect(form.read({ keys: "", speech: "" })).toEqual({ ok: false, reason: "silent" });
    }
  });

  it.each<[AnswerFormName, AnswerOptions, number | undefined, string, string]>([
    ["digits", { minLength: 4, maxLength: 4 }, 4, "four digits", "cuatro dígitos"],
    ["digits", { minLength: 4, maxLength: 6 }, 6, "four to six digits", "de cuatro a seis dígitos"],
    ["digits", {}, undefined, "the digits", "los dígitos"],
    ["npi", {}, 10, "ten digits", "diez dígitos"],
    ["tin", {}, 9, "nine digits", "nueve dígitos"],
    ["phone", {}, 10, "ten digits", "diez dígitos"],
    [
      "date",
      { dateOrder: "MMDDYY" },
      6,
      "two digits for the month, two for the day and two for the year",
      "dos dígitos del mes, dos del día y dos del año",
    ],
    ["money", {}, undefined, "the amount in cents, without a point", "el monto en centavos, sin punto"],
    ["mbi", {}, undefined, "", ""],
    ["yes-no", {}, 1, "one for yes or two for no", "uno para sí o dos para no"],
    ["choice", { choices: ["a", "b"] }, 1, "1 for a, 2 for b", "1 para a, 2 para b"],
    [
      "time",
      {},
      4,
      "two digits for the hour, from zero to twenty-three, and two for the minutes",
      "dos dígitos de la hora, de cero a veintitrés, y dos de los minutos",
    ],
  ])("%s %j ends after %j keys", (form, options, keys, english, spanish) => {
    expect(answerForms[form].maxKeys(options)).toBe(keys);
    expect(answerForms[form].keysExpected(options, "en-US")).toBe(english);
    expect(answerForms[form].keysExpected(options, es)).toBe(spanish);
  });

  it("knows the numbers of providers and of Medicare", () => {
    expect(["1234567893", "1558598797", "1245319599"].every(isNpi)).toBe(true);
    expect(["1234567890", "", "x", "0000000000"].some(isNpi)).toBe(false);
    expect([isMbi("1EG4TE5MK73"), isMbi("0EG4TE5MK73"), isMbi("1EG4TE5MK7")]).toEqual([true, false, false]);
  });

  it("reads anything without throwing, and what it reads fits its type", () => {
    const word = fc.constantFrom(
      ..."one two twenty hundred thousand y and double triple point con dollars cents january enero de first 1980 5 oh o a b as in boy alpha mil menos pm half past to quarter yes no . -".split(
        " ",
      ),
    );
    const speech = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
    );
    const keys = fc.oneof(fc.stringMatching(/^[0-9*#]{0,14}$/), fc.string());
    const options: fc.Arbitrary<AnswerOptions> = fc.record(
      {
        minLength: fc.integer({ min: -1, max: 50 }),
        maxLength: fc.integer({ min: -1, max: 50 }),
        moneyKeys: fc.constantFrom<"cents" | "star">("cents", "star"),
        pattern: fc.string(),
        notAfter: fc.constantFrom("2026-11-21", "soon"),
        choices: fc.constant(["Paid", "In process", "yes", "no"]),
      },
      { requiredKeys: [] },
    );
    const names = Object.keys(answerForms) as AnswerFormName[];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        keys,
        speech,
        fc.boolean(),
        options,
        fc.constantFrom("en-US", es),
        (name, pressed, said, byKeys, how, language) => {
          const form = answerForms[name];
          const read = form.read(byKeys ? { keys: pressed } : { speech: said }, how, language);
          expect(typeof form.keysExpected(how, language)).toBe("string");
          if (!read.ok) return;
          const choices = name === "yes-no" ? ["yes", "no"] : how.choices;
          expect(coerce(read.value, form.type, choices)).toEqual({ ok: true, value: read.value });
        },
      ),
      { numRuns: 3000 },
    );
  });
});
