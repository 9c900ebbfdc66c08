import { type FlowDocument, formatVersion } from "@trunkline/schema/document";

/** A flow with a start and nothing else. */
export function blankFlow(name: string): FlowDocument {
  return {
    formatVersion,
    name,
    settings: {
      language: "en-US",
      maxCallMinutes: 30,
      apology: "I am sorry, something went wrong. Please call again later.",
    },
    variables: {},
    entry: "start",
    nodes: { start: { kind: "start", title: "Start", config: {}, next: {} } },
    layout: { nodes: { start: { x: 0, y: 0 } } },
  };
}
