/**
 * Asking a web service for a flow: one request, no redirects, a whole answer within its time and size, and of that
 * answer only the fields that were asked for. What the service said is neither logged nor kept.
 *
 * Doorway: `sendRequest`, used by perform-effect.ts. Rejects with an `EffectError` whose sentence may be read by
 * anybody: it holds no address, no body and no value.
 */
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { HttpRequestOrder, RequestResult } from "@trunkline/schema/call";
import { pickFrom } from "@trunkline/schema/language";
import type { Clock } from "../ports/clock.ts";
import { EffectError } from "./effect-error.ts";
import { BlockedAddressError, blocked, checkUrl, guardedLookup, type RequestRules } from "./request-guard.ts";

export type { RequestRules } from "./request-guard.ts";
export { noRequests } from "./request-guard.ts";

const longestAnswer = 256 * 1024;
/** Requests of this process on the wire at once. */
const mostAtOnce = 100;
let onTheWire = 0;

/** `key` names the request for the service, so that a second delivery of it can be told. */
export async function sendRequest(
  order: HttpRequestOrder,
  key: string,
  rules: RequestRules,
  clock: Clock,
): Promise<RequestResult> {
  const checked = checkUrl(order.url, rules);
  if (!checked.ok) throw new EffectError(`blocked: ${checked.sentence}`);
  const authorization = order.credential === undefined ? undefined : rules.credentials.get(order.credential);
  if (order.credential !== undefined && authorization === undefined) {
    throw new EffectError(`There is no credential named "${order.credential}" in this installation.`);
  }
  if (onTheWire >= mostAtOnce) throw new EffectError("Too many requests are under way.");
  onTheWire += 1;
  try {
    const answer = await exchange(order, checked, { key, authorization }, rules, clock);
    return { status: answer.status, picked: pickFrom(answer.value, order.pick) };
  } finally {
    onTheWire -= 1;
  }
}

interface Answered {
  readonly status: number;
  /** The JSON of a good answer; undefined when there is none to be read. */
  readonly value: unknown;
}

function exchange(
  { method, body, timeoutSeconds, pick }: HttpRequestOrder,
  { url, local }: { readonly url: URL; readonly local: boolean },
  { key, authorization }: { readonly key: string; readonly authorization: string | undefined },
  rules: RequestRules,
  clock: Clock,
): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const text = method === "GET" || body === undefined ? undefined : JSON.stringify(body);
  const asked = (local ? requestPlain : requestSecure)(url, {
    method,
    agent: false,
    lookup: guardedLookup(local, rules),
    headers: {
      accept: "application/json",
      "accept-encoding": "identity",
      "idempotency-key": key,
      ...(text === undefined
        ? {}
        : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  const fail = (sentence: string) => {
    reject(new EffectError(sentence));
    asked.destroy();
  };
  const cancel = clock.after(timeoutSeconds * 1000, () =>
    fail(`timeout: no whole answer within ${timeoutSeconds} seconds`),
  );
  asked.on("error", (error) => fail(sentenceOf(error)));
  asked.on("response", (answer) => {
    const status = answer.statusCode ?? 0;
    const done = (value: unknown) => {
      resolve({ status, value });
      asked.destroy();
    };
    if (status >= 300 && status < 400) return fail("The service answered with a redirect; none is followed.");
    if (status < 200 || status >= 300 || status === 204 || Object.keys(pick).length === 0)
      return done(undefined);
    if ((answer.headers["content-encoding"] ?? "identity") !== "identity")
      return fail("The service compressed its answer although it was asked not to.");
    if (!isJson(answer.headers["content-type"]))
      return fail("Expected JSON from the service, found another type.");
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > longestAnswer) fail(`Expected at most ${longestAnswer} bytes from the service, found more.`);
      else chunks.push(chunk);
    });
    answer.on("aborted", () => fail("The service broke off its answer."));
    answer.on("error", () => fail("The service broke off its answer."));
    answer.on("end", () => {
      try {
        done(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      } catch {
        fail("Expected JSON from the service, found something else.");
      }
    });
  });
  asked.end(text);
  return promise.finally(cancel);
}

function isJson(type: string | undefined): boolean {
  return /^application\/([a-z0-9.-]+\+)?json$/.test((type ?? "").split(";")[0]!.trim().toLowerCase());
}

/** A connection's own words may quote the address that was tried. */
function sentenceOf(error: Error): string {
  if (error instanceof BlockedAddressError) return `blocked: ${blocked}`;
  const code = "code" in error && typeof error.code === "string" ? error.code : "no code";
  return `The service could not be reached (${code}).`;
}
