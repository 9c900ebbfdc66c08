/** Where a node names a variable: its variable fields, its conditions, and `{{name}}` in its texts. Pure. */
import { definitionOf, type FlowNode } from "@trunkline/schema/document";
import { type FormField, formOf } from "../inspector/form-schema.ts";

/** The node with one variable called otherwise; the same object where it does not name it. */
export function withVariableRenamed(node: FlowNode, from: string, to: string): FlowNode {
  // `from` is a variable's name: letters, digits and underscores, nothing a pattern would read.
  const placeholder = new RegExp(`(\\{\\{\\s*)${from}(?=\\s*(?:\\.|\\||\\}\\}))`, "g");
  /** The name itself, or a field of the claim it holds. */
  const named = (value: unknown) => {
    if (value === from) return to;
    return typeof value === "string" && value.startsWith(`${from}.`) ? to + value.slice(from.length) : value;
  };
  const inField = (field: FormField, value: unknown): unknown => {
    if (field.widget === "variable") return named(value);
    if (field.widget === "condition") return inCondition(value);
    if ((field.widget === "prompt" || field.widget === "template") && typeof value === "string")
      return value.replace(placeholder, (_all, open: string) => open + to);
    if (Array.isArray(value) && field.items.length > 0)
      return value.map((item) => inFields(field.items, item));
    return value;
  };
  const inFields = (fields: readonly FormField[], held: object): object => ({
    ...held,
    ...Object.fromEntries(
      fields.flatMap((field) => {
        const value: unknown = Reflect.get(held, field.key);
        return value === undefined ? [] : [[field.key, inField(field, value)]];
      }),
    ),
  });
  /** A test names its variable, and may name another to compare with; a value it compares with is no name. */
  const inCondition = (asked: unknown): unknown => {
    if (Array.isArray(asked)) return asked.map(inCondition);
    if (typeof asked !== "object" || asked === null) return asked;
    return Object.fromEntries(
      Object.entries(asked).map(([key, value]) => {
        if (key === "variable") return [key, named(value)];
        const other = typeof value === "object" && !Array.isArray(value);
        return [key, key === "to" && !other ? value : inCondition(value)];
      }),
    );
  };
  const config = inFields(formOf(definitionOf(node.kind)), node.config);
  return JSON.stringify(config) === JSON.stringify(node.config) ? node : { ...node, config };
}
