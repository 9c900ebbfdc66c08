/** What the console page asks for (`/_carrier/console`): the state at a glance, requests with their answers, replay, faults. */
import { Hono } from "hono";
import { problem, readJson } from "../control/json.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { callResource } from "../rest/resources.ts";
import { faultRates, faultsFromRates } from "../webhooks/faults.ts";
import type { Entry } from "./journal.ts";

export function consoleRoutes(plant: Plant): Hono {
  const app = new Hono();
  const { journal, exchange, alerts, numbers, clock, sender } = plant;
  app.get("/state", (c) => {
    const now = clock.now();
    return c.json({
      now,
      liveCalls: exchange.liveCalls(),
      numbers: numbers
        .list()
        .map(({ phoneNumber, friendlyName, voiceUrl }) => ({ phoneNumber, friendlyName, voiceUrl })),
      calls: exchange.list().slice(0, limits.consoleCalls).map(callResource),
      faults: plant.faultRates,
    });
  });
  app.get("/requests", (c) => {
    const about = c.req.query("about") || undefined;
    return c.json({
      requests: journal
        .list(about)
        .slice(0, limits.consoleRequests)
        .map((entry) => shown(plant, entry)),
      alerts: alerts.list(about).slice(-limits.consoleRequests),
    });
  });
  /** Sends the same once more, signed anew. What comes back changes no call. */
  app.post("/requests/:id/replay", async (c) => {
    const entry = journal.get(Number(c.req.param("id")));
    if (!entry) return problem("unknown-request", `there is no request ${c.req.param("id")}`, 404);
    const { document, method, parameters, about, controlsCall } = entry;
    await sender.send({ url: document, method, parameters, callSid: about, controlsCall });
    const [newest] = journal.list(about);
    return c.json({ request: newest && shown(plant, newest) });
  });
  app.get("/faults", (c) => c.json({ faults: plant.faultRates }));
  app.put("/faults", async (c) => {
    const rates = await readJson(c, faultRates);
    if (rates instanceof Response) return rates;
    plant.faults = faultsFromRates(rates);
    plant.faultRates = rates;
    return c.json({ faults: rates });
  });
  app.delete("/faults", (c) => {
    plant.faults = {};
    plant.faultRates = null;
    return c.body(null, 204);
  });
  return app;
}

/** With what the carrier complained about in the same document. */
function shown({ alerts }: Plant, entry: Entry) {
  const warnings = alerts
    .list(entry.about)
    .filter(({ url, at, code }) => url === entry.document && at >= entry.at && code !== entry.problem?.code)
    .map(({ code, level, message }) => ({ code, level, message }));
  return { ...entry, warnings };
}
