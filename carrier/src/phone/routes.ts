/**
 * The live phone: an HTTP and SSE interface with which browsers call a number, are called at one, and talk to whoever is there.
 * Only for people on this machine: `carrier.ts` checks the phone token before every route here.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { isE164 } from "../account/numbers.ts";
import { problem, readJson } from "../control/json.ts";
import { limits } from "../limits.ts";
import { createBrowserPerson } from "../people/browser-person.ts";
import type { Handset } from "../people/person.ts";
import { dialNumber, type Plant } from "../plant.ts";
import { sourceOf, streamOne, streamSeveral } from "./streams.ts";
import type { PhoneCall } from "./telephones.ts";

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
const holdBody = z.strictObject({ on: z.boolean() });
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
    return call ? streamOne(c, sourceOf(call, lastSeen(c))) : unknownCall(c);
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
    return line ? streamOne(c, sourceOf(line, lastSeen(c))) : unknownLine(c);
  });
  app.get("/events", (c) => {
    const followed = readFollowed(c.req.queries("of") ?? []);
    if (followed === null)
      return problem("invalid", `expected 1 to ${limits.phoneFollowed} times of=PH…:0 or of=PL…:0`, 400);
    const found = followed.map(({ id, last }) => {
      const one = telephones.call(id) ?? telephones.line(id);
      return one ? sourceOf(one, last) : id;
    });
    const sources = found.filter((one) => typeof one !== "string");
    return streamSeveral(
      c,
      sources,
      found.filter((one) => typeof one === "string"),
    );
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
    perform: (handset: Handset, body: Body, call: PhoneCall) => void,
  ) =>
    app.post(`/calls/:id/${path}`, async (c) => {
      const call = telephones.call(c.req.param("id") ?? "");
      if (!call) return unknownCall(c);
      const body = await readJson(c, schema);
      if (body instanceof Response) return body;
      const { over, handset } = call.person;
      if (over) return problem("call-ended", "the call has ended", 409);
      // Until it rings (half a second after it was dialled) there is nothing one could do with it.
      if (handset) perform(handset, body, call);
      return c.body(null, 204);
    });
  act("answer", z.unknown(), (handset) => handset.answer());
  act("decline", declineBody, (handset, { how }) => handset.refuse(how));
  act("keys", keysBody, (handset, { digits }) => handset.press(digits));
  act("speech", speechBody, (handset, said) => handset.speak({ ...said, durationMs: 0, finished: true }));
  act("spoken", spokenBody, (handset, { utterance }) => handset.heard(utterance));
  act("hold", holdBody, (_handset, { on }, call) => call.hold(on));
  act("hang-up", z.unknown(), (handset) => handset.hangUp());
  return app;
}

const unknownCall = (c: Context) =>
  problem("unknown-call", `there is no phone call ${c.req.param("id")}`, 404);
const unknownLine = (c: Context) => problem("unknown-line", `there is no line ${c.req.param("id")}`, 404);

/** Where a stream that broke goes on. */
function lastSeen(c: Context): number {
  const last = c.req.header("last-event-id") ?? c.req.query("lastEventId") ?? "0";
  return /^\d{1,15}$/.test(last) ? Number(last) : 0;
}

/** `PH…:12`, `PL…:3`: what a browser follows, and the last event it has seen of each. Null when there is nothing, too much, or something else. */
function readFollowed(asked: readonly string[]): { id: string; last: number }[] | null {
  const followed = asked.map((one) => /^(P[HL][0-9a-f]{32}):(\d{1,15})$/.exec(one));
  if (asked.length === 0 || asked.length > limits.phoneFollowed) return null;
  // The expression has both groups.
  const read = followed.flatMap((one) => (one === null ? [] : [{ id: one[1]!, last: Number(one[2]) }]));
  return read.length === asked.length ? read : null;
}
