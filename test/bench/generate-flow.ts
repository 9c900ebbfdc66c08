/** Flows to measure with: made, not drawn, so that every run measures the same. */
import { type FlowDocument, parseFlow } from "@trunkline/schema/document";

type Draft = Record<string, { kind: string; title: string; config: object; next: Record<string, string> }>;

/** One menu asked again and again: every turn is one key, two finished visits and one reply. */
export function askingFlow(): FlowDocument {
  return made("Asking", {
    start: { kind: "start", title: "Start", config: {}, next: { call: "ask" } },
    ask: menu("Thank you for calling. Press 1 for claims, or 2 for documents.", "told", "over"),
    told: say("You have chosen claims. One moment, please.", "ask"),
    over,
  });
}

/** Fifty nodes: twelve times set, branch, say and menu in a ring, a start and a hang-up. */
export function fiftyNodeFlow(): FlowDocument {
  const nodes: Draft = {
    start: { kind: "start", title: "Start", config: {}, next: { call: "set-0" } },
    over,
  };
  for (let at = 0; at < 12; at++) {
    nodes[`set-${at}`] = {
      kind: "set",
      title: `Count ${at}`,
      config: { assignments: [{ variable: "count", to: `${at}` }] },
      next: { done: `branch-${at}`, invalid: "over" },
    };
    nodes[`branch-${at}`] = {
      kind: "branch",
      title: `Which ${at}`,
      config: {
        rules: [
          { name: "other", when: { all: [{ variable: "count", is: "equals", to: at + 100 }] } },
          { name: "this", when: { variable: "count", is: "equals", to: at } },
        ],
      },
      next: { other: "over", this: `say-${at}`, otherwise: "over" },
    };
    nodes[`say-${at}`] = say("This is part {{count}} of twelve.", `menu-${at}`);
    nodes[`menu-${at}`] = menu(
      "Press 1 to go on from {{count}}, or 2 to end.",
      `set-${(at + 1) % 12}`,
      "over",
    );
  }
  return made("Fifty", nodes, { count: { type: "number", sensitivity: "internal", initial: 0 } });
}

const over = { kind: "hang-up", title: "Over", config: { disposition: "over" }, next: {} };

function say(text: string, next: string) {
  return { kind: "say", title: "Tell", config: { text }, next: { done: next } };
}

function menu(prompt: string, one: string, two: string) {
  const options = [
    { key: "1", label: "One" },
    { key: "2", label: "Two" },
  ];
  return {
    kind: "menu",
    title: "Ask",
    config: { prompt, options, timeoutSeconds: 5, tries: 2, invalidText: "That is not an option." },
    next: { "key-1": one, "key-2": two, invalid: "over", silence: "over" },
  };
}

function made(name: string, nodes: Draft, variables: object = {}): FlowDocument {
  const settings = { language: "en-US", maxCallMinutes: 240, apology: "Sorry, we have a problem." };
  const parsed = parseFlow({
    formatVersion: 1,
    name,
    settings,
    variables,
    entry: "start",
    nodes,
    layout: { nodes: {} },
  });
  if (parsed.ok) return parsed.flow;
  throw new Error(
    `Expected a flow, found: ${parsed.problems.map((one) => `${one.pointer} ${one.sentence}`).join(" ")}`,
  );
}
