/**
 * REST answers as XML, which Twilio gives when a path does not end in `.json`: names in capitals, a list's page as attributes.
 * Pure. Source: Twilio, "Twilio's response" and the examples of its older REST pages.
 */
type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** `resource` names what a single answer is: `Call`. */
export function xmlOf(resource: string, answer: { readonly [name: string]: Value }): string {
  const list = "page_size" in answer && Object.entries(answer).find(([, value]) => Array.isArray(value));
  const inner = list
    ? listOf(list[0], list[1] as readonly Value[], answer)
    : element("more_info" in answer ? "RestException" : resource, answer);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<TwilioResponse>${inner}</TwilioResponse>`;
}

function listOf(name: string, rows: readonly Value[], answer: { readonly [name: string]: Value }): string {
  const attributes = Object.entries(answer)
    .filter(([key]) => key !== name)
    .map(([key, value]) => ` ${key.replaceAll("_", "")}="${escaped(textOf(value))}"`)
    .join("");
  const inner = rows.map((row) => element(singular(titled(name)), row)).join("");
  return `<${titled(name)}${attributes}>${inner}</${titled(name)}>`;
}

function element(name: string, value: Value): string {
  return `<${name}>${contentOf(name, value)}</${name}>`;
}

function contentOf(name: string, value: Value): string {
  if (Array.isArray(value)) return value.map((one: Value) => element(singular(name), one)).join("");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => element(titled(key), inner))
      .join("");
  return escaped(textOf(value));
}

// Lists and objects have been looked at before.
const textOf = (value: Value) => (value === null ? "" : String(value));
const titled = (name: string) => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Calls: Call; Media, SMS and what has no s stay. */
export const singular = (name: string): string => name.replace(/(?<!SM|SIP)s$/, "");
