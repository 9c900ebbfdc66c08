/** What the console page asks for (`/_carrier/console`): the state at a glance, requests with their answers, replay, faults. */
import { Hono } from "hono";
import type { OwnNumber } from "../account/numbers.ts";
import { type Call, hasEnded } from "../calls/call.ts";
import { clockState } from "../control/clock-routes.ts";
import { problem, readJson } from "../control/json.ts";
import { limits } from "../limits.ts";
import type { Plant } from "../plant.ts";
import { callResource } from "../rest/resources.ts";
import { hideUserinfo } from "../userinfo.ts";
import { faultRates, faultsFromRates } from "../webhooks/faults.ts";
import type { Entry } from "./journal.ts";
import { signatureHelp } from "./signature-help.ts";
import { familyOf, storyOf } from "./story.ts";
import { twimlLines } from "./twiml-lines.ts";

export function consoleRoutes(plant: Plant): Hono {
  const app = new Hono();
  const { journal, exchange, alerts, numbers, clock } = plant;
  app.get("/state", (c) => {
    const now = clock.now();
    return c.json({
      now,
      liveCalls: plant.accounts.liveCalls(),
      numbers: numbers.list().map(numberShown),
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
  /** What the page draws, every second: short, so that thousands of requests do not make it slow. */
  app.get("/overview", (c) => {
    const about = c.req.query("about") || undefined;
    const family = about === undefined ? [] : familyOf(plant, about);
    const sids = new Set(family.length === 0 ? [about] : family.map(({ sid }) => sid));
    const complaints = alerts.list().filter(({ callSid }) => about === undefined || sids.has(callSid ?? ""));
    return c.json({
      clock: clockState(clock),
      liveCalls: plant.accounts.liveCalls(),
      numbers: plant.accounts
        .list()
        .flatMap((one) => one.numbers.list())
        .map(numberShown),
      farEnds: plant.farEnds.list(),
      calls: plant.accounts
        .list()
        .flatMap((one) => one.exchange.list().slice(0, limits.consoleCalls))
        .sort((a, b) => b.createdAt - a.createdAt)
        .slice(0, limits.consoleCalls)
        .map(brief),
      faults: plant.faultRates,
      requests: journal
        .list()
        .filter((one) => about === undefined || sids.has(one.about))
        .slice(0, limits.consoleRequests)
        .map(({ id, at, about, method, status, tookMs, fromCache, controlsCall, problem, ...entry }) => {
          const document = hideUserinfo(entry.document);
          const warnings = complaints.filter(
            (one) => one.url === document && one.callSid === about && one.at >= at,
          );
          const code = problem?.code ?? null;
          return {
            ...{ id, at, about, method, document, status, tookMs, fromCache, controlsCall, code },
            warnings: warnings.filter((one) => one.code !== code).length,
          };
        }),
      alertCount: alerts.list().length,
      alerts: complaints.slice(-limits.consoleRequests).reverse(),
      story: storyOf(plant, family),
    });
  });
  app.get("/requests/:id", (c) => {
    const entry = journal.get(Number(c.req.param("id")));
    if (!entry) return problem("unknown-request", `there is no request ${c.req.param("id")}`, 404);
    const owner = plant.accounts.withCall(entry.about)?.plant ?? plant;
    return c.json({
      ...shown(plant, entry),
      lines: entry.body === null ? null : twimlLines(entry.body),
      help: signatureHelp(owner.account.authToken, entry),
    });
  });
  app.post("/calls/:sid/hang-up", (c) => {
    const sid = c.req.param("sid");
    const found = plant.accounts.withCall(sid);
    if (!found) return problem("unknown-call", `there is no call ${sid}`, 404);
    const { plant: owner, call } = found;
    if (hasEnded(call)) return problem("call-ended", "the call has ended", 409);
    owner.exchange.hangUp(call, call.answeredAt === null ? "canceled" : "completed");
    return c.body(null, 204);
  });
  /** Sends the same once more, signed anew. What comes back changes no call. */
  app.post("/requests/:id/replay", async (c) => {
    const entry = journal.get(Number(c.req.param("id")));
    if (!entry) return problem("unknown-request", `there is no request ${c.req.param("id")}`, 404);
    const { document, method, parameters, about, controlsCall } = entry;
    // Signed with the token of the account whose call it was.
    const { sender } = plant.accounts.withCall(about)?.plant ?? plant;
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

const numberShown = ({ phoneNumber, friendlyName, voiceUrl }: OwnNumber) => ({
  phoneNumber,
  friendlyName,
  voiceUrl: hideUserinfo(voiceUrl),
});

const brief = ({
  sid,
  from,
  to,
  direction,
  status,
  parentCallSid,
  createdAt,
  answeredAt,
  endedAt,
}: Call) => ({
  ...{ sid, from, to, direction, status, parentCallSid, createdAt, answeredAt, endedAt },
});

/** With what the carrier complained about in the same document. */
function shown({ alerts }: Plant, entry: Entry) {
  const document = hideUserinfo(entry.document);
  const warnings = alerts
    .list(entry.about)
    .filter(({ url, at, code }) => url === document && at >= entry.at && code !== entry.problem?.code)
    .map(({ code, level, message }) => ({ code, level, message }));
  return { ...entry, document, warnings };
}
