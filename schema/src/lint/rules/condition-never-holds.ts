import { canonicalJson, type FlowDocument } from "../../document/index.ts";
import { describeCondition, isContradiction } from "../../language/index.ts";
import { misfits, typesIn } from "../conditions.ts";
import { branch, startTo, withNodes, withVariables } from "../example.ts";
import type { Fix } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { type Decision, nodePointer, type Survey, type SurveyedNode } from "../survey.ts";

export const conditionNeverHolds: Rule = {
  name: "condition-never-holds",
  severity: "warning",
  title: "Every rule of a branch can hold",
  why: "A way out whose condition contradicts itself, or stands below the same condition, is never taken.",
  advice: "Correct the condition, or remove the rule.",
  wrong: (sound) => withCount(sound, { all: [atLeast(5), { variable: "count", is: "less-than", to: 3 }] }),
  right: (sound) => withCount(sound, { all: [atLeast(3), { variable: "count", is: "less-than", to: 5 }] }),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) => {
      const seen = new Set<string>();
      return node.decisions.flatMap((decision, index) => {
        const key = canonicalJson(decision.when);
        const reason = seen.has(key) ? "a rule above it asks the same" : contradiction(survey, decision);
        seen.add(key);
        if (reason === null) return [];
        const told = describeCondition(decision.when);
        const sentence = `“${told}” of ${node.name} never holds: ${reason}.`;
        return [{ node: node.id, pointer: `${decision.pointer}/when`, sentence, ...removal(node, index) }];
      });
    }),
};

function contradiction(survey: Survey, decision: Decision): string | null {
  if (misfits(survey, decision).length > 0) return null; // that is an error of its own
  return isContradiction(decision.when, typesIn(survey, decision)) ? "no value fits all of it" : null;
}

/** A branch keeps at least one rule. */
function removal(node: SurveyedNode, index: number): { fix?: Fix } {
  const decision = node.decisions[index];
  if (!decision || node.decisions.length < 2) return {};
  const edge = nodePointer(node, "next", decision.outcome);
  const change = [
    ...(Object.hasOwn(node.node.next, decision.outcome) ? [{ op: "remove" as const, pointer: edge }] : []),
    { op: "remove" as const, pointer: decision.pointer },
  ];
  return { fix: { title: "Remove this rule", change } };
}

function atLeast(to: number): object {
  return { variable: "count", is: "at-least", to };
}

function withCount(sound: FlowDocument, when: object): FlowDocument {
  const rules = [
    { name: "some", when },
    { name: "one", when: { variable: "count", is: "equals", to: 1 } },
  ];
  const asked = branch("How many?", when, "bye", "bye");
  const node = { ...asked, config: { rules }, next: { some: "bye", one: "bye", otherwise: "bye" } };
  return withVariables(withNodes(sound, { start: startTo("count"), count: node }), {
    count: { type: "number", sensitivity: "internal", origin: "input" },
  });
}
