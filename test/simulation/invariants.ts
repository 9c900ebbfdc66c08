/**
 * The checker: reads what a simulation left in the database and says, in sentences, which invariant of the reliability
 * design does not hold. Shares the engine's `step` with the runtime and nothing else.
 */

import type { Database } from "@trunkline/runtime/app";
import type { CallEvent, Session, Verb } from "@trunkline/schema/call";
import { canonicalJson, type FlowDocument, parseFlow } from "@trunkline/schema/document";
import { compileFlow, type Flows, openSession, type StepResult, step } from "@trunkline/schema/engine";
import type { Delivered } from "./chaos-door.ts";

interface CallRow {
  readonly id: string;
  readonly token: string;
  readonly provider_call_id: string;
  readonly status: string;
  readonly disposition: string | null;
  readonly hash: string;
  readonly session: string;
}
interface EventRow {
  readonly call_id: string;
  readonly type: string;
  readonly payload: string;
  readonly verdict: string;
}
interface TraceRow {
  readonly call_id: string;
  readonly seq: number;
  readonly frame: string;
  readonly node: string;
  readonly outcome: string;
  readonly visit: number;
}
interface ReplyRow {
  readonly call_id: string;
  readonly turn: number;
  readonly body: string;
}

/** The provider's words for verbs, with links to a turn. */
export type Render = (verbs: readonly Verb[], token: string, turn: number) => string;

export async function broken(database: Database, render: Render): Promise<string[]> {
  const rows = <Row extends object>(text: string) => database.query<Row>(text, []);
  const calls = await rows<CallRow>(
    `select c.id, c.token, c.provider_call_id, c.status, c.disposition, v.hash, c.session::text
     from calls c join flow_versions v on v.id = c.flow_version_id and v.hash = c.hash`,
  );
  const events = byCall(
    await rows<EventRow>(
      "select call_id, type, payload::text, verdict from call_events order by call_id, seq",
    ),
  );
  const traces = byCall(
    await rows<TraceRow>("select call_id, seq, frame, node, outcome, visit from trace order by call_id, seq"),
  );
  const replies = byCall(
    await rows<ReplyRow>("select call_id, turn, body from replies order by call_id, turn"),
  );
  const versions = await rows<{ hash: string; document: string }>(
    "select distinct on (hash) hash, document::text from flow_versions",
  );
  const flows: Flows = new Map(versions.map(({ hash, document }) => [hash, compileFlow(parsed(document))]));
  const wrong = versions.flatMap(({ hash }) =>
    flows.get(hash)?.hash === hash ? [] : [`I7: the stored document of ${hash} has another hash.`],
  );
  const failures = calls.flatMap((call) => {
    const found = replay(
      call,
      flows,
      events.get(call.id) ?? [],
      traces.get(call.id) ?? [],
      replies.get(call.id) ?? [],
      render,
    );
    return found.map((sentence) => `${call.provider_call_id}: ${sentence}`);
  });
  return [...wrong, ...failures];
}

function parsed(text: string): FlowDocument {
  const read = parseFlow(JSON.parse(text));
  if (!read.ok) throw new Error("Expected a published document to parse.");
  return read.flow;
}

function byCall<Row extends { readonly call_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const map = new Map<string, Row[]>();
  for (const row of rows) map.set(row.call_id, [...(map.get(row.call_id) ?? []), row]);
  return map;
}

function replay(
  call: CallRow,
  flows: Flows,
  events: readonly EventRow[],
  trace: readonly TraceRow[],
  replies: readonly ReplyRow[],
  render: Render,
): string[] {
  const found: string[] = [];
  const demand = (holds: boolean, sentence: string) => {
    if (!holds) found.push(sentence);
  };
  demand(call.status === "ended" && call.disposition !== null, `I1: expected an end, found ${call.status}.`);
  const flow = flows.get(call.hash);
  if (!flow) throw new Error("Expected the flow of a stored call, found none.");
  let session: Session = openSession(flow);
  let ends = 0;
  const told = new Map<number, string>();
  const walked: { seq: number; frame: string; node: string; outcome: string; visit: number }[] = [];
  for (const row of events.filter((one) => one.type !== "progress")) {
    const event = JSON.parse(row.payload) as CallEvent;
    const before = session;
    const result = step(flows, before, event);
    demand(
      result.verdict === row.verdict,
      `I6: ${row.type} was ${row.verdict}, the replay says ${result.verdict}.`,
    );
    if (result.verdict !== "applied")
      demand(result.session === before, `I14: ${row.type} changed an unchanged session.`);
    else {
      demand(before.ended === null, `I4: ${row.type} was applied after the end.`);
      demand(
        before.phone !== "gone" || result.reply === null,
        "I16: something was said after the caller had hung up.",
      );
      demand(holdsItsTongue(before, event, result), "I15: a verdict moved a call with a person on the line.");
      if (result.reply)
        told.set(result.reply.turn, render(result.reply.verbs, call.token, result.reply.turn + 1));
    }
    if (result.ended) ends += 1;
    session = JSON.parse(JSON.stringify(result.session)) as Session;
    walked.push(
      ...result.trace.map(({ seq, frame, node, outcome, visit }) => ({ seq, frame, node, outcome, visit })),
    );
  }
  demand(ends === 1, `I1: expected one end, found ${ends}.`);
  demand(
    canonicalJson(session) === canonicalJson(JSON.parse(call.session)),
    "I5: the session is not the fold of the events.",
  );
  const stored = trace.map(({ seq, frame, node, outcome, visit }) => ({ seq, frame, node, outcome, visit }));
  demand(canonicalJson(walked) === canonicalJson(stored), "I6: the replay walks another path.");
  demand(
    stored.every((entry, index) => entry.seq === index + 1),
    "I2: the trace has a gap.",
  );
  const visits = new Set(stored.map((entry) => `${entry.frame}/${entry.node}#${entry.visit}`));
  demand(visits.size === stored.length, "I2: a visit has two entries.");
  demand(
    canonicalJson([...told].map(([turn, body]) => [turn, body])) ===
      canonicalJson(replies.map((one) => [one.turn, one.body])),
    "I6: the replay says other words.",
  );
  return found;
}

/** I15: after human evidence a verdict on this call's far end is kept, and that is all. */
function holdsItsTongue(before: Session, event: CallEvent, result: StepResult): boolean {
  if (event.type !== "answered-by" || event.leg !== "call" || !before.party.humanEvidence) return true;
  const { reply, effects, trace, session } = result;
  const still = canonicalJson(session.frames) === canonicalJson(before.frames);
  return reply === null && effects.length === 0 && trace.length === 0 && still;
}

/** I8 and I9: every authentic voice webhook got orders, and all answers to the same question are the same bytes. */
export function brokenAnswers(delivered: readonly Delivered[]): string[] {
  return delivered.flatMap((one) => {
    const found: string[] = [];
    if (/\/(status|verdict|leg-verdict)$/.test(one.path)) {
      if (one.answers.some((answer) => answer.status !== 204))
        found.push(
          `I9: ${one.path} was not taken: ${one.answers.map((answer) => answer.status).join(", ")}.`,
        );
      return found;
    }
    for (const { status, body, contentType } of one.answers) {
      if (status !== 200 || !contentType.includes("xml")) found.push(`I9: status ${status}, ${contentType}.`);
      if (body.length > 64_000) found.push(`I9: ${body.length} characters.`);
    }
    // A question asked again after the call's end is told to hang up; before it, every answer is the stored one.
    const words = new Set(one.answers.map((answer) => answer.body).filter((body) => !isHangUp(body)));
    if (words.size > 1)
      found.push(
        `I8: ${words.size} different answers to ${one.path.replace(/[\w-]{32}/, "…")}: ${[...words].join(" / ")}`,
      );
    return found;
  });
}

function isHangUp(body: string): boolean {
  return /<Response>\s*<Hangup\s*\/>\s*<\/Response>/.test(body);
}
