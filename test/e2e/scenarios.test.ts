/**
 * Every scenario of every shipped flow over the wire: carrier, signed HTTP, TwiML, database. What the caller heard,
 * the path, the deciding values, the kept values and the outcomes must be what `step` gave in the rehearsal.
 * Holds P1 (TwiML comes from the published JSON only), P3, P7, P13.
 */

import { catalogue } from "@trunkline/flows";
import { testDrivers } from "@trunkline/runtime/testing";
import type { Session } from "@trunkline/schema/call";
import { compileFlow } from "@trunkline/schema/engine";
import { pathOf, playScenario, type Scenario } from "@trunkline/schema/scenario";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Line, openLine } from "../harness/line.ts";
import { scenarioCaller } from "../harness/scenario-caller.ts";

// The installation's number rings the catalogue's first flow; more shipped flows join with their own numbers.
const shipped = catalogue[0]!;

describe.each(testDrivers)("front desk on %s", (driver) => {
  let line: Line;
  beforeAll(async () => {
    line = await openLine({ driver });
  });
  afterAll(() => line.close());

  it.each(shipped.scenarios.map((one) => [one.name, one] as const))("%s", async (_name, scenario) => {
    const rehearsed = playScenario(compileFlow(shipped.document), scenario).rehearsal;
    const caller = await playOverTheWire(line, scenario);
    const [call] = await line.database.query<{
      id: string;
      disposition: string;
      session: string;
      status: string;
    }>("select id, disposition, session::text, status from calls where provider_call_id = $1", [caller.sid]);
    const trace = await line.database.query<{ node: string; outcome: string; visit: number; value: unknown }>(
      "select node, outcome, visit, value from trace where call_id = $1 order by seq",
      [call!.id],
    );
    expect(pathOf(trace)).toEqual(scenario.expect.path);
    expect(call).toMatchObject({ disposition: scenario.expect.disposition, status: "ended" });
    expect(line.carrier.alerts(caller.sid)).toEqual([]);
    const session = JSON.parse(call!.session) as Session;
    const kept = (held: Session) =>
      Object.fromEntries(
        Object.entries(held.frames[0]?.values ?? {}).map(([name, { value }]) => [name, value]),
      );
    expect(kept(session)).toEqual(kept(rehearsed.session));
    const outcomes = await line.database.query<{ outcome: string }>(
      "select outcome from call_outcomes where call_id = $1 order by effect_id",
      [call!.id],
    );
    expect(outcomes.map((row) => row.outcome)).toEqual(rehearsed.outcomes.map((one) => one.outcome));
    // With a refusing database the live call hears a filler, and its reason is the database's.
    if (scenario.effects === "failed") return;
    expect(trace.map(({ visit, value }) => ({ visit, value }))).toEqual(
      rehearsed.trace.map(({ visit, value }) => ({ visit, value })),
    );
    const told = rehearsed.transcript.filter((one) => one.who === "flow").map((one) => one.text);
    expect(caller.heard).toEqual(told);
  });
});

async function playOverTheWire(line: Line, scenario: Scenario) {
  const refusing = scenario.effects === "failed";
  if (refusing)
    await line.database.query(
      "alter table call_outcomes add constraint refusing check (outcome = '') not valid",
      [],
    );
  const caller = scenarioCaller(scenario);
  const from = scenario.caller?.from ?? "+15550100009";
  const sid = line.carrier.dial({ from, to: line.number, person: caller.person });
  await line.until(async () => caller.ended() && (await isOver(line, sid)));
  if (refusing) await line.database.query("alter table call_outcomes drop constraint refusing", []);
  return { sid, heard: caller.heard };
}

async function isOver(line: Line, sid: string): Promise<boolean> {
  const [row] = await line.database.query<{ status: string }>(
    "select status from calls where provider_call_id = $1",
    [sid],
  );
  return row?.status === "ended";
}
