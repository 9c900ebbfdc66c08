/** The flow a new drawing begins with: a call comes in and is ended politely. It parses and has no findings. */
import { type FlowDocument, formatVersion } from "./flow.ts";

export function blankFlow(name: string): FlowDocument {
  return {
    formatVersion,
    name,
    settings: {
      language: "en-US",
      maxCallMinutes: 30,
      apology: "I am sorry, we have a technical problem. Please call again later. Goodbye.",
    },
    variables: {},
    entry: "start",
    nodes: {
      start: { kind: "start", title: "Call comes in", config: {}, next: { call: "goodbye" } },
      goodbye: {
        kind: "hang-up",
        title: "Goodbye",
        config: { disposition: "served", farewell: "Thank you for calling. Goodbye." },
        next: {},
      },
    },
    layout: { nodes: { start: { x: 0, y: 0 }, goodbye: { x: 640, y: 0 } } },
  };
}
