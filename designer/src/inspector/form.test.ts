import { definitionOf } from "@trunkline/schema/document";
import { kinds } from "@trunkline/schema/nodes";
import { describe, expect, it } from "vitest";
import { formOf, newItem } from "./form-schema.ts";
import { editField, nothingHeld, setIn, withHeld } from "./held-fields.ts";

describe("formOf", () => {
  it.each(kinds.map((kind) => kind.kind))("every field of %s has a label", (kind) => {
    const fields = formOf(definitionOf(kind));
    for (const field of fields) expect(field.label, field.key).not.toBe(field.key);
  });

  it("walks a menu", () => {
    const fields = formOf(definitionOf("menu"));
    expect(fields.slice(0, 6).map((field) => [field.key, field.widget, field.required])).toEqual([
      ["prompt", "prompt", false],
      ["options", "list", true],
      ["timeoutSeconds", "number", true],
      ["tries", "number", true],
      ["invalidText", "prompt", false],
      ["silenceText", "prompt", false],
    ]);
    expect(fields[1]?.items.map((field) => [field.key, field.widget])).toEqual([
      ["key", "choice"],
      ["label", "text"],
      ["phrases", "phrases"],
      ["means", "choice"],
    ]);
    expect(fields.find((field) => field.key === "bargeIn")?.initially).toBe(true);
    expect(fields.find((field) => field.key === "markup")?.initially).toBe(false);
    expect(fields[2]).toMatchObject({ unit: "seconds", least: 1, most: 30 });
  });

  it.each([
    ["menu", "options", [{ key: "1", label: "Claims" }], { key: "2", label: "Option 2" }],
    ["branch", "rules", [{ name: "rule-2" }], { name: "rule-3", when: { variable: "a", is: "not-blank" } }],
    ["record-outcome", "fields", [], { name: "field-1", variable: "a" }],
    ["set", "assignments", [{ variable: "a", to: "" }], { variable: "b", to: "" }],
  ])("a new item of %s.%s fits", (kind, key, siblings, expected) => {
    const list = formOf(definitionOf(kind)).find((field) => field.key === key);
    if (!list) throw new Error(`Expected a field ${key}.`);
    expect(newItem(list, siblings, ["a", "b"])).toEqual(expected);
  });
});

describe("held fields", () => {
  // least must not exceed most, and neither may be over 10
  const check = (config: unknown) => {
    const { least, most } = config as { least: number; most: number }; // the test's own configs
    return least <= most && most <= 10 ? [] : [{ path: ["most"], sentence: "Expected more." }];
  };
  const config = { least: 1, most: 5 };

  it("applies what fits", () => {
    expect(editField(config, nothingHeld, ["most"], 6, check).apply).toEqual({ least: 1, most: 6 });
  });

  it("holds what does not fit, and applies both when the other field makes it fit", () => {
    const first = editField(config, nothingHeld, ["least"], 8, check);
    expect(first.apply).toBeNull();
    expect(withHeld(config, first.fields)).toEqual({ least: 8, most: 5 });
    const second = editField(config, first.fields, ["most"], 9, check);
    expect(second.apply).toEqual({ least: 8, most: 9 });
    expect(second.fields.held.size).toBe(0);
  });

  it("keeps a bad field while another is applied", () => {
    const bad = editField(config, nothingHeld, ["most"], 99, check);
    const good = editField(config, bad.fields, ["least"], 2, check);
    expect(good.apply).toEqual({ least: 2, most: 5 });
    expect(withHeld(good.apply, good.fields)).toEqual({ least: 2, most: 99 });
  });

  it.each([
    [{ a: 1 }, ["b"], 2, { a: 1, b: 2 }],
    [{ a: 1 }, ["a"], undefined, {}],
    [{ a: [{ b: 1 }] }, ["a", 0, "b"], 2, { a: [{ b: 2 }] }],
  ])("setIn %j %j", (whole, path, value, expected) => expect(setIn(whole, path, value)).toEqual(expected));
});
