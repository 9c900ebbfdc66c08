/**
 * What holds for any parsed flow and any events: `step` returns (I26), changes nothing it was given, its trace is a
 * gapless walk (I2), its session survives JSON, and a line that is closed stays closed (I14, I16).
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallEvent, Session, TraceEntry } from "../call/index.ts";
import { type FlowDocument, parseFlow, parseFlowText } from "../document/index.ts";
import { anyFlow, anyFlows, freeze, happening, toEvent } from "../testdata/any-flow.ts";
import { compileFlow, limits, openSession, step } from "./index.ts";

/** Outcomes that the engine adds: they lead nowhere in the drawing. */
const added = new Set(["caller-hung-up", "limit-reached", "end"]);

/**
 * Within one flow every entry follows from the one before by an edge of its outcome, begins the flow, or begins the path
 * after a hang-up. A called flow's entries stand before that of the node which called it.
 */
function expectWalk(documents: ReadonlyMap<string, FlowDocument>, trace: readonly TraceEntry[]): void {
  expect(trace.map((entry) => entry.seq)).toEqual(trace.map((_entry, index) => index + 1));
  const frames = new Map<string, TraceEntry[]>();
  for (const entry of trace) {
    const document = documents.get(entry.frame === "" ? "main" : "inner")!;
    const own = frames.get(entry.frame) ?? [];
    const before = own.at(-1);
    if (!before || (entry.frame !== "" && added.has(before.outcome))) {
      // A call-flow node that is entered again begins the called flow again.
      expect([document.entry, document.onHangUp]).toContain(entry.node);
    } else if (before.outcome === "caller-hung-up") {
      expect(entry.node).toBe(document.onHangUp);
    } else if (!added.has(entry.outcome) || before.node !== entry.node) {
      const next = document.nodes[before.node]?.next[before.outcome];
      // Between two turns of a long text there is no open visit: the path after a hang-up may begin anywhere.
      // So may a called flow, when the call ended between two of its visits and that path enters it again.
      const again = entry.frame === "" ? [] : [document.entry];
      expect([next, document.onHangUp, ...again]).toContain(entry.node);
    }
    frames.set(entry.frame, [...own, entry]);
  }
}

describe("any flow, any events", () => {
  it("step is total, pure and walks", () => {
    fc.assert(
      fc.property(anyFlows, fc.array(happening, { maxLength: 40 }), ({ main, inner }, happenings) => {
        const compiled = compileFlow(main);
        const flows = new Map([compiled, compileFlow(inner)].map((one) => [one.hash, one]));
        let at = 1000;
        let session = freeze(openSession(compiled));
        const trace: TraceEntry[] = [];
        let closed = false;
        const feed = (event: CallEvent) => {
          const result = step(flows, session, freeze(event));
          const copy = JSON.parse(JSON.stringify(result.session)) as Session;
          expect(copy).toEqual(result.session);
          expect(step(flows, session, event)).toEqual(result);
          if (result.verdict !== "applied") expect(result.session).toBe(session);
          if (closed) expect(result.reply?.verbs.every((verb) => verb.verb === "hang-up") ?? true).toBe(true);
          if (result.reply) {
            expect(["next", "hang-up"]).toContain(result.reply.verbs.at(-1)?.verb);
            expect(result.reply.verbs.filter((verb) => verb.verb === "next").length).toBeLessThanOrEqual(1);
          }
          expect(result.trace.length).toBeLessThanOrEqual(limits.visitsPerStep + limits.flowsDeep + 2);
          trace.push(...result.trace);
          closed ||= result.ended !== null || session.phone === "gone";
          session = freeze(copy);
          // A call that has not ended always waits for something.
          expect(session.ended !== null || session.wait !== null).toBe(true);
        };
        const [from, to] = ["+15550100009", "+15550100001"];
        feed({
          type: "call-started",
          at,
          turn: 0,
          direction: "inbound",
          from,
          to,
          seed: 1,
          inputs: { name: "Ada" },
        });
        for (const one of happenings) {
          at += one.seconds * 1000;
          feed(toEvent(one, session, at));
        }
        const documents = new Map([
          ["main", main],
          ["inner", inner],
        ]);
        if (trace.every((entry) => !entry.frame.includes("/"))) expectWalk(documents, trace);
        const visits = trace.map((entry) => `${entry.frame}/${entry.node}#${entry.visit}`);
        expect(new Set(visits).size).toBe(visits.length);
      }),
      { numRuns: 1500 },
    );
  });

  it("parsing never throws, whatever it is given", () => {
    const path = fc.array(
      fc.constantFrom("nodes", "n1", "config", "next", "entry", "settings", "variables", "0"),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(anyFlow, path, fc.anything({ withBigInt: false }), (document, keys, junk) => {
        const broken = JSON.parse(JSON.stringify(document)) as { [key: string]: unknown };
        let at = broken;
        for (const name of keys.slice(0, -1)) {
          if (typeof at[name] !== "object" || at[name] === null) break;
          at = at[name] as { [key: string]: unknown };
        }
        at[keys.at(-1) ?? "nodes"] = junk;
        const parsed = parseFlow(broken);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (junk) => void parseFlowText(junk)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.json(), (junk) => void parseFlowText(junk)),
      { numRuns: 500 },
    );
  });
});
