import { baseOf, callFacts, claimFields } from "../../language/index.ts";
import { farewell, withNodes, withVariables } from "../example.ts";
import { type Fix, pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { declared, nodePointer, type Survey } from "../survey.ts";

export const unknownVariable: Rule = {
  name: "unknown-variable",
  severity: "error",
  title: "Every variable is declared",
  why: "A name nobody declared has no type and no sensitivity: texts leave a gap, conditions never hold, answers are lost.",
  advice: "Declare the variable with its type and sensitivity, or correct the name.",
  wrong: (sound) => withNodes(sound, { bye: farewell("Bye {{nobody}}.") }),
  right: (sound) =>
    withVariables(withNodes(sound, { bye: farewell("Bye {{who}}.") }), {
      who: { type: "text", sensitivity: "internal", initial: "caller" },
    }),
  check: (survey) =>
    [...survey.nodes.values()].flatMap((node) =>
      [...new Set([...node.reads, ...node.facts.writes])]
        .filter((reference) => !declared(survey, reference))
        .map((reference) => ({
          node: node.id,
          pointer: nodePointer(node, "config"),
          sentence: `${node.name} uses ${said(survey, reference)}.`,
          fix: declare(survey, reference),
        })),
    ),
};

function said(survey: Survey, reference: string): string {
  const base = baseOf(reference);
  const field = reference.slice(base.length + 1);
  if (Object.hasOwn(survey.flow.variables, base))
    return `“${reference}”; the variable “${base}” has no such field`;
  if (base !== "call" || field === "") return `the variable “${base}”, which is not declared`;
  return `“${reference}”; a call has only ${Object.keys(callFacts).join(", ")}`;
}

/** As PHI until somebody says otherwise: the safe side. */
function declare(survey: Survey, reference: string): Fix | undefined {
  const base = baseOf(reference);
  const field = reference.slice(base.length + 1);
  if (Object.hasOwn(survey.flow.variables, base)) return undefined;
  if (field !== "" && !Object.hasOwn(claimFields, field)) return undefined;
  const value = { type: field === "" ? "text" : "claim", sensitivity: "phi" };
  return {
    title: `Declare “${base}” as ${field === "" ? "a text" : "a claim"}`,
    change: [{ op: "set", pointer: pointerTo("variables", base), value }],
  };
}
