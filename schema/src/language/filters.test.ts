/** What a caller hears of a value, in English and Spanish. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Value, VariableType } from "../call/index.ts";
import { filters, findFilter, numberInWords, parseTemplate, renderTemplate, spoken } from "./index.ts";

const es = "es-MX";

describe("filters", () => {
  it.each(filters.map((filter) => [filter.name, filter] as const))("%s says its example", (_name, filter) => {
    expect(filter.apply(filter.example.from, filter.example.language)).toBe(filter.example.spoken);
    expect(filter.takes.length).toBeGreaterThan(0);
    expect(findFilter(filter.name)).toBe(filter);
  });

  it.each<[string, Value, string, string?]>([
    ["digits", "0417", "0 4 1 7", es],
    ["digits", ["a", "b"], "a , b"],
    ["money", 12550, "125 dólares con 50 centavos", es],
    ["money", 101, "1 dólar con 1 centavo", es],
    ["money", -5, "menos 0 dólares con 5 centavos", es],
    ["money-words", 12550, "ciento veinticinco dólares con cincuenta centavos", es],
    ["money-words", 100, "one dollar"],
    ["money-words", 2101, "veintiún dólares con un centavo", es],
    ["money-words", 100_000_000, "un millón de dólares", es],
    ["money-words", -101, "minus one dollar and one cent"],
    ["money-words", "much", "much"],
    ["date", "2026-03-02", "2 de marzo de 2026", es],
    ["date", "2026-01-01", "primero de enero de 2026", es],
    ["month-day", "2026-11-23", "November 23rd"],
    ["month-day", "2026-11-23", "23 de noviembre", es],
    ["month-day", "2026-00-23", "2026-00-23"],
    ["time", "16:30", "4:30 de la tarde", es],
    ["time", "00:05", "12:05 AM"],
    ["time", "12:00", "12:00 PM"],
    ["time", "00:05", "12:05 de la madrugada", es],
    ["time", "21:00", "9:00 de la noche", es],
    ["time", "25:00", "25:00"],
    ["spell", "o'b-1", "O, B, guion, 1", es],
    ["spell", "", ""],
    ["nato", "1eg4", "1, Echo, Golf, 4"],
    ["nato", "1eg4", "1, E de Enrique, G de Gerona, 4", es],
    ["nato", "ñ", "Ñ de Ñoño", es],
    ["nato", "É-2", "É, dash, 2"],
    ["phone", "5550100001", "5 5 5, 0 1 0, 0 0 0 1"],
    ["phone", "+442079460000", "4 4 2, 0 7 9, 4 6 0, 0 0 0"],
    ["phone", "withheld", "withheld"],
    ["groups", "12345", "1 2 3, 4 5"],
    ["groups", "", ""],
    ["last4", "12", "1 2"],
    ["ordinal", 11, "11th"],
    ["ordinal", 3, "3rd"],
    ["ordinal", "3", "tercero", es],
    ["ordinal", 12, "12.º", es],
    ["ordinal", "third", "third"],
    ["words", "", ""],
    ["words", 1.5, "1.5"],
    ["words", 1e15, "1000000000000000"],
    ["percent", 12.5, "12.5 por ciento", es],
    ["list", ["a"], "a"],
    ["list", [], ""],
    ["list", ["a", "b"], "a and b"],
    ["list", ["a", "b", "c"], "a, b y c", es],
    ["list", ["padres", "hijos"], "padres e hijos", es],
    ["list", ["agua", "hielo"], "agua y hielo", es],
    ["list", "a, b", "a, b"],
  ])("%s of %j is %j %s", (name, value, wanted, language) => {
    expect(findFilter(name)?.apply(value, language)).toBe(wanted);
  });

  it.each<[VariableType, Value, string, string]>([
    ["money", 12550, "en-US", "125 dollars and 50 cents"],
    ["money", 12550, "es-US", "125 dólares con 50 centavos"],
    ["date", "2026-03-02", "es", "2 de marzo de 2026"],
    ["time", "09:15", "en-GB", "9:15 AM"],
    ["time", "09:15", "es-ES", "9:15 de la mañana"],
    ["list", ["one", "two"], "en-US", "one and two"],
    ["list", ["uno", "dos"], "es-US", "uno y dos"],
    ["digits", "0417", "es-US", "0417"],
    ["phone", "+15550100001", "en-US", "5 5 5, 0 1 0, 0 0 0 1"],
    ["phone", "", "en-US", ""],
    ["claim", { dob: "1980-01-05" }, "en-US", ""],
    ["money", 100, "est-EE", "1 dollar"],
  ])("a %s %j without a filter in %s is %j", (type, value, language, wanted) => {
    expect(spoken(value, type, language)).toBe(wanted);
  });

  it.each([
    [0, "zero", "cero"],
    [16, "sixteen", "dieciséis"],
    [21, "twenty-one", "veintiuno"],
    [31, "thirty-one", "treinta y uno"],
    [100, "one hundred", "cien"],
    [101, "one hundred one", "ciento uno"],
    [515, "five hundred fifteen", "quinientos quince"],
    [1000, "one thousand", "mil"],
    [21_001, "twenty-one thousand one", "veintiún mil uno"],
    [1_000_000, "one million", "un millón"],
    [2_000_300, "two million three hundred", "dos millones trescientos"],
    [-7, "minus seven", "menos siete"],
    [1_000_000_000, "one billion", "mil millones"],
  ])("%d is %j, %j", (number, english, spanish) => {
    expect(numberInWords(number, "en-US")).toBe(english);
    expect(numberInWords(number, es)).toBe(spanish);
  });

  it("gives a text for any value in any language", () => {
    const value: fc.Arbitrary<Value> = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.integer(),
      fc.array(fc.string()),
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double())),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...filters),
        value,
        fc.oneof(fc.constantFrom("en-US", es), fc.string()),
        (filter, from, language) => {
          const parsed = parseTemplate(`Say {{a|${filter.name}}}.`);
          const text = parsed.ok ? renderTemplate(parsed.template, () => from, undefined, language) : null;
          expect(text).toMatch(/^Say/);
          expect(text).not.toMatch(/undefined|\[object/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
