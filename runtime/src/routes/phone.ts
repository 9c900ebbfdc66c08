/**
 * The browser's telephone, only with the built-in line: what it asks is handed on to the carrier, with the key the
 * browser never sees. Only these paths; streams are passed through.
 */
import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";

export interface PhoneLine {
  /** Address of the carrier, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  /** For tests; `fetch` in the process. */
  readonly fetch?: typeof fetch;
}

const id = /^[A-Za-z0-9_-]{1,64}$/;
const longestBody = 16 * 1024;

export function phoneRoutes(line: PhoneLine) {
  const pass = async (c: Context<PolicyEnv>) => {
    const path = c.req.path.replace(/^\/api\/phone/, "");
    if (!path.split("/").every((part) => part === "" || id.test(part))) throw refusal("not-found");
    const posted = c.req.method === "POST";
    const last = c.req.header("last-event-id");
    const body = posted ? await c.req.text() : undefined;
    if (body !== undefined && body.length > longestBody) throw refusal("body-too-large");
    const answer = await (line.fetch ?? fetch)(`${line.url}/_carrier/phone${path}`, {
      method: c.req.method,
      headers: {
        authorization: `Bearer ${line.token}`,
        ...(posted ? { "content-type": "application/json" } : {}),
        ...(last ? { "last-event-id": last } : {}),
      },
      ...(posted ? { body: body ? body : "{}" } : {}),
      redirect: "error",
      signal: c.req.raw.signal,
    }).catch(() => {
      throw refusal("line-unavailable");
    });
    const type = answer.headers.get("content-type");
    return new Response(answer.body, {
      status: answer.status,
      headers: { ...(type ? { "content-type": type } : {}), "x-accel-buffering": "no" },
    });
  };
  const told = (summary: string) =>
    describeRoute({ summary, responses: { 200: { description: "From the line" } } });
  return new Hono<PolicyEnv>()
    .get("/phone/numbers", policy("member"), told("Numbers one can call"), pass)
    .post("/phone/calls", policy("member"), told("Call a number"), pass)
    .get("/phone/calls/:id/events", policy("member"), told("What the phone hears, as a stream"), pass)
    .post("/phone/calls/:id/keys", policy("member"), told("Press keys"), pass)
    .post("/phone/calls/:id/speech", policy("member"), told("Say something"), pass)
    .post(
      "/phone/calls/:id/spoken",
      policy("member"),
      told("The browser has finished speaking an utterance"),
      pass,
    )
    .post("/phone/calls/:id/hang-up", policy("member"), told("Hang up"), pass);
}
