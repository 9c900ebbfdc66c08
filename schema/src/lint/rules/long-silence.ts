import type { FlowDocument } from "../../document/index.ts";
import { reachedFrom } from "../components.ts";
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
    survey.beginning.line === "payer" ? [] : reports(survey),
};

function reports(survey: Survey): Report[] {
  const unheard = enteredUnheard(survey);
  return nodesIn(survey, survey.live).flatMap((node) => reported(survey, node, unheard));
}

function reported(survey: Survey, node: SurveyedNode, unheard: ReadonlySet<string>): Report[] {
  const { silentSeconds = 0, needsVerdict } = node.facts;
  if (silentSeconds <= patienceSeconds || isHeard(node)) return [];
  // Where the carrier listens first, its verdict is there before the flow begins.
  if (needsVerdict && (survey.beginning.detection === "first" || survey.beginning.calls === "inbound"))
    return [];
  const silent = (survey.incoming.get(node.id) ?? []).filter(({ from }) => {
    const before = survey.nodes.get(from);
    return before !== undefined && survey.live.has(from) && leavesUnheard(before, unheard);
  });
  if (silent.length === 0) return [];
  const sentence = `In ${node.name} the caller may hear nothing for ${silentSeconds} seconds, and nothing is said before it.`;
  const fix = needsVerdict ? {} : { fix: wordsBefore(survey, node, silent) };
  return [{ node: node.id, pointer: nodePointer(node), sentence, ...fix }];
}

/** Nodes that a call can come to without having heard a word since it began or since it last waited. */
function enteredUnheard(survey: Survey): Set<string> {
  const targets = (node: SurveyedNode | undefined) => node?.edges.map(({ target }) => target) ?? [];
  const nodes = nodesIn(survey, survey.live);
  const begins = nodes.filter((node) => node.id === survey.flow.entry || waitsUnheard(node));
  return reachedFrom(begins.flatMap(targets), (id) => {
    const node = survey.nodes.get(id);
    return node && takesNoTime(node) ? targets(node) : [];
  });
}

function leavesUnheard(before: SurveyedNode, unheard: ReadonlySet<string>): boolean {
  if (waitsUnheard(before) || before.node.kind === "start") return true;
  return takesNoTime(before) && unheard.has(before.id);
}

/** Does it leave the caller in silence, after an answer or a wait? Of a called flow nobody knows. */
function waitsUnheard(node: SurveyedNode): boolean {
  if (node.facts.calls) return false;
  return node.facts.waitsForCaller || (node.facts.waits && !isHeard(node));
}

/** Decides, computes or marks: the caller notices nothing of it. */
function takesNoTime(node: SurveyedNode): boolean {
  return !node.facts.waits && !node.facts.calls && !isHeard(node);
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
