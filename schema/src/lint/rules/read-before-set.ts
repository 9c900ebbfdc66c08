import type { FlowDocument } from "../../document/index.ts";
import { baseOf } from "../../language/index.ts";
import { assignedIn } from "../assigned.ts";
import { menu, say, startTo, withNodes, withVariables } from "../example.ts";
import type { Rule } from "../rule.ts";
import { nodePointer, nodesIn, type SurveyedNode } from "../survey.ts";

export const readBeforeSet: Rule = {
  name: "read-before-set",
  severity: "warning",
  title: "What a text names is known on every way to it",
  why: "A text leaves a gap where a value is not known yet, and a value computed from nothing is wrong.",
  advice:
    "Set the variable on every way that leads here, give it an initial value, or ask with a branch whether it is blank.",
  wrong: (sound) => withReason(sound, "told"),
  right: (sound) => withReason(sound, "bye"),
  check: (survey) => {
    const assigned = assignedIn(survey);
    return nodesIn(survey, survey.live).flatMap((node) =>
      [...needed(node)]
        .filter(([name]) => survey.written.has(name) && !assigned.has(node.id, name))
        .map(([name, pointer]) => ({
          node: node.id,
          pointer,
          sentence: `${node.name} needs “${name}”, which is not set on every way that leads there.`,
        })),
    );
  },
};

/**
 * Variables that must have a value, with the place that needs them. Deciding by a blank value is a decision like any
 * other, and an outcome may be recorded without all its fields.
 */
function needed(node: SurveyedNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const { reads, pointer } of [...node.spoken, ...node.sent, ...node.dialled]) {
    for (const reference of reads) names.set(baseOf(reference), pointer);
  }
  const own = new Set(node.facts.writes);
  const computes = own.size > 0 && !node.facts.waits;
  for (const reference of computes ? node.facts.reads : []) {
    if (!names.has(baseOf(reference))) names.set(baseOf(reference), nodePointer(node, "config"));
  }
  // What a node asks for and then says back is held by the time it is said.
  if (node.facts.waits) for (const name of own) names.delete(name);
  return names;
}

function withReason(sound: FlowDocument, silence: string): FlowDocument {
  const assignments = [{ variable: "reason", to: "your claim" }];
  return withVariables(
    withNodes(sound, {
      start: startTo("menu"),
      menu: {
        ...menu("Menu", "For claims, press 1.", "claim"),
        next: { "key-1": "claim", invalid: silence, silence },
      },
      claim: { kind: "set", title: "Claim", config: { assignments }, next: { done: "told", invalid: "bye" } },
      told: say("Told", "I note that it is about {{reason}}.", "bye"),
    }),
    { reason: { type: "text", sensitivity: "internal" } },
  );
}
