/**
 * PHI stays where it belongs (P25, P26) when others are part of the call: a member ID that is pressed towards a payer's
 * phone system and sent to a web service stands in no address, log line, trace, message, alert or API answer.
 */
import { consoleLog, type Log, signedIn, testFlow } from "@trunkline/runtime/testing";
import { parseFlow } from "@trunkline/schema/document";
import { expect, it, vi } from "vitest";
import { openLine } from "../harness/line.ts";

const canary = "8675309417";
/** As it is, spoken, and pressed with pauses between the keys. */
const forms = [canary, [...canary].join(" "), [...canary].join("w"), [...canary].join("ww")];
const payer = "+15550650001";
const webHost = "claims.example.com";

const value = testFlow(
  {
    key: {
      kind: "press",
      config: { text: "{{member}}", as: "keys", pauseBeforeSeconds: 5, gapHalfSeconds: 1, terminator: "#" },
      next: { pressed: "ask", cannot: "bye" },
    },
    ask: {
      kind: "request",
      config: {
        ...{ method: "POST", url: `https://${webHost}/status`, timeoutSeconds: 5 },
        body: [{ name: "member", value: "{{member}}" }],
        map: [{ pointer: "/member", into: "known" }],
      },
      next: { ok: "down", refused: "down", unfit: "down", failed: "down", timeout: "down" },
    },
    down: {
      kind: "request",
      config: {
        ...{ method: "POST", url: `https://${webHost}/again`, timeoutSeconds: 5, map: [] },
        body: [{ name: "member", value: "{{member}}" }],
      },
      next: { ok: "tell", refused: "tell", unfit: "tell", failed: "tell", timeout: "tell" },
    },
    tell: {
      kind: "notify",
      config: { by: "message", to: "+15550170002", text: "A call to {{call.to}} is over." },
      next: { sent: "keep", failed: "keep" },
    },
    keep: {
      kind: "record-outcome",
      config: { outcome: "asked", fields: [{ name: "member", variable: "known" }] },
      next: { recorded: "bye", failed: "bye" },
    },
    bye: { kind: "hang-up", config: { disposition: "asked" } },
  },
  {
    start: { calls: "outbound", line: "payer" },
    variables: {
      member: { type: "digits", sensitivity: "phi", origin: "input" },
      known: { type: "text", sensitivity: "phi" },
    },
  },
);

it("a member ID is found only where it may be", { timeout: 30_000 }, async () => {
  const read = parseFlow(value);
  if (!read.ok) throw new Error(`Expected a flow, found ${JSON.stringify(read.problems)}.`);
  const said: string[] = [];
  const log: Log = {
    info: consoleLog.info,
    warn: (...warning) => {
      const written = vi
        .spyOn(process.stderr, "write")
        .mockImplementation((text) => said.push(String(text)) > 0);
      consoleLog.warn(...warning);
      written.mockRestore();
    },
  };
  const urls: string[] = [];
  const line = await openLine({
    driver: "pglite",
    log,
    flows: [read.flow],
    webHosts: [webHost],
    door: (request, runtime) => {
      urls.push(request.url);
      return Promise.resolve(runtime().app.fetch(request));
    },
    restDoor: (request, forward) => {
      urls.push(request.url);
      return forward(request);
    },
  });
  try {
    // The database refuses the outcome, and quotes what it refuses.
    const refusing = "alter table call_outcomes add constraint refusing check (outcome = '') not valid";
    await line.database.query(refusing, []);
    line.web.expect([
      { node: "ask", json: { member: canary } },
      { node: "down", fails: "timeout" },
    ]);
    line.carrier.setFarEnd(payer, {
      phoneSystem: {
        start: "main",
        menus: {
          main: { says: "Enter the member ID.", collects: { accepts: [canary], leadsTo: "found" } },
          found: { says: "Thank you." },
        },
      },
    });
    const { flowId } = line.published[0]!; // one flow is published
    const wrong = await line
      .runtime()
      .place({ clientId: 1, flowId, to: payer, inputs: { member: `${canary}x` } });
    expect(wrong).toMatchObject({ ok: false, why: "inputs-invalid" });
    const placed = await line.runtime().place({ clientId: 1, flowId, to: payer, inputs: { member: canary } });
    if (!placed.ok) throw new Error(placed.sentence);
    const calls = () =>
      line.database.query<{ id: string; disposition: string; sid: string }>(
        "select id::text as id, disposition, provider_call_id as sid from calls where status = 'ended'",
        [],
      );
    await line.until(async () => line.carrier.liveCalls() === 0 && (await calls()).length === 1, 300);
    const [call] = await calls();
    expect(call?.disposition).toBe("asked");
    const collected = line.carrier.personOn(call!.sid)!.transcript.filter(({ what }) => what === "collected");
    expect(collected.map(({ text }) => text)).toEqual([canary]);

    const everything = async (table: string) =>
      JSON.stringify(await line.database.query(`select * from ${table}`, []));
    const headers = await signedIn(line.runtime());
    const api = async (path: string) => await (await line.runtime().app.request(path, { headers })).text();
    const refused = await line.runtime().app.request(`/api/flows/${flowId}/calls`, {
      ...{ method: "POST", headers },
      body: JSON.stringify({ to: payer, inputs: { member: `${canary}x` } }),
    });
    expect(refused.status).toBe(422);
    const places: { [place: string]: string } = {
      urls: urls.join("\n"),
      "addresses of the web service": line.web.asked.join("\n"),
      log: said.join("\n"),
      trace: await everything("trace"),
      timers: await everything("timers"),
      messages: JSON.stringify(line.carrier.messages()),
      alerts: JSON.stringify(line.carrier.alerts()),
      refusal: (await refused.text()) + JSON.stringify(wrong),
      "the list of calls": await api("/api/calls"),
      "the call": await api(`/api/calls/${call!.id}`),
      "the call's trace": await api(`/api/calls/${call!.id}/trace`),
      "the placed call": await api(`/api/placed-calls/${placed.id}`),
    };
    for (const [place, text] of Object.entries(places)) {
      expect(text.length, place).toBeGreaterThan(1);
      expect(
        forms.some((form) => text.includes(form)),
        place,
      ).toBe(false);
    }
    // The control: where it may be, it is found.
    for (const table of ["call_events", "placed_calls", "effects", "replies"]) {
      const held = await everything(table);
      expect(
        forms.some((form) => held.includes(form)),
        table,
      ).toBe(true);
    }
    expect(places["the call"]).toContain("known");
  } finally {
    await line.close();
  }
});
