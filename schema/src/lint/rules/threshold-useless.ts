import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, type SurveyedNode } from "../survey.ts";

export const thresholdUseless: Rule = {
  name: "threshold-useless",
  severity: "warning",
  title: "A threshold lets some through and keeps some out",
  why: "With a threshold of 0 any words at all choose something; a recogniser is never so sure of itself as 1.",
  advice: "Begin with 0.7 for matching and 0.4 for the recogniser, and see in the calls what that does.",
  wrong: (sound) => withThreshold(sound, 0),
  right: (sound) => withThreshold(sound, 0.7),
  check: ({ nodes }) => [...nodes.values()].flatMap(reported),
};

interface Threshold {
  readonly field: string;
  readonly usual: number;
  readonly useless: (value: number) => string | null;
}

const anyWord = (value: number) => (value === 0 ? "any words choose something" : null);
const noWord = (value: number) =>
  value === 0 ? "everything passes" : value > 0.98 ? "nothing passes" : null;

/** The fields by which kinds say how sure they must be. */
const thresholds: readonly Threshold[] = [
  { field: "threshold", usual: 0.7, useless: anyWord },
  { field: "minMatch", usual: 0.7, useless: anyWord },
  { field: "minConfidence", usual: 0.4, useless: noWord },
];

function reported(node: SurveyedNode): Report[] {
  const config: { readonly [field: string]: unknown } = { ...node.node.config };
  return thresholds.flatMap(({ field, usual, useless }) => {
    const value = Object.hasOwn(config, field) ? config[field] : undefined;
    const why = typeof value === "number" ? useless(value) : null;
    if (why === null) return [];
    const pointer = nodePointer(node, "config", field);
    const fix = { title: `Set it to ${usual}`, change: [{ op: "set" as const, pointer, value: usual }] };
    const sentence = `${node.name} has a threshold of ${value}: ${why}.`;
    return [{ node: node.id, pointer, sentence, fix }];
  });
}

function withThreshold(sound: FlowDocument, threshold: number): FlowDocument {
  const classes = [{ name: "claims", label: "Claims", phrases: ["claim", "claim status"] }];
  const config = { prompt: "How can I help you?", classes, threshold, timeoutSeconds: 5, tries: 1 };
  const next = { claims: "bye", "no-match": "bye", silence: "bye" };
  return withNodes(sound, {
    start: startTo("sort"),
    sort: { kind: "classify", title: "What is it about?", config, next },
  });
}
