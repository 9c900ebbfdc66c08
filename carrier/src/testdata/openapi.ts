/** For tests: Twilio's own description of its REST answers as a judge. Strict: what it does not name must not be there, and all it names must. */
import { readFileSync } from "node:fs";

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const read = (name: string) =>
  // The files beside this one have this shape.
  (
    JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as {
      answers: Record<string, Schema | null>;
    }
  ).answers;
const answers = { ...read("./openapi-answers.json"), ...read("./openapi-taskrouter.json") };

const known = Object.entries(answers).map(([name, schema]) => {
  const [method, path, status] = name.split(" ");
  const pattern = new RegExp(`^${path!.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+?")}$`);
  return { method, pattern, status: Number(status), schema, fixed: !/\}(\.json)?$/.test(path!) };
});

/** What is wrong with an answer, as sentences; a path without description is wrong too. */
export function judge(method: string, path: string, status: number, body: unknown): string[] {
  const of = known
    .filter((one) => one.method === method && one.pattern.test(path))
    .sort((one, other) => Number(other.fixed) - Number(one.fixed));
  const described = of.find((one) => one.status === status);
  if (!described) return [`${method} ${path} ${status}: Twilio's description has no such answer`];
  return described.schema === null ? [] : check(described.schema, body, "answer");
}

function check(schema: Schema, value: unknown, at: string): string[] {
  const wrong = (expected: string) => [`${at}: expected ${expected}, found ${JSON.stringify(value)}`];
  if (value === null || value === undefined)
    // An enumeration is never marked nullable; the examples show null where nothing is known.
    return schema.nullable || schema.enum ? [] : wrong(schema.type ?? "a value");
  if (schema.enum && !schema.enum.includes(value)) return wrong(schema.enum.join(" or "));
  switch (schema.type) {
    case "string":
      return typeof value === "string" ? checkText(schema, value, wrong) : wrong("text");
    case "integer":
      return Number.isInteger(value) ? [] : wrong("a whole number");
    case "boolean":
      return typeof value === "boolean" ? [] : wrong("true or false");
    case "array":
      if (!Array.isArray(value)) return wrong("a list");
      return value.flatMap((one, index) => (schema.items ? check(schema.items, one, `${at}[${index}]`) : []));
    case "object":
      return typeof value === "object" ? checkFields(schema, value, at) : wrong("an object");
    default:
      return [];
  }
}

const iso8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const rfc2822 = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

function checkText(schema: Schema, value: string, wrong: (expected: string) => string[]): string[] {
  if (schema.pattern && !new RegExp(schema.pattern).test(value)) return wrong(schema.pattern);
  if (schema.format === "date-time-rfc-2822" && !rfc2822.test(value)) return wrong("a date of RFC 2822");
  if (schema.format === "date-time" && !iso8601.test(value)) return wrong("a date of ISO 8601");
  if (value.length < (schema.minLength ?? 0)) return wrong(`at least ${schema.minLength} characters`);
  if (value.length > (schema.maxLength ?? value.length))
    return wrong(`at most ${schema.maxLength} characters`);
  return [];
}

function checkFields(schema: Schema, value: object, at: string): string[] {
  if (!schema.properties) return [];
  const fields = schema.properties;
  const extra = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  return [
    ...extra.map((name) => `${at}.${name}: is not in Twilio's description`),
    ...Object.entries(fields).flatMap(([name, field]) =>
      // Read by a name of its own description.
      name in value
        ? check(field, (value as Record<string, unknown>)[name], `${at}.${name}`)
        : [`${at}.${name}: is missing`],
    ),
  ];
}
