/** The smallest flow without findings: a call comes in and is ended. Tests break it in one place each. */
export const sound = {
  formatVersion: 1,
  name: "Sound",
  settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
  variables: {},
  entry: "start",
  nodes: {
    start: { kind: "start", title: "Start", config: {}, next: { call: "bye" } },
    bye: { kind: "hang-up", title: "Bye", config: { disposition: "done" }, next: {} },
  },
  layout: { nodes: {} },
};
