/**
 * PHI stays where it belongs (P25, P26): a canary keyed in by the caller stands in no URL, no log line, no trace, no
 * API answer; only in the session, the event that brought it, the outcome, and in what is spoken back to the caller.
 */
import { catalogue } from "@trunkline/flows";
import { type Log, signedIn } from "@trunkline/runtime/testing";
import { expect, it } from "vitest";
import { openLine } from "../harness/line.ts";
import { scenarioCaller } from "../harness/scenario-caller.ts";

const canary = "8675309417";
const spoken = [...canary].join(" ");

it("a claim number is found only where it may be", { timeout: 30_000 }, async () => {
  const said: string[] = [];
  const log: Log = {
    info: (sentence) => void said.push(sentence),
    warn: (sentence, facts, error) => void said.push(`${sentence} ${JSON.stringify(facts)} ${String(error)}`),
  };
  const urls: string[] = [];
  const line = await openLine({
    driver: "pglite",
    log,
    door: (request, runtime) => {
      urls.push(request.url);
      return Promise.resolve(runtime().app.fetch(request));
    },
  });
  try {
    const scenario = catalogue[0]!.scenarios.find((one) => one.name === "claim-noted")!;
    const steps = scenario.steps.map((step) =>
      "press" in step && step.press.endsWith("#") ? { press: `${canary}#` } : step,
    );
    const caller = scenarioCaller({ steps });
    const sid = line.carrier.dial({ from: "+15550100042", to: line.number, person: caller.person });
    await line.until(() => caller.ended());
    expect(caller.heard.join(" ")).toContain(spoken);

    const everything = async (table: string) =>
      JSON.stringify(await line.database.query(`select * from ${table}`, []));
    const headers = await signedIn(line.runtime());
    const [row] = await line.database.query<{ id: string }>(
      "select id from calls where provider_call_id = $1",
      [sid],
    );
    const api = async (path: string) => await (await line.runtime().app.request(path, { headers })).text();
    const places: { [place: string]: string } = {
      urls: urls.join("\n"),
      log: said.join("\n"),
      trace: await everything("trace"),
      timers: await everything("timers"),
      "the list of calls": await api("/api/calls"),
      "the call": await api(`/api/calls/${row!.id}`),
      "the call's trace": await api(`/api/calls/${row!.id}/trace`),
    };
    expect(places["the call"]).toContain("claim_number");
    for (const [place, text] of Object.entries(places)) {
      expect(text.includes(canary) || text.includes(spoken), place).toBe(false);
    }
    // The control: where it may be, it is found.
    for (const table of ["call_events", "call_outcomes"])
      expect(await everything(table), table).toContain(canary);
    // Callers' numbers are shown by their last digits only.
    expect(places["the list of calls"]).not.toContain("+15550100042");
  } finally {
    await line.close();
  }
});
