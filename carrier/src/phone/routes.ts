/**
 * The live phone: an HTTP and SSE interface with which a browser calls a number and talks to whoever answers.
 * Only for people on this machine: `carrier.ts` checks the phone token before every route here.
 */
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { Cancel } from "../clock.ts";
import { problem, readJson } from "../control/json.ts";
import { makeSid } from "../ids.ts";
import { limits } from "../limits.ts";
import { isE164 } from "../numbers.ts";
import { type BrowserPerson, createBrowserPerson } from "../people/browser-person.ts";
import { dialNumber, type Plant } from "../plant.ts";

interface PhoneCall {
  readonly id: string;
  readonly callSid: string;
  readonly person: BrowserPerson;
  streams: number;
  gone: Cancel;
}

const e164 = z.string().refine(isE164, "expected a number such as +15550100001");
const callBody = z.strictObject({ from: e164.optional(), to: e164 });
const keysBody = z.strictObject({
  digits: z.string().regex(/^[0-9*#A-D]{1,32}$/, "expected 1 to 32 keys 0-9 * # A-D"),
});
const speechBody = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  confidence: z.number().min(0).max(1).optional(),
});
const spokenBody = z.strictObject({ utterance: z.number().int().min(1) });

/** The caller id of a browser that names none. A fictitious number. */
const defaultFrom = "+15550199000";

export function phoneRoutes(plant: Plant): Hono {
  const app = new Hono();
  const calls = new Map<string, PhoneCall>();

  const forgetOld = () => {
    if (calls.size <= limits.keptPhoneCalls) return;
    for (const [id, call] of calls) if (call.person.over) return void calls.delete(id);
  };
  /** A browser that has gone away hangs up. */
  const watchForAbsence = (call: PhoneCall) => {
    call.gone();
    if (!call.person.over)
      call.gone = plant.clock.after(limits.phoneGoneMs, () => call.person.handset?.hangUp());
  };

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
    const call = {
      id: makeSid("PH", plant.random),
      callSid: dialled.sid,
      person,
      streams: 0,
      gone: () => {},
    };
    calls.set(call.id, call);
    forgetOld();
    watchForAbsence(call);
    return c.json({ id: call.id, callSid: call.callSid }, 201);
  });
  app.get("/calls/:id/events", (c) => {
    const call = calls.get(c.req.param("id"));
    if (!call) return unknownCall(c);
    const last = c.req.header("last-event-id") ?? c.req.query("lastEventId") ?? "0";
    return streamEvents(c, call, /^\d+$/.test(last) ? Number(last) : 0, watchForAbsence);
  });

  const act = <Body>(path: string, schema: z.ZodType<Body>, perform: (call: PhoneCall, body: Body) => void) =>
    app.post(`/calls/:id/${path}`, async (c) => {
      const call = calls.get(c.req.param("id") ?? "");
      if (!call) return unknownCall(c);
      const body = await readJson(c, schema);
      if (body instanceof Response) return body;
      if (call.person.over) return problem("call-ended", "the call has ended", 409);
      perform(call, body);
      return c.body(null, 204);
    });
  act("keys", keysBody, (call, { digits }) => call.person.handset?.press(digits));
  act("speech", speechBody, (call, said) =>
    call.person.handset?.speak({ ...said, durationMs: 0, finished: true }),
  );
  act("spoken", spokenBody, (call, { utterance }) => call.person.handset?.heard(utterance));
  act("hang-up", z.unknown(), (call) => call.person.handset?.hangUp());
  return app;
}

const unknownCall = (c: Context) =>
  problem("unknown-call", `there is no phone call ${c.req.param("id")}`, 404);

/** Sends every event after `lastId`, then each new one; ends after `ended`. */
function streamEvents(
  c: Context,
  call: PhoneCall,
  lastId: number,
  watchForAbsence: (call: PhoneCall) => void,
): Response {
  c.header("cache-control", "no-store");
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    let sent = lastId;
    let wake = () => {};
    const unwatch = call.person.watch(() => wake());
    stream.onAbort(() => wake());
    call.streams++;
    call.gone();
    try {
      while (!stream.aborted) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        for (const { id, event } of call.person.since(sent)) {
          await stream.writeSSE({ id: String(id), data: JSON.stringify(event) });
          sent = id;
        }
        if (call.person.over && call.person.since(sent).length === 0) return;
        if (call.person.since(sent).length === 0 && !stream.aborted) await more;
      }
    } finally {
      unwatch();
      if (--call.streams === 0) watchForAbsence(call);
    }
  });
}
