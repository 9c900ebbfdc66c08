/** What is pressed for letters, dates and amounts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type EncodingOptions,
  type EncodingScheme,
  encodeDate,
  encodeKeys,
  encodeMoney,
  encodingSchemes,
} from "./index.ts";

describe("keys for a payer's phone system", () => {
  it.each<[string, EncodingScheme, EncodingOptions, string | RegExp]>([
    ["1EG4-TE5-MK73", "phone-key", {}, "13448356573"],
    ["1EG4-TE5-MK73", "digits-only", {}, "14573"],
    ["1EG4TE5MK73", "star-key-position", {}, "1*32*414*81*325*61*5273"],
    ["AQZRS", "star-key-position", {}, "*21*11*12*72*73"],
    ["QZRS", "star-key-position", { qAndZ: "on-7-and-9" }, "*72*94*73*74"],
    ["A1", "key-position", {}, "211"],
    ["QZ", "key-position", {}, "7294"],
    ["QZ", "phone-key", { qAndZ: "on-1" }, "11"],
    ["cab", "multi-tap", {}, "222w2w22"],
    ["ad", "multi-tap", {}, "23"],
    ["2a", "multi-tap", {}, "2w2"],
    ["12", "phone-key", { gapHalfSeconds: 2, terminator: "#" }, "1ww2#"],
    ["ñandú", "phone-key", {}, "62638"],
    ["", "phone-key", {}, /found none/],
    ["ABC", "digits-only", {}, /found none/],
    ["Ж", "phone-key", {}, /found "Ж"/],
    ["1", "phone-key", { gapHalfSeconds: 99 }, /0 to 10 half seconds/],
    ["1", "phone-key", { gapHalfSeconds: Number.NaN }, /0 to 10 half seconds/],
    ["1".repeat(101), "phone-key", {}, /at most 100 keys/],
    ["1".repeat(201), "phone-key", {}, /at most 200 characters/],
  ])("%j by %s %j", (text, scheme, options, wanted) => {
    const keys = encodeKeys(text, scheme, options);
    const said = keys.ok ? keys.digits : keys.sentence;
    if (typeof wanted === "string") expect(said).toBe(wanted);
    else expect(said).toMatch(wanted);
    expect(keys.ok).toBe(typeof wanted === "string");
  });

  it("presses only what a phone has", () => {
    const options = fc.record(
      {
        gapHalfSeconds: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.double()),
        terminator: fc.constantFrom<"#" | "*" | "">("#", "*", ""),
        qAndZ: fc.constantFrom<"on-1" | "on-7-and-9">("on-1", "on-7-and-9"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[A-Z0-9 -]{1,30}$/)),
        fc.constantFrom(...encodingSchemes),
        options,
        (text, scheme, how) => {
          const keys = encodeKeys(text, scheme, how);
          if (keys.ok) expect(keys.digits).toMatch(/^[0-9*#wW]{1,100}$/);
          else expect(keys.sentence).toMatch(/^Expected .*, found .*\.$/s);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["MMDDYYYY", "01051980"],
    ["MMDDYY", "010580"],
    ["DDMMYYYY", "05011980"],
    ["YYYYMMDD", "19800105"],
    ["MMDD", "0105"],
    ["MMYYYY", "011980"],
  ] as const)("a date as %s", (format, wanted) => {
    expect(encodeDate("1980-01-05", format)).toEqual({ ok: true, digits: wanted });
    expect(encodeDate("1980-02-30", format).ok).toBe(false);
  });

  it.each([
    [12550, "12550", "125*50"],
    [5, "5", "0*05"],
    [-1, null, null],
    [1.5, null, null],
    [Number.NaN, null, null],
  ])("%d cents", (cents, plain, star) => {
    const [one, two] = [encodeMoney(cents, "cents"), encodeMoney(cents, "star-decimal")];
    expect([one.ok ? one.digits : null, two.ok ? two.digits : null]).toEqual([plain, star]);
  });
});
