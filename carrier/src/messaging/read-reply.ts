/** TwiML that answers a message: `<Response>` with `<Message>` (or the old `<Sms>`) and `<Redirect>`. Pure. Source: Twilio, TwiML Messaging. */
import type { Method } from "../twiml/document.ts";
import { type Element, readXml, textOf } from "../twiml/xml.ts";

export interface MessageVerb {
  readonly kind: "message";
  readonly body: string;
  readonly mediaUrls: readonly string[];
  /** null means whoever wrote, or whoever was written to. */
  readonly to: string | null;
  readonly from: string | null;
  /** Told how the message fares; as written. */
  readonly statusCallback: { readonly url: string; readonly method: Method } | null;
}
export interface RedirectVerb {
  readonly kind: "redirect";
  readonly url: string;
  readonly method: Method;
}

export type ReplyReading =
  | {
      readonly ok: true;
      readonly verbs: readonly (MessageVerb | RedirectVerb)[];
      readonly warnings: readonly { readonly code: number; readonly message: string }[];
    }
  | { readonly ok: false; readonly code: number; readonly message: string };

export function readReply(text: string): ReplyReading {
  const reading = readXml(text);
  if (!reading.ok) return { ok: false, code: 12100, message: `Document parse failure: ${reading.message}` };
  const { root } = reading;
  if (root.name !== "Response")
    return { ok: false, code: 12102, message: `expected <Response>, found <${root.name}>` };
  const warnings: { code: number; message: string }[] = [];
  const verbs: (MessageVerb | RedirectVerb)[] = [];
  for (const child of root.children) {
    if (typeof child === "string") {
      if (child.trim() !== "") warnings.push({ code: 12200, message: "words outside of <Message>: skipped" });
    } else if (child.name === "Message" || child.name === "Sms") verbs.push(readMessage(child, warnings));
    else if (child.name === "Redirect")
      verbs.push({ kind: "redirect", url: textOf(child).trim(), method: methodIn(child, warnings) });
    else warnings.push({ code: 14110, message: `Invalid Verb for SMS Reply: <${child.name}>` });
  }
  return { ok: true, verbs, warnings };
}

const attributes = ["to", "from", "action", "method", "statusCallback"];

function readMessage(element: Element, warnings: { code: number; message: string }[]): MessageVerb {
  const { to, from, action, statusCallback } = element.attributes;
  for (const name of Object.keys(element.attributes))
    if (!attributes.includes(name)) warnings.push({ code: 12200, message: `<Message> has no ${name}` });
  const nouns = element.children.filter((child) => typeof child !== "string");
  for (const { name } of nouns)
    if (name !== "Body" && name !== "Media")
      warnings.push({ code: 12200, message: `<Message> holds no <${name}>` });
  const bare = element.children.filter((child) => typeof child === "string").join("");
  const bodies = nouns.filter(({ name }) => name === "Body").map(textOf);
  const told = statusCallback ?? action;
  const method = methodIn(element, warnings);
  return {
    kind: "message",
    body: [bare.trim(), ...bodies.map((one) => one.trim())].filter((one) => one !== "").join(" "),
    mediaUrls: nouns.filter(({ name }) => name === "Media").map((noun) => textOf(noun).trim()),
    to: to ?? null,
    from: from ?? null,
    statusCallback: told ? { url: told, method } : null,
  };
}

function methodIn(
  { name, attributes: { method } }: Element,
  warnings: { code: number; message: string }[],
): Method {
  const upper = (method ?? "POST").toUpperCase();
  if (upper === "GET" || upper === "POST") return upper;
  warnings.push({ code: 14104, message: `Invalid Method attribute of <${name}>: found ${method}` });
  return "POST";
}
