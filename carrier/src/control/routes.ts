/** What a test in another process can do to this carrier: call it with a script, let time pass, plan faults, read the alert log. */
import { Hono } from "hono";
import { z } from "zod";
import { listing } from "../account/directory.ts";
import { isE164 } from "../account/numbers.ts";
import { verstats } from "../calls/call.ts";
import { limits } from "../limits.ts";
import { textNumber } from "../messaging/incoming.ts";
import { behaviour } from "../people/behaviour.ts";
import { script } from "../people/script.ts";
import { createScriptedPerson } from "../people/scripted-person.ts";
import { variations, varied } from "../people/variations.ts";
import { dialNumber, type Plant, setTextFate } from "../plant.ts";
import { callResource } from "../rest/resources.ts";
import { faultRates, faultsFromRates } from "../webhooks/faults.ts";
import { clockRoutes } from "./clock-routes.ts";
import { problem, readJson } from "./json.ts";

const callBody = z.strictObject({
  from: z.string().min(1).max(100),
  to: z.string().refine(isE164, "expected a number such as +15550100001"),
  script: script.prefault({}),
  forwardedFrom: z.string().min(1).max(100).optional(),
  stirVerstat: z.enum(verstats).optional(),
});
const textBody = z.strictObject({
  from: z.string().min(1).max(100),
  to: z.string(),
  body: z.string().max(limits.messageCharacters).default(""),
  mediaUrls: z.array(z.url()).max(limits.messageMedia).default([]),
});
/** Twilio's codes; null lets messages arrive again. */
const fateBody = z.strictObject({ code: z.number().int().min(21000).max(39999).nullable() });

export function controlRoutes(plant: Plant): Hono {
  const app = new Hono();
  app.get("/health", (c) =>
    c.json({ ok: true, liveCalls: plant.accounts.liveCalls(), now: plant.clock.now() }),
  );
  app.get("/alerts", (c) => c.json({ alerts: plant.alerts.list(c.req.query("callSid")) }));
  app.post("/calls", async (c) => {
    const body = await readJson(c, callBody);
    if (body instanceof Response) return body;
    const { forwardedFrom, stirVerstat } = body;
    const owner = plant.accounts.ownerOf(body.to);
    if (!owner) return problem("unknown-number", `nobody has the number ${body.to}`, 404);
    const person = createScriptedPerson(body.script);
    const call = dialNumber(owner.plant, body.from, owner.number, person, { forwardedFrom, stirVerstat });
    if (!call) return problem("too-many-calls", `at most ${limits.liveCalls} calls at once`, 429);
    plant.scripted.add(call.sid, person);
    return c.json({ callSid: call.sid }, 201);
  });
  app.get("/calls/:sid", (c) => {
    const sid = c.req.param("sid");
    const call = plant.accounts.withCall(sid)?.call;
    if (!call) return problem("unknown-call", `there is no call ${sid}`, 404);
    const person = plant.scripted.get(call.sid);
    return c.json({
      call: callResource(call),
      transcript: person?.transcript ?? null,
      ending: person?.ending ?? null,
      scriptDone: person?.done ?? null,
      behaviour: person?.behaviour ?? null,
    });
  });
  app.post("/messages", async (c) => {
    const body = await readJson(c, textBody);
    if (body instanceof Response) return body;
    const owner = plant.accounts.ownerOf(body.to);
    const message = owner && textNumber(owner.plant, owner.number, body);
    if (!message) return problem("unknown-number", `nobody has the number ${body.to}`, 404);
    return c.json({ messageSid: message.sid }, 201);
  });
  app.put("/text-fates/:number", async (c) => {
    const body = await readJson(c, fateBody);
    if (body instanceof Response) return body;
    const number = c.req.param("number");
    if (!setTextFate(plant, number, body.code))
      return problem("too-many-text-fates", `at most ${limits.textFates} numbers with a fate`, 429);
    return c.body(null, 204);
  });
  app.put("/far-ends/:number", async (c) => {
    const what = await readJson(c, behaviour);
    if (what instanceof Response) return what;
    if (!plant.farEnds.set(c.req.param("number"), what))
      return problem("too-many-far-ends", `at most ${limits.farEnds} numbers with somebody there`, 429);
    return c.body(null, 204);
  });
  app.get("/far-ends", (c) => c.json({ farEnds: plant.farEnds.list() }));
  app.get("/far-ends/:number", (c) => {
    const number = c.req.param("number");
    const there = plant.farEnds.get(number);
    return there ? c.json({ number, ...there }) : nobodyAt(number);
  });
  app.delete("/far-ends/:number", (c) =>
    plant.farEnds.remove(c.req.param("number")) ? c.body(null, 204) : nobodyAt(c.req.param("number")),
  );
  app.post("/variations", async (c) => {
    const what = await readJson(c, varied);
    if (what instanceof Response) return what;
    const count = Number(c.req.query("count") ?? 10);
    if (!Number.isInteger(count) || count < 1 || count > limits.variations)
      return problem(
        "invalid",
        `count: expected 1 to ${limits.variations}, found ${c.req.query("count")}`,
        400,
      );
    return c.json({ behaviours: variations(what, count) });
  });
  app.put("/directory/:number", async (c) => {
    const what = await readJson(c, listing);
    if (what instanceof Response) return what;
    const number = c.req.param("number");
    if (!isE164(number))
      return problem("invalid", `expected a number such as +15550100001, found ${number}`, 400);
    plant.directory.set(number, what);
    return c.body(null, 204);
  });
  app.put("/faults", async (c) => {
    const rates = await readJson(c, faultRates);
    if (rates instanceof Response) return rates;
    plant.faults = faultsFromRates(rates);
    plant.faultRates = rates;
    return c.body(null, 204);
  });
  app.route("/clock", clockRoutes(plant.clock));
  return app;
}

const nobodyAt = (number: string) => problem("nobody-there", `nobody was put at ${number}`, 404);
