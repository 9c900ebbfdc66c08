/**
 * The live phone: an HTTP and SSE interface with which browsers call a number, are called at one, and talk to whoever is there.
 * Only for people on this machine: `carrier.ts` checks the phone token before every route here.
 */
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { problem, readJson } from "../control/json.ts";
import { limits } from "../limits.ts";
import { isE164 } from "../numbers.ts";
import { createBrowserPerson } from "../people/browser-person.ts";
import type { EventLog } from "../people/event-log.ts";
import type { Handset } from "../people/person.ts";
import { dialNumber, type Plant } from "../plant.ts";
import type { PhoneCall, PhoneLine } from "./telephones.ts";

const e164 = z.string().refine(isE164, "expected a number such as +15550100001");
const callBody = z.strictObject({ from: e164.optional(), to: e164 });
const lineBody = z.strictObject({
  at: z
    .string()
    .max(200)
    .refine(
      (at) => isE164(at) || /^(client|sip):[^\s]+$/.test(at),
      "expected a number such as +15550150001, client:name or sip:name@example.com",
    ),
});
const keysBody = z.strictObject({
  digits: z.string().regex(/^[0-9*#A-D]{1,32}$/, "expected 1 to 32 keys 0-9 * # A-D"),
});
const speechBody = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  confidence: z.number().min(0).max(1).optional(),
});
const spokenBody = z.strictObject({ utterance: z.number().int().min(1) });
const declineBody = z.strictObject({ how: z.enum(["rejected", "busy"]).default("rejected") });

/** The caller id of a browser that names none. A fictitious number. */
const defaultFrom = "+15550199000";

export function phoneRoutes(plant: Plant): Hono {
  const app = new Hono();
  const { telephones } = plant;

  app.get("/numbers", (c) =>
    c.json({
      numbers: plant.accounts
        .list()
        .flatMap(({ numbers }) => numbers.list())
        .map(({ phoneNumber, friendlyName }) => ({ number: phoneNumber, friendlyName })),
    }),
  );
  app.post("/calls", async (c) => {
    const body = await readJson(c, callBody);
    if (body instanceof Response) return body;
    const owner = plant.accounts.ownerOf(body.to);
    if (!owner) return problem("unknown-number", `nobody has the number ${body.to}`, 404);
    const person = createBrowserPerson();
    const dialled = dialNumber(owner.plant, body.from ?? defaultFrom, owner.number, person);
    if (!dialled) return problem("too-many-calls", `at most ${limits.liveCalls} calls at once`, 429);
    const { id, callSid } = telephones.dialled(dialled.sid, person);
    return c.json({ id, callSid }, 201);
  });
  app.get("/calls/:id/events", (c) => {
    const call = telephones.call(c.req.param("id"));
    if (!call) return unknownCall(c);
    return streamEvents(c, call.person.events, call.presence, () => call.person.over);
  });

  app.post("/lines", async (c) => {
    const body = await readJson(c, lineBody);
    if (body instanceof Response) return body;
    const line = telephones.open(body.at);
    if (!line) return problem("too-many-lines", `at most ${limits.phoneLines} lines at once`, 429);
    return c.json({ id: line.id, at: line.at }, 201);
  });
  app.get("/lines/:id/events", (c) => {
    const line = telephones.line(c.req.param("id"));
    return line ? streamEvents(c, line.events, line.presence, () => line.closed) : unknownLine(c);
  });
  app.delete("/lines/:id", (c) => {
    const line = telephones.line(c.req.param("id"));
    if (!line) return unknownLine(c);
    telephones.close(line);
    return c.body(null, 204);
  });

  const act = <Body>(
    path: string,
    schema: z.ZodType<Body>,
    perform: (handset: Handset, body: Body) => void,
  ) =>
    app.post(`/calls/:id/${path}`, async (c) => {
      const call = telephones.call(c.req.param("id") ?? "");
      if (!call) return unknownCall(c);
      const body = await readJson(c, schema);
      if (body instanceof Response) return body;
      const { over, handset } = call.person;
      if (over) return problem("call-ended", "the call has ended", 409);
      // Until it rings (half a second after it was dialled) there is nothing one could do with it.
      if (handset) perform(handset, body);
      return c.body(null, 204);
    });
  act("answer", z.unknown(), (handset) => handset.answer());
  act("decline", declineBody, (handset, { how }) => handset.refuse(how));
  act("keys", keysBody, (handset, { digits }) => handset.press(digits));
  act("speech", speechBody, (handset, said) => handset.speak({ ...said, durationMs: 0, finished: true }));
  act("spoken", spokenBody, (handset, { utterance }) => handset.heard(utterance));
  act("hang-up", z.unknown(), (handset) => handset.hangUp());
  return app;
}

const unknownCall = (c: Context) =>
  problem("unknown-call", `there is no phone call ${c.req.param("id")}`, 404);
const unknownLine = (c: Context) => problem("unknown-line", `there is no line ${c.req.param("id")}`, 404);

/** Sends every event after the last one this browser has seen, then each new one; ends with the last. */
function streamEvents<Event>(
  c: Context,
  events: EventLog<Event>,
  presence: (PhoneCall | PhoneLine)["presence"],
  over: () => boolean,
): Response {
  const last = c.req.header("last-event-id") ?? c.req.query("lastEventId") ?? "0";
  c.header("cache-control", "no-store");
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    let sent = /^\d+$/.test(last) ? Number(last) : 0;
    let wake = () => {};
    const unwatch = events.watch(() => wake());
    stream.onAbort(() => wake());
    presence.arrive();
    try {
      while (!stream.aborted) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        for (const { id, event } of events.since(sent)) {
          await stream.writeSSE({ id: String(id), data: JSON.stringify(event) });
          sent = id;
        }
        if (over() && events.since(sent).length === 0) return;
        if (events.since(sent).length === 0 && !stream.aborted) await more;
      }
    } finally {
      unwatch();
      presence.leave();
    }
  });
}
