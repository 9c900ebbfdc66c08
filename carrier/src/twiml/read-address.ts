/** Whom a noun of Dial names: numbers, clients, SIP addresses (protocol 5, Dial; Twilio's pages on Number, Client and Sip). */

import { e164Of } from "../account/numbers.ts";
import { limits } from "../limits.ts";
import type { Invitation } from "../people/person.ts";
import type { Warn } from "./attributes.ts";
import { type Element, elementsOf, textOf } from "./xml.ts";

export function numberIn(text: string, warn: Warn): string | null {
  const number = e164Of(text);
  if (number === null)
    warn(13223, `Dial: expected a number such as +15550100001, found ${text.slice(0, 40)}`);
  return number;
}

/** `client:ann`; the name stands in the element or in an `<Identity>`. */
export function clientAddress(element: Element, warn: Warn): string | null {
  const identity = elementsOf(element).find(({ name }) => name === "Identity");
  const name = (identity ? textOf(identity) : ownText(element)).trim().replace(/^client:/, "");
  if (name === "") warn(13223, "<Client>: expected an identity, found none");
  return name === "" ? null : `client:${name}`;
}

/** `app:AP…`; the SID stands in an `<ApplicationSid>`, or alone in the element. */
export function applicationAddress(element: Element, warn: Warn): string | null {
  const inner = elementsOf(element).find(({ name }) => name === "ApplicationSid");
  const sid = (inner ? textOf(inner) : ownText(element)).trim();
  if (/^AP[0-9a-fA-F]{32}$/.test(sid)) return `app:${sid}`;
  warn(13215, `<Application>: expected an application's SID, found ${sid.slice(0, 40) || "none"}`);
  return null;
}

/** `sip:ann@example.com`, without its headers. The scheme may be left out, as in Twilio's examples. */
export function sipAddress(element: Element, warn: Warn): string | null {
  const text = sipText(element);
  const [address = ""] = text.split("?");
  const whole = /^sips?:/i.test(address) ? address : `sip:${address}`;
  if (
    /^sips?:[^\s@]+@[^\s@]+$|^sips?:[^\s@.]+\.[^\s@]+$/i.test(whole) &&
    whole.length <= limits.sipCharacters
  )
    return whole;
  warn(13243, `<Sip>: expected a URI such as sip:name@example.com, found ${text.slice(0, 100)}`);
  return null;
}

/** Who may be called by their URI's headers and the elements beside them; too many or too long ones are left out. */
export function sipInvitation(element: Element, warn: Warn): Invitation {
  const uri = elementsOf(element).find(({ name }) => name === "Uri");
  const { username, password } = { ...uri?.attributes, ...element.attributes };
  const [, query = ""] = sipText(element).split("?");
  const listed = elementsOf(element)
    .filter(({ name }) => name === "Headers")
    .flatMap(elementsOf)
    .map(({ attributes }) => [attributes.name ?? "", attributes.value ?? ""] as const);
  const details = [...new URLSearchParams(query), ...listed].filter(([name]) => isHeader(name, warn));
  const characters = details.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (characters > limits.sipHeaderCharacters)
    warn(13253, `<Sip>: expected headers of ${limits.sipHeaderCharacters} characters, found ${characters}`);
  return {
    details: characters > limits.sipHeaderCharacters ? [] : details,
    credentials: username === undefined ? null : { username, password: password ?? "" },
  };
}

/** Headers of one's own begin with `x-`; some standard ones may be sent too (Twilio, Sip: custom headers). */
function isHeader(name: string, warn: Warn): boolean {
  const known = /^(x-[^\s]+|user-to-user|remote-party-id|p-preferred-identity|p-called-party-id)$/i.test(
    name,
  );
  if (!known) warn(13252, `<Sip>: expected a header beginning with x-, found ${name.slice(0, 40)}`);
  return known;
}

const sipText = (element: Element) => {
  const uri = elementsOf(element).find(({ name }) => name === "Uri");
  return (uri ? textOf(uri) : ownText(element)).trim();
};

export const ownText = (element: Element) =>
  element.children
    .filter((child) => typeof child === "string")
    .join("")
    .trim();
