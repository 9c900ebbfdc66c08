/**
 * From a kind's config schema to the fields of its form. Walks the JSON Schema that zod makes; labels, help, widgets
 * and units come from the fields' own `.meta`. A kind's form is never written by hand.
 */
import type { FieldMeta, NodeDefinition, Widget } from "@trunkline/schema/nodes";
import { z } from "zod";

export interface FormField {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly widget: Widget;
  readonly unit: string | null;
  readonly required: boolean;
  /** What a switch that was never touched means. */
  readonly initially: boolean;
  readonly least: number | null;
  readonly most: number | null;
  readonly choices: readonly string[];
  readonly pattern: string | null;
  /** Fields of one item, for a list of objects. */
  readonly items: readonly FormField[];
  /** The control of one item, for a list of texts. */
  readonly itemWidget: Widget | null;
  readonly fewestItems: number;
  readonly mostItems: number;
}

interface Shape extends Partial<FieldMeta> {
  readonly type?: string;
  readonly properties?: { readonly [key: string]: Shape };
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

const cache = new Map<string, readonly FormField[]>();

export function formOf(definition: NodeDefinition): readonly FormField[] {
  const known = cache.get(definition.kind);
  if (known) return known;
  // zod's own output for an object type; the fields read here are all optional.
  const shape = z.toJSONSchema(definition.config, { io: "input", unrepresentable: "any" }) as Shape;
  const fields = fieldsOf(shape);
  cache.set(definition.kind, fields);
  return fields;
}

function fieldsOf(shape: Shape): readonly FormField[] {
  return Object.entries(shape.properties ?? {}).map(([key, field]) => ({
    key,
    label: field.label ?? key,
    help: field.help ?? "",
    widget: field.widget ?? guessWidget(field),
    unit: field.unit ?? null,
    required: shape.required?.includes(key) ?? false,
    // Kinds say in the help what holds for a switch nobody touched; a form must not show otherwise.
    initially: /unless switched off/.test(field.help ?? ""),
    least: field.minimum ?? null,
    most: field.type === "string" ? (field.maxLength ?? null) : (field.maximum ?? null),
    choices: keypadOrder((field.enum ?? field.items?.enum ?? []).map(String)),
    pattern: field.pattern ?? null,
    items: field.items ? fieldsOf(field.items) : [],
    itemWidget: field.items && !field.items.properties ? (field.items.widget ?? "text") : null,
    fewestItems: field.minItems ?? 0,
    mostItems: field.maxItems ?? 100,
  }));
}

/** JavaScript sorts number-like names, so a keypad's 0 comes first; people look for it after 9. */
function keypadOrder(choices: readonly string[]): readonly string[] {
  const [first, ...rest] = choices;
  const after = rest.indexOf("9") + 1;
  return first === "0" && after > 0 ? [...rest.slice(0, after), first, ...rest.slice(after)] : choices;
}

function guessWidget(field: Shape): Widget {
  if (field.enum) return "choice";
  if (field.type === "boolean") return "switch";
  if (field.type === "integer" || field.type === "number") return "number";
  if (field.type === "array") return field.items?.properties ? "list" : "phrases";
  return "text";
}

/** A new list item that fits its schema: names count up, choices take the first one nobody has. */
export function newItem(list: FormField, siblings: readonly unknown[], variables: readonly string[]): object {
  const used = (key: string) =>
    siblings.map((one) => (typeof one === "object" && one !== null ? Reflect.get(one, key) : undefined));
  const noun = list.label.replace(/s$/, "");
  const number = siblings.length + 1;
  const entries = list.items
    // A text that is said may be left out by some of a kind's ways, but the usual one has it.
    .filter((field) => field.required || field.widget === "prompt")
    .map((field): [string, unknown] => {
      const taken = used(field.key);
      switch (field.widget) {
        case "choice":
          return [field.key, field.choices.find((one) => !taken.includes(one)) ?? field.choices[0] ?? ""];
        case "variable":
          return [field.key, variables.find((one) => !taken.includes(one)) ?? variables[0] ?? "value"];
        case "condition":
          return [field.key, { variable: variables[0] ?? "value", is: "not-blank" }];
        case "number":
          return [field.key, field.least ?? 0];
        case "switch":
          return [field.key, false];
        case "list":
        case "pairs":
        case "phrases":
        case "days":
          return [field.key, []];
        case "prompt":
        case "template":
          return [field.key, ""];
        case "time":
          return [field.key, field.key === "to" ? "17:00" : "09:00"];
        case "date":
          return [field.key, new Date().toISOString().slice(0, 10)];
        default: {
          const slug = field.pattern?.includes("a-z0-9-") ?? false;
          for (let n = number; ; n += 1) {
            const name = slug ? `${noun.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${n}` : `${noun} ${n}`;
            if (!taken.includes(name)) return [field.key, name];
          }
        }
      }
    });
  return Object.fromEntries(entries);
}
