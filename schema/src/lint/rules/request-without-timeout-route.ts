import type { FlowDocument } from "../../document/index.ts";
import { say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer } from "../survey.ts";

export const requestWithoutTimeoutRoute: Rule = {
  name: "request-without-timeout-route",
  severity: "warning",
  title: "A service that fails has a way of its own",
  why: "When a service is down, going on as if it had answered speaks of blanks, and asking again at once keeps the caller waiting.",
  advice: "Lead the failures to words for the caller and a way without the answer.",
  wrong: (sound) => withRequest(sound, "told"),
  right: (sound) => withRequest(sound, "bye"),
  check: ({ nodes }) =>
    [...nodes.values()]
      .filter(({ sent }) => sent.some((text) => text.to === "url"))
      .flatMap((node) => {
        const answered = node.edges.filter(({ outcome }) => !outcome.failure).map(({ target }) => target);
        return node.edges
          .filter(({ outcome }) => outcome.failure)
          .flatMap(({ outcome, target }) => {
            const again = target === node.id;
            // Where nothing is taken from the answer, going on without one is a way.
            if (!again && (node.facts.writes.length === 0 || !answered.includes(target))) return [];
            const where = again ? "straight back to it" : "where an answer leads";
            const sentence = `“${outcome.label}” of ${node.name} leads ${where}; expected a way of its own.`;
            return [{ node: node.id, pointer: nodePointer(node, "next", outcome.name), sentence }];
          });
      }),
};

function withRequest(sound: FlowDocument, failed: string): FlowDocument {
  const config = {
    method: "GET",
    url: "https://api.example.com/desk",
    timeoutSeconds: 5,
    map: [{ pointer: "/hours", into: "hours" }],
    filler: "One moment, please.",
  };
  const next = { ok: "told", refused: "bye", unfit: "bye", failed, timeout: "bye" };
  return withVariables(
    withNodes(sound, {
      start: startTo("ask"),
      ask: { kind: "request", title: "Look up the hours", config, next },
      told: say("Told", "We are open {{hours}}.", "bye"),
    }),
    { hours: { type: "text", sensitivity: "internal", initial: "today" } },
  );
}
