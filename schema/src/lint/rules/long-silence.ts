import type { FlowDocument } from "../../document/index.ts";
import { say, startTo, withNodes } from "../example.ts";
import { type Fix, pointerTo } from "../fix.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, nodesIn, type Survey, type SurveyedNode } from "../survey.ts";

/** After this much silence people say “hello?” and hang up. */
const patienceSeconds = 2;

export const longSilence: Rule = {
  name: "long-silence",
  severity: "warning",
  title: "Nobody waits in silence without a word",
  why: "After two seconds of silence people think that the line is dead and hang up.",
  advice: "Say a few words before the wait, or give the node something to say meanwhile.",
  wrong: (sound) => withWait(sound, "wait"),
  right: (sound) => withWait(sound, "told"),
  check: (survey) =>
    // Payers' phone systems do not mind.
    survey.beginning.line === "payer"
      ? []
      : nodesIn(survey, survey.live).flatMap((node) => reported(survey, node)),
};

function reported(survey: Survey, node: SurveyedNode): Report[] {
  const { silentSeconds = 0, needsVerdict } = node.facts;
  if (silentSeconds <= patienceSeconds || isHeard(node)) return [];
  // Where the carrier listens first, its verdict is there before the flow begins.
  if (needsVerdict && (survey.beginning.detection === "first" || survey.beginning.calls === "inbound"))
    return [];
  const silent = (survey.incoming.get(node.id) ?? []).filter(({ from }) => {
    const before = survey.nodes.get(from);
    return before !== undefined && survey.live.has(from) && (before.facts.waitsForCaller || !isHeard(before));
  });
  if (silent.length === 0) return [];
  const sentence = `In ${node.name} the caller may hear nothing for ${silentSeconds} seconds, and nothing is said before it.`;
  const fix = needsVerdict ? {} : { fix: wordsBefore(survey, node, silent) };
  return [{ node: node.id, pointer: nodePointer(node), sentence, ...fix }];
}

/** Does it speak, or play a file? */
function isHeard({ spoken, node }: SurveyedNode): boolean {
  return spoken.length > 0 || "audio" in node.config;
}

/** A say on every silent way to the node. */
function wordsBefore(
  survey: Survey,
  node: SurveyedNode,
  silent: readonly { from: string; outcome: string }[],
): Fix {
  let id = "one-moment";
  for (let count = 2; survey.nodes.has(id); count += 1) id = `one-moment-${count}`;
  const title = id.replaceAll("-", " ").replace(/^o/, "O");
  const value = { kind: "say", title, config: { text: "One moment, please." }, next: { done: node.id } };
  const place = survey.flow.layout.nodes[node.id] ?? { x: 0, y: 0 };
  return {
    title: "Say “One moment, please.” before it",
    change: [
      { op: "set", pointer: pointerTo("nodes", id), value },
      { op: "set", pointer: pointerTo("layout", "nodes", id), value: { x: place.x - 160, y: place.y + 120 } },
      ...silent.map(({ from, outcome }) => ({
        op: "set" as const,
        pointer: pointerTo("nodes", from, "next", outcome),
        value: id,
      })),
    ],
  };
}

function withWait(sound: FlowDocument, first: string): FlowDocument {
  const config = { time: "09:00", zone: "America/New_York", mostMinutes: 5 };
  return withNodes(sound, {
    start: startTo(first),
    ...(first === "told"
      ? { told: say("Soon", "Our office opens in a few minutes. Please hold the line.", "wait") }
      : {}),
    wait: { kind: "until", title: "Wait", config, next: { reached: "bye", "too-long": "bye" } },
  });
}
