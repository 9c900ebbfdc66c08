/**
 * Is a request really from Twilio? Official HMAC, constant time, over the configured public address and the raw path
 * and query; the Host and X-Forwarded headers are not looked at (F22, S13). A signature says who sent it, not when,
 * and not where one parameter ends and the next begins: parse.ts therefore requires anchored shapes (S8).
 */
import webhooks from "twilio/lib/webhooks/webhooks.js";
import type { Verified, WebhookRequest } from "../provider.ts";

export interface SignatureOptions {
  /** Null when the operator configured none: nothing is then accepted. */
  readonly authToken: string | null;
  /** Without a slash at the end, such as `https://calls.example.com`. */
  readonly publicBaseUrl: string;
}

/** Refusals in order of cost: method, media type, size, token, signature, doubled names. */
export function verifyRequest(request: WebhookRequest, options: SignatureOptions): Verified {
  if (request.method !== "POST") return { ok: false, status: 405 };
  const mediaType = (request.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (mediaType !== "application/x-www-form-urlencoded") return { ok: false, status: 415 };
  if (request.body === null) return { ok: false, status: 413 };
  if (!options.authToken) return { ok: false, status: 503 };
  const pairs = [...new URLSearchParams(request.body)];
  const fields = new Map(pairs);
  const doubled = fields.size < pairs.length;
  const signed = doubled ? gathered(pairs) : Object.fromEntries(pairs);
  const signature = request.header("x-twilio-signature") ?? "";
  const url = options.publicBaseUrl + request.target;
  if (!webhooks.validateRequest(options.authToken, signature, url, signed)) return { ok: false, status: 403 };
  if (doubled) return { ok: false, status: 400 };
  for (const [name, value] of fields) fields.set(name, storable(value));
  return { ok: true, fields };
}

/** Every name with all its values: how a doubled one is signed. */
function gathered(pairs: readonly [string, string][]): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    const known = all[name];
    all[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return all;
}

/** What a database can hold as text: no NUL, no lone surrogates (S16). */
function storable(value: string): string {
  const whole = value.toWellFormed();
  return whole.includes("\u0000") ? whole.replaceAll("\u0000", "") : whole;
}
