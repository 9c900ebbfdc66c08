/** For tests: a documented behaviour of `<Connect><ConversationRelay>` as a row, played over a real WebSocket. */
import { expect, onTestFinished } from "vitest";
import type { Steps } from "./behaviour.ts";
import { caller, number, type TestLine, twiml } from "./line.ts";
import { openSocketApplication } from "./socket-application.ts";

export const end = { type: "end", handoffData: "done" };
export const say = (token: string, more: object = {}) => ({ type: "text", token, last: true, ...more });
export const info = (name: string, value: string) => ({ type: "info", name, value });
export const prompt = (voicePrompt: string, last = true) => ({
  type: "prompt",
  voicePrompt,
  lang: "en-US",
  last,
});

export interface RelayRow {
  readonly rule: string;
  readonly attributes?: string;
  readonly steps: Steps;
  /** What the application answers to a message of this type, the first time it comes. */
  readonly answers: Readonly<Record<string, readonly (object | string | number)[]>>;
  /** What it gets: everything but the setup, without its type's neighbours that never change. */
  readonly gets?: readonly object[];
  readonly heard?: readonly string[];
  readonly action?: string;
  readonly codes?: readonly (number | null)[];
  readonly closed?: readonly (number | null)[];
  readonly reasons?: readonly string[];
  /** Elements within. */
  readonly children?: string;
}

/** `/next` is the action. */
export async function playRelayRow(line: TestLine, row: RelayRow): Promise<void> {
  line.on("/status", { status: 204 });
  line.on("/next", twiml("<Hangup/>"));
  const seen = new Map<string, number>();
  const application = await openSocketApplication(({ type }) => {
    const times = (seen.get(String(type)) ?? 0) + 1;
    seen.set(String(type), times);
    return row.answers[times === 1 ? String(type) : `${type}${times}`] ?? [];
  });
  onTestFinished(application.close);
  line.on(
    "/voice",
    twiml(
      `<Connect action="/next"><ConversationRelay url="${application.url}/relay" ${row.attributes ?? ""}><Parameter name="a" value="b"/>${row.children ?? ""}</ConversationRelay></Connect>`,
    ),
  );
  const call = line.carrier.call({ from: caller, to: number, script: { steps: [...row.steps] } });
  await line.clock.runUntilIdle();
  expect(application.signed).toEqual([true]);
  const [setup, ...others] = application.received;
  expect(setup).toMatchObject({
    type: "setup",
    callSid: call.sid,
    from: caller,
    to: number,
    direction: "inbound",
    customParameters: { a: "b" },
  });
  if (row.gets) {
    expect(others).toHaveLength(row.gets.length);
    expect(others).toMatchObject(row.gets);
  }
  const heard = call.person.transcript.filter(({ what }) => what === "heard" || what === "played");
  if (row.heard) expect(heard.map(({ text }) => text)).toEqual(row.heard);
  const [action] = line.log("SessionStatus", "HandoffData", "ErrorCode").slice(1);
  if (row.action) expect(action).toBe(`/next ${row.action}`);
  if (row.closed) expect(application.closed).toEqual(row.closed);
  if (row.reasons) expect(application.reasons).toEqual(row.reasons);
  expect(line.carrier.alerts(call.sid).map(({ code }) => code)).toEqual(row.codes ?? []);
}
