import type { FlowDocument } from "../../document/index.ts";
import { coerce, parseTemplate } from "../../language/index.ts";
import { startTo, withNodes, withVariables } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Report, Rule } from "../rule.ts";
import { declared, listed, nodePointer, type Survey, type SurveyedNode } from "../survey.ts";

export const valueNeverFits: Rule = {
  name: "value-never-fits",
  severity: "error",
  title: "A variable can hold what is put into it",
  why: "An answer or a value that its variable can never hold is refused in every call: the caller is asked again and again for what is never taken.",
  advice: "Choose a variable of the right type, or change what is asked for or set.",
  wrong: (sound) => withBirthday(sound, "money"),
  right: (sound) => withBirthday(sound, "date"),
  check: (survey) => [
    ...initials(survey),
    ...[...survey.nodes.values()].flatMap((node) => reported(survey, node)),
  ],
};

function initials({ flow }: Survey): Report[] {
  return Object.entries(flow.variables).flatMap(([name, { type, choices, initial }]) => {
    if (initial === undefined || initial === "") return [];
    const fitted = coerce(initial, type, choices);
    if (fitted.ok) return [];
    const pointer = pointerTo("variables", name, "initial");
    const sentence = `The variable “${name}” begins without its value: ${fitted.sentence}`;
    return [
      { pointer, sentence, fix: { title: "Begin blank", change: [{ op: "remove" as const, pointer }] } },
    ];
  });
}

function reported(survey: Survey, node: SurveyedNode): Report[] {
  const types = Object.entries(node.facts.writesInto ?? {}).flatMap(([name, fitting]): Report[] => {
    const type = declared(survey, name)?.type;
    if (type === undefined || fitting.includes(type)) return [];
    const sentence = `${node.name} puts into “${name}” what no variable of type ${type} holds; what holds it is ${listed(fitting)}.`;
    return [{ node: node.id, pointer: nodePointer(node, "config"), sentence }];
  });
  return types.length > 0 ? types : literals(survey, node);
}

/** Values that a set has in its own words. */
function literals(survey: Survey, node: SurveyedNode): Report[] {
  if (node.node.kind !== "set") return [];
  const { assignments } = node.node.config as {
    assignments: { variable: string; to?: string; how?: string }[];
  }; // a parsed set's config
  return assignments.flatMap(({ variable: name, to = "", how = "set" }, index) => {
    const parsed = parseTemplate(to);
    const variable = declared(survey, name);
    if (how !== "set" || !variable || !parsed.ok || parsed.template.reads.length > 0) return [];
    const fitted = coerce(to, variable.type, variable.choices);
    if (fitted.ok) return [];
    const pointer = nodePointer(node, "config", "assignments", index, "to");
    return [
      { node: node.id, pointer, sentence: `${node.name} sets “${name}” to “${to}”: ${fitted.sentence}` },
    ];
  });
}

function withBirthday(sound: FlowDocument, type: "money" | "date"): FlowDocument {
  const config = {
    prompt: "Please enter your date of birth.",
    into: "birthday",
    answer: "keys",
    expects: "date",
    minDigits: 1,
    maxDigits: 8,
    timeoutSeconds: 5,
    tries: 2,
  };
  const next = { collected: "bye", invalid: "bye", silence: "bye" };
  return withVariables(
    withNodes(sound, {
      start: startTo("birthday"),
      birthday: { kind: "collect", title: "Date of birth", config, next },
    }),
    { birthday: { type, sensitivity: "phi" } },
  );
}
