/**
 * Every scenario of every shipped flow over the wire: carrier, signed HTTP, TwiML, database. What the far end heard, the
 * path, the deciding values, the kept values, the outcomes, messages and requests must be what `step` gave in the
 * rehearsal. Holds P1 (TwiML comes from the published JSON only), P3, P7, P13, P17, P19.
 */

import type { FaultPlan } from "@trunkline/carrier";
import { type CatalogueEntry, catalogue, withCalledFlows } from "@trunkline/flows";
import { testDrivers } from "@trunkline/runtime/testing";
import type { Session } from "@trunkline/schema/call";
import { beginningOf, factsOf } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import { callerOf, pathOf, playScenario, type Rehearsal, type Scenario } from "@trunkline/schema/scenario";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Line, openLine } from "../harness/line.ts";
import { type ScenarioCaller, scenarioCaller } from "../harness/scenario-caller.ts";

interface Played {
  readonly entry: CatalogueEntry;
  readonly scenario: Scenario;
}

/** A flow that only other flows enter is played through them. */
const callable = catalogue.filter((entry) => beginningOf(entry.document).calls !== "flows");
const scenarios = callable.flatMap((entry) =>
  entry.scenarios.map((scenario): Played => ({ entry, scenario })),
);
/** A line has one beginning: scenarios that begin at the same time share one. */
const byTime = Map.groupBy(scenarios, ({ scenario }) => scenario.when ?? "");

describe.each(testDrivers)("shipped flows on %s", (driver) => {
  describe.each([...byTime])("from %s", (when, played) => {
    let line: Line;
    let far: ScenarioCaller;
    let mainParty = "";
    let refusals = 0;
    beforeAll(async () => {
      line = await openLine({
        driver,
        // The carrier refuses the messages that a scenario says cannot be sent.
        restDoor: async (request, forward) => {
          if (!request.url.includes("/Messages.json") || refusals === 0) return await forward(request);
          refusals -= 1;
          return Response.json(
            { code: 21_610, message: "Unsubscribed recipient", status: 400 },
            { status: 400 },
          );
        },
        ...(when ? { at: Date.parse(when) } : {}),
        flows: catalogue.map((entry) => entry.document),
        webHosts: hostsOf(played),
        people: (to) => (to === mainParty ? far.person : far.dialled()),
      });
    });
    afterAll(() => line.close());

    it.each(played.map((one) => [`${one.entry.id}: ${one.scenario.name}`, one] as const))(
      "%s",
      async (_name, one) => {
        const { entry, scenario } = one;
        const called = withCalledFlows(entry).map((document) => compileFlow(document));
        const { rehearsal } = playScenario(compileFlow(entry.document), scenario, called);
        far = scenarioCaller(scenario);
        const answers = scenario.answers ?? [];
        line.web.expect(answers.filter(({ node }) => asksTheWeb(entry, node)));
        refusals = answers.filter(
          ({ node, fails }) => fails !== undefined && !asksTheWeb(entry, node),
        ).length;
        line.carrier.setFaults(lateVerdict(scenario));
        const asked = line.web.asked.length;
        const messages = line.carrier.messages().length;
        const { from, to } = rehearsal.session.party;
        mainParty = rehearsal.session.party.direction === "outbound" ? to : "";
        const refusing = scenario.effects === "failed";
        if (refusing) await refuse(line);
        const sid = await callUp(line, one, from, far);
        await line.until(async () => far.ended() && (await isOver(line, sid)), 4 * 3600);
        if (refusing) await permit(line);

        const [call] = await line.database.query<{
          id: string;
          disposition: string;
          session: string;
          status: string;
        }>("select id, disposition, session::text, status from calls where provider_call_id = $1", [sid]);
        const trace = await line.database.query<{
          frame: string;
          node: string;
          outcome: string;
          visit: number;
          value: unknown;
        }>("select frame, node, outcome, visit, value from trace where call_id = $1 order by seq", [
          call!.id,
        ]);
        expect(pathOf(trace)).toEqual(scenario.expect.path);
        expect(call).toMatchObject({ disposition: scenario.expect.disposition, status: "ended" });
        expect(line.carrier.alerts(sid)).toEqual([]);
        const session = JSON.parse(call!.session) as Session;
        expect(keptIn(session)).toEqual(keptIn(rehearsal.session));
        expect(session.tags ?? []).toEqual(rehearsal.session.tags ?? []);
        const outcomes = await line.database.query<{ outcome: string }>(
          "select outcome from call_outcomes where call_id = $1 order by recorded_at, effect_id",
          [call!.id],
        );
        expect(outcomes.map((row) => row.outcome)).toEqual(rehearsal.outcomes.map((each) => each.outcome));
        const sent = line.carrier.messages();
        expect(sent.slice(0, sent.length - messages).map((each) => each.body)).toEqual(
          rehearsal.messages.map((each) => each.text).toReversed(),
        );
        expect(line.web.asked.slice(asked).map(pathAndQuery)).toEqual(
          rehearsal.requests.map((each) => pathAndQuery(each.url)),
        );
        // With a refusing database the live call hears a filler, and its reason is the database's.
        if (refusing) return;
        expect(trace.map(decided)).toEqual(rehearsal.trace.map(decided));
        expect(far.heard).toEqual(told(rehearsal));
      },
    );
  });
});

/** Somebody calls the flow's number, or the flow calls them. The carrier's name of the call. */
async function callUp(
  line: Line,
  { entry, scenario }: Played,
  from: string,
  far: ScenarioCaller,
): Promise<string> {
  const index = catalogue.indexOf(entry);
  const { flowId, number } = line.published[index]!; // one for every flow of the catalogue
  const { direction, to, inputs } = { ...callerOf(scenario) };
  const outbound =
    (direction ?? (beginningOf(entry.document).calls === "outbound" ? "outbound" : "inbound")) === "outbound";
  if (!outbound) return line.carrier.dial({ from, to: number, person: far.person });
  const placed = await line
    .runtime()
    .place({ clientId: 1, flowId, to: to ?? "+15550100009", from: number, inputs });
  expect(placed).toMatchObject({ ok: true });
  await line.until(() => line.carrier.calls().length > 0 && far.rung());
  const rows = await line.database.query<{ provider_call_id: string }>(
    "select provider_call_id from placed_calls order by created_at desc limit 1",
    [],
  );
  return rows[0]!.provider_call_id;
}

/** What decided a visit. The minute of a clock and the words of a failing service are the line's own. */
function decided({ visit, value }: { readonly visit: number; readonly value: unknown }) {
  const by = typeof value === "object" && value !== null && "by" in value ? value.by : null;
  return { visit, value: by === "clock" || by === "effect" ? by : value };
}

function asksTheWeb({ document }: CatalogueEntry, id: string): boolean {
  const node = document.nodes[id];
  return node !== undefined && (factsOf(node).sends ?? []).some((one) => one.to === "url");
}

/** A verdict that is to come later than the carrier is done listening (seconds, about) is held up on its way. */
function lateVerdict({ answered }: Scenario): FaultPlan {
  const natural = answered?.by === "machine" ? 9 : 1;
  const delaySeconds = Math.max(0, (answered?.afterSeconds ?? 0) - natural);
  return { information: ({ about }) => (about === "machine-detection" ? { delaySeconds } : undefined) };
}

/** Values by name; a recording's address is the carrier's own. */
function keptIn(session: Session): unknown {
  const held = Object.entries({ ...session.frames[0]?.values, ...session.shared });
  return Object.fromEntries(
    held.map(([name, { value }]) => [
      name,
      /^(rehearsal:|http:\/\/127\.)/.test(String(value)) ? "recording" : value,
    ]),
  );
}

function told(rehearsal: Rehearsal): string[] {
  return rehearsal.transcript.filter((one) => one.who === "flow").map((one) => one.text);
}

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Every host that the flows of these scenarios ask. */
function hostsOf(played: readonly Played[]): string[] {
  const nodes = played.flatMap(({ entry }) => Object.values(entry.document.nodes));
  const urls = nodes.flatMap((node) => (factsOf(node).sends ?? []).filter((one) => one.to === "url"));
  return [...new Set(urls.map((one) => /^https:\/\/([^/?]+)/.exec(one.text)?.[1] ?? ""))];
}

async function refuse(line: Line): Promise<void> {
  await line.database.query(
    "alter table call_outcomes add constraint refusing check (outcome = '') not valid",
    [],
  );
}

async function permit(line: Line): Promise<void> {
  await line.database.query("alter table call_outcomes drop constraint refusing", []);
}

async function isOver(line: Line, sid: string): Promise<boolean> {
  const [row] = await line.database.query<{ status: string }>(
    "select status from calls where provider_call_id = $1",
    [sid],
  );
  return row?.status === "ended";
}
