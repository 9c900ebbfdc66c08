/** A recording and the caller's hanging up in the middle of it. */
import { expect, it } from "vitest";
import { playNode } from "../testdata/one-node.ts";
import { record } from "./record.ts";

const at = 1_000_000;
const config = {
  into: "message",
  maxSeconds: 60,
  silenceSeconds: 5,
  finishOnKeys: "#",
  beep: true,
  needsConsent: false,
};
const variables = (type: string) => ({ message: { type, sensitivity: "phi" } });
const address = "https://recordings.example.org/RE1";
const made = { type: "recording-made", at, recording: address, seconds: 9, hungUp: true } as const;
const ended = { type: "call-ended", at, reason: "completed", seconds: 9 } as const;

it("keeps a recording that is told of after the hang-up that ended it", () => {
  const found = playNode("record", config, { variables: variables("text") }, [ended, made]);
  expect(found).toMatchObject({ outcome: "recorded", values: { message: address } });
});

it("is not there when it cannot be kept", () => {
  const found = playNode("record", config, { variables: variables("number") }, [{ ...made, hungUp: false }]);
  expect(found.outcome).toBe("no-audio");
  expect(JSON.stringify(found.value)).not.toContain("example.org");
});

it("records nothing without consent", () => {
  const { outcome, verbs } = playNode(
    "record",
    { ...config, needsConsent: true },
    { variables: variables("text") },
  );
  expect({ outcome, verbs }).toEqual({ outcome: "no-consent", verbs: [] });
});

it("refuses a least length beyond the longest", () => {
  const parsed = record.config.safeParse({ ...config, minSeconds: 30, maxSeconds: 20 });
  expect(parsed.error?.issues[0]?.message).toMatch(/may last/);
});
