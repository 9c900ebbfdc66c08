/** Visits per second of the engine on one core, on a flow of fifty nodes: in memory, and through JSON each step. */
import type { Session } from "@trunkline/schema/call";
import { compileFlow, openSession, step } from "@trunkline/schema/engine";
import { fiftyNodeFlow } from "./generate-flow.ts";
import { median, printTable } from "./statistics.ts";

const roundMs = 1000;
const rounds = 5;

export function benchStep(): void {
  const compiled = compileFlow(fiftyNodeFlow());
  const flows = new Map([[compiled.hash, compiled]]);
  const kept = (session: Session) => session;
  const throughJson = (session: Session) => JSON.parse(JSON.stringify(session)) as Session; // sessions are plain JSON

  const round = (keep: (session: Session) => Session) => {
    let visits = 0;
    let steps = 0;
    let bytes = 0;
    const began = performance.now();
    let took = 0;
    for (; took < roundMs; took = performance.now() - began) {
      let session = openSession(compiled);
      const start = {
        type: "call-started",
        turn: 0,
        direction: "inbound",
        from: "+15550100009",
        to: "+15550100001",
      };
      let result = step(flows, session, { ...start, at: 1_000_000, seed: 7 } as Parameters<typeof step>[2]);
      while (!result.ended) {
        visits += result.trace.length;
        steps += 1;
        session = keep(result.session);
        const { turn } = session;
        result = step(flows, session, { type: "input", at: 1_000_000 + turn * 2000, turn, digits: "1" });
        if (result.verdict !== "applied")
          throw new Error(`Expected the step to apply, found ${result.verdict}.`);
      }
      bytes = JSON.stringify(session).length;
    }
    return { visits: (visits / took) * 1000, steps: (steps / took) * 1000, bytes };
  };

  round(kept); // warm
  const memory = Array.from({ length: rounds }, () => round(kept));
  const json = Array.from({ length: rounds }, () => round(throughJson));
  console.log("\nThe step: 50 nodes (set, branch, say, menu), one core, calls of a thousand visits");
  printTable(
    ["session", "visits/s", "steps/s", "session bytes"],
    [
      ["in memory", median(memory.map((one) => one.visits)), median(memory.map((one) => one.steps)), ""],
      [
        "through JSON each step",
        median(json.map((one) => one.visits)),
        median(json.map((one) => one.steps)),
        json[0]?.bytes ?? 0,
      ],
    ],
  );
}
