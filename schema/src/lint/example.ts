/** Words for the rules' examples: a sound flow with a few nodes put into it. The rules' test parses each one. */
import type { FlowDocument } from "../document/index.ts";

type Nodes = FlowDocument["nodes"];
type Variables = FlowDocument["variables"];

/** Adds nodes, or replaces those with the same id. */
export function withNodes(flow: FlowDocument, nodes: { readonly [id: string]: object }): FlowDocument {
  // Examples break rules, not the schema: the rules' test parses each one before it is used.
  return { ...flow, nodes: { ...flow.nodes, ...(nodes as Nodes) } };
}

export function withVariables(flow: FlowDocument, variables: Variables): FlowDocument {
  return { ...flow, variables: { ...flow.variables, ...variables } };
}

/** The sound flow's start node, leading elsewhere or beginning otherwise. */
export function startTo(next: string, config: object = {}): object {
  return { kind: "start", title: "Start", config, next: { call: next } };
}

export function say(title: string, text: string, done: string, config: object = {}): object {
  return { kind: "say", title, config: { text, ...config }, next: { done } };
}

/** The sound flow's last node with words. */
export function farewell(text: string): object {
  return { kind: "hang-up", title: "Bye", config: { disposition: "done", farewell: text }, next: {} };
}

/** A menu of one key; every other way out ends the call. */
export function menu(title: string, prompt: string, key: string, config: object = {}): object {
  return {
    kind: "menu",
    title,
    config: { prompt, options: [{ key: "1", label: "One" }], timeoutSeconds: 5, tries: 1, ...config },
    next: { "key-1": key, invalid: "bye", silence: "bye" },
  };
}

/** A branch with one rule. */
export function branch(title: string, when: object, held: string, otherwise: string): object {
  return {
    kind: "branch",
    title,
    config: { rules: [{ name: "held", when }] },
    next: { held, otherwise },
  };
}
