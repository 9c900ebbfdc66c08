import type { FlowDocument } from "../../document/index.ts";
import { say, startTo, withNodes, withVariables } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Rule } from "../rule.ts";
import { neverSet } from "./never-set-variable.ts";

export const inputWithoutOrigin: Rule = {
  name: "input-without-origin",
  severity: "warning",
  title: "What a called flow needs is one of its inputs",
  why: "A flow that calls this one can give a value only to variables that come from outside; all others stay blank.",
  advice: "Say of the variable that it is given when the flow begins, or set it on the way.",
  wrong: (sound) => withVariables(withGreeting(sound), { who: { type: "text", sensitivity: "internal" } }),
  right: (sound) =>
    withVariables(withGreeting(sound), { who: { type: "text", sensitivity: "internal", origin: "input" } }),
  check: (survey) => {
    if (survey.beginning.calls !== "flows") return [];
    return [...neverSet(survey)]
      .filter((name) => survey.read.has(name))
      .map((name) => ({
        pointer: pointerTo("variables", name),
        sentence: `“${name}” is read and nothing sets it; it is no input, so that a calling flow cannot give it either.`,
        fix: {
          title: `Make “${name}” an input`,
          change: [{ op: "set", pointer: pointerTo("variables", name, "origin"), value: "input" }],
        },
      }));
  },
};

function withGreeting(sound: FlowDocument): FlowDocument {
  return withNodes(sound, {
    start: startTo("hello", { calls: "flows" }),
    hello: say("Hello", "Hello {{who}}.", "bye"),
    bye: { kind: "return", title: "Back", config: { way: "greeted" }, next: {} },
  });
}
