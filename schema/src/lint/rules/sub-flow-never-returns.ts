import { interfaceOf } from "../../document/index.ts";
import { farewell, startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";

export const subFlowNeverReturns: Rule = {
  name: "sub-flow-never-returns",
  severity: "warning",
  title: "A flow that is called returns",
  why: "The flow that calls this one goes on only when this one returns; otherwise every call ends here.",
  advice: "End with a return node for each way the calling flow can go on.",
  wrong: (sound) =>
    withNodes(sound, { start: startTo("bye", { calls: "flows" }), bye: farewell("Goodbye.") }),
  right: (sound) =>
    withNodes(sound, {
      start: startTo("bye", { calls: "flows" }),
      bye: { kind: "return", title: "Back", config: { way: "served" }, next: {} },
    }),
  check: ({ flow, beginning }) =>
    beginning.calls !== "flows" || interfaceOf(flow).ways.length > 0
      ? []
      : [{ pointer: "/nodes", sentence: "Other flows call this one, but nothing in it returns to them." }],
};
