/** A message counts as left only when a machine heard it. */
import { expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";

const at = 1_000_000;
const config = { text: "Please call us back.", waitSeconds: 30 };
const machine = { direction: "outbound", answered: { by: "machine", greeting: "beep" } } as const;
const ended = { type: "call-ended", at: at + 2000, reason: "completed", seconds: 2 } as const;

it("is not left when the line goes dead while it is spoken", () => {
  const { outcome, verbs, tags } = playNode("voicemail-drop", config, machine, [ended]);
  expect(verbs).toEqual([{ verb: "say", text: config.text, language: "en-US" }]);
  expect({ outcome, tags }).toEqual({ outcome: "caller-hung-up", tags: [] });
});

it("is not left on the path after a hang-up", () => {
  const { outcome, tags } = playNode("voicemail-drop", config, { ...machine, afterHangUp: true }, [ended]);
  expect({ outcome, tags }).toEqual({ outcome: "caller-hung-up", tags: [] });
});

it("is spoken once: a timer of the wait before it neither cuts nor repeats it", () => {
  const events = [
    { type: "answered-by", at: at + 5000, by: "machine", greeting: "beep", leg: "call" },
    { type: "done", at: at + 60_000 },
  ] as const;
  const { outcome, verbs, tags } = playNode("voicemail-drop", config, { direction: "outbound" }, events);
  expect(verbs.filter(({ verb }) => verb === "say")).toHaveLength(1);
  expect({ outcome, tags }).toEqual({ outcome: "dropped", tags: ["voicemail-left"] });
});
