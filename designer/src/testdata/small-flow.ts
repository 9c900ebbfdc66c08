/** A small flow for tests: start → greet → main-menu → two ends. */
import { type FlowDocument, parseFlow } from "@trunkline/schema/document";

export function smallFlow(): FlowDocument {
  const parsed = parseFlow({
    formatVersion: 1,
    name: "Small",
    settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
    variables: { member_id: { type: "digits", sensitivity: "phi" } },
    entry: "start",
    onHangUp: "note-it",
    nodes: {
      start: { kind: "start", title: "Start", config: {}, next: { call: "greet" } },
      greet: { kind: "say", title: "Greet", config: { text: "Hello." }, next: { done: "main-menu" } },
      "main-menu": {
        kind: "menu",
        title: "Main menu",
        config: {
          prompt: "Press 1 or 2.",
          options: [
            { key: "1", label: "Claims" },
            { key: "2", label: "Else" },
          ],
          timeoutSeconds: 5,
          tries: 2,
        },
        next: { "key-1": "goodbye", "key-2": "note-it", silence: "greet" },
      },
      "note-it": {
        kind: "record-outcome",
        title: "Note it",
        config: { outcome: "noted", fields: [] },
        next: { recorded: "goodbye" },
      },
      goodbye: { kind: "hang-up", title: "Goodbye", config: { disposition: "done" }, next: {} },
    },
    layout: { nodes: { start: { x: 0, y: 0 }, greet: { x: 320, y: 0 }, "main-menu": { x: 640, y: 0 } } },
  });
  if (!parsed.ok) throw new Error(`Expected the test's flow to parse: ${parsed.problems[0]?.sentence}`);
  return parsed.flow;
}
