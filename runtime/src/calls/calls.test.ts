/** What the wire does to a call: exact answers, exact rows, whatever comes twice, late or after the end. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  countRows,
  gate,
  linksIn,
  openTestDatabase,
  seedTest,
  type TestDatabase,
  type TestPhone,
  type TestRuntime,
  testDrivers,
  testPhone,
  testRuntime,
  until,
} from "../testing.ts";

const hangUp = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const menu =
  /<Response><Say language="en-US">Thank you for calling Lakeside Medical Billing.<\/Say><Gather input="dtmf speech" action="https:\/\/calls\.example\.test\/t\/[\w-]{32}\/1\/input" method="POST" timeout="6" speechTimeout="auto" finishOnKey="" numDigits="1" hints="[^"]+"><Say language="en-US">For a claim, press 1\.[^<]+<\/Say><\/Gather><Redirect method="POST">https:\/\/calls\.example\.test\/t\/[\w-]{32}\/1\/no-input<\/Redirect><\/Response>$/;

describe.each(testDrivers)("calls on %s", (driver) => {
  let opened: TestDatabase;
  let hookToken: string;
  let runtime: TestRuntime;
  let phone: TestPhone;
  let made = 0;

  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
  });
  afterAll(() => opened.drop());
  beforeEach(() => {
    runtime = testRuntime(opened.database);
    phone = testPhone(runtime, hookToken, `CA${(++made).toString(16).padStart(32, "0")}`);
  });

  const callRow = async () => {
    const text = `select id::text as id, status, rank, revision, turn, visits, node, reason, disposition, session::text as session
      from calls where provider_call_id = $1::text`;
    const [row] = await opened.database.query<{
      id: string;
      status: string;
      rank: number;
      revision: number;
      turn: number;
      visits: number;
      node: string | null;
      reason: string | null;
      disposition: string | null;
      session: string;
    }>(text, [phone.callSid]);
    return row!;
  };
  const journal = async () => {
    const text = `select seq, type, verdict, inbox_key from call_events e join calls c on c.id = e.call_id
      where c.provider_call_id = $1::text order by seq`;
    const rows = await opened.database.query<{
      seq: number;
      type: string;
      verdict: string;
      inbox_key: string;
    }>(text, [phone.callSid]);
    return rows.map((row) => `${row.seq} ${row.type} ${row.verdict} ${row.inbox_key}`);
  };

  test("a whole call: exact orders, journal, trace, outcome", async () => {
    const first = await phone.ring();
    expect(first.status).toBe(200);
    expect(first.body).toMatch(menu);
    const collect = await phone.press("1");
    const token = linksIn(first.body).input!.split("/")[2];
    expect(collect.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" action="https://calls.example.test/t/${token}/2/input" method="POST" timeout="8" finishOnKey="#" numDigits="12"><Say language="en-US">Please enter the claim number, then press pound.</Say></Gather><Redirect method="POST">https://calls.example.test/t/${token}/2/no-input</Redirect></Response>`,
    );
    await phone.press("123456789");
    await phone.press("1");
    const bye = await phone.press("9");
    expect(bye.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Thank you for calling. Goodbye.</Say><Hangup/></Response>',
    );
    expect(await journal()).toEqual([
      "1 call-started applied 0/voice",
      "2 input applied 1/input",
      "3 input applied 2/input",
      "4 input applied 3/input",
      "5 effect-done applied effect/4.1",
      "6 input applied 4/input",
    ]);
    expect(await callRow()).toMatchObject({
      status: "ended",
      reason: "completed",
      disposition: "served",
      turn: 5,
      node: null,
    });
    const outcomes = await opened.database.query(
      "select o.outcome, o.client_id from call_outcomes o join calls c on c.id = o.call_id where c.provider_call_id = $1::text",
      [phone.callSid],
    );
    expect(outcomes).toEqual([{ outcome: "claim-question", client_id: 1 }]);
    const text = `select string_agg(t.seq || ':' || t.node, ' ' order by t.seq) as walk from trace t join calls c on c.id = t.call_id
      where c.provider_call_id = $1::text`;
    const [trace] = await opened.database.query<{ walk: string }>(text, [phone.callSid]);
    expect(trace?.walk).toBe(
      "1:start 2:welcome 3:main-menu 4:about-claim 5:ask-claim-number 6:confirm-claim 7:record-claim 8:claim-noted 9:anything-else 10:goodbye",
    );
    const timers =
      "select 1 as one from timers t join calls c on c.id = t.call_id where c.provider_call_id = $1::text";
    expect(await opened.database.query(timers, [phone.callSid])).toEqual([]);
  });

  test("the first webhook twice, in a row and at once: one call, the same bytes", async () => {
    const answers = await Promise.all([phone.ring(), phone.ring(), phone.ring(), phone.ring()]);
    const again = await phone.ring();
    expect(new Set([...answers, again].map((answer) => answer.body)).size).toBe(1);
    expect(again.body).toMatch(menu);
    expect(await journal()).toEqual(["1 call-started applied 0/voice"]);
  });

  test("an input twice, in a row and at once: the same bytes, no new row", async () => {
    await phone.ring();
    const target = linksIn((await phone.ring()).body).input!;
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => phone.send(target, { Digits: "1" })));
    const before = await countRows(opened.database);
    const replay = [];
    for (let times = 0; times < 20; times++) replay.push(await phone.again(answers[0]!));
    expect(new Set([...answers, ...replay].map((answer) => answer.body)).size).toBe(1);
    expect(await countRows(opened.database)).toEqual(before);
    expect(await journal()).toEqual(["1 call-started applied 0/voice", "2 input applied 1/input"]);
  });

  test("a late input gets the stored reply, changes nothing and is journalled once", async () => {
    const first = await phone.ring();
    const silent = await phone.follow("no-input");
    const before = await callRow();
    const late = await phone.send(linksIn(first.body).input!, { Digits: "1" });
    await phone.again(late);
    expect(late.body).toBe(silent.body);
    const after = await callRow();
    expect(after.session).toBe(before.session);
    expect(await journal()).toEqual([
      "1 call-started applied 0/voice",
      "2 no-input applied 1/no-input",
      "3 input late 1/input",
    ]);
  });

  test("a turn the phone was never led to leads it back to the open one", async () => {
    const first = await phone.ring();
    const lost = await phone.send(linksIn(first.body).input!.replace("/1/", "/7/"), { Digits: "1" });
    const target = linksIn(first.body).input!.replace(/input$/, "poll");
    expect(lost.body).toContain(`<Redirect method="POST">https://calls.example.test${target}</Redirect>`);
    expect((await phone.send(target)).body).toContain("<Gather");
  });

  test("after the carrier's last word every question is answered by hanging up; 100 replays add nothing", async () => {
    await phone.ring();
    const asked = await phone.press("1");
    expect(await phone.report("completed", { CallDuration: "12" })).toBe(204);
    // The flow's path after a hang-up records what is known: an effect, then the end.
    await runtime.idle();
    const ended = await callRow();
    expect(ended).toMatchObject({ status: "ended", rank: 4, reason: "completed" });
    const fresh = await phone.send(linksIn(asked.body).input!, { Digits: "123456789" });
    expect(fresh.body).toBe(hangUp);
    const before = await countRows(opened.database);
    for (let times = 0; times < 100; times++) expect((await phone.again(fresh)).body).toBe(hangUp);
    expect((await phone.again(asked)).body).toBe(hangUp);
    expect(await phone.report("completed", { CallDuration: "12" })).toBe(204);
    expect(await countRows(opened.database)).toEqual(before);
    expect((await callRow()).session).toBe(ended.session);
    expect((await journal()).slice(2)).toEqual([
      "3 call-ended applied status/call-progress-events/0/completed",
      "4 effect-done applied effect/3.1",
      "5 input late 2/input",
    ]);
  });

  test("the last orders of a call that ended itself may be fetched again", async () => {
    await phone.ring();
    const bye = await phone.press("9");
    expect((await phone.again(bye)).body).toBe(bye.body);
    await phone.report("completed");
    expect((await phone.again(bye)).body).toBe(hangUp);
  });

  test("reports in any order: the rank only grows, the first end wins", async () => {
    await phone.ring();
    await phone.report("in-progress", { SequenceNumber: "2" });
    await phone.report("ringing", { SequenceNumber: "1" });
    await phone.report("ringing", { SequenceNumber: "1" });
    expect((await callRow()).rank).toBe(3);
    await phone.report("failed", { SequenceNumber: "4" });
    await runtime.idle();
    await phone.report("completed", { SequenceNumber: "3" });
    expect(await callRow()).toMatchObject({ rank: 4, reason: "failed" });
    expect((await journal()).slice(1)).toEqual([
      "2 progress applied status/call-progress-events/2/in-progress",
      "3 progress late status/call-progress-events/1/ringing",
      "4 call-ended applied status/call-progress-events/4/failed",
      "5 effect-done applied effect/2.1",
      "6 call-ended late status/call-progress-events/3/completed",
    ]);
  });

  test("a report at the call's own address, and one for a call nobody knows", async () => {
    const token = linksIn((await phone.ring()).body).input!.split("/")[2];
    const form = { CallStatus: "busy", CallbackSource: "call-progress-events", SequenceNumber: "3" };
    expect((await phone.send(`/t/${token}/status`, form)).status).toBe(204);
    await runtime.idle();
    expect(await callRow()).toMatchObject({ rank: 4, reason: "busy", status: "ended" });
    const stranger = testPhone(runtime, hookToken, `CA${"9".repeat(32)}`);
    expect((await stranger.send(`/t/${token}/status`, form)).status).toBe(403);
    expect(await stranger.report("completed")).toBe(204);
  });

  test("a fallback webhook resumes where the phone failed; a bad document of ours gets the apology", async () => {
    await phone.ring();
    const asked = await phone.press("1");
    const form = { Digits: "1", ErrorCode: "11200", ErrorUrl: `https://calls.example.test${asked.target}` };
    const resumed = await phone.send(`/hooks/${hookToken}/fallback`, form);
    expect(resumed.body).toBe(asked.body);
    const unread = await phone.send(`/hooks/${hookToken}/fallback`, { ...form, ErrorCode: "12100" });
    expect(unread.status).toBe(200);
    expect(unread.body).toMatch(/<Response><Say language="en-US">[^<]+<\/Say><Hangup\/><\/Response>/);
    const foreign = await phone.send(`/hooks/${hookToken}/fallback`, {
      ...form,
      ErrorUrl: "https://elsewhere.test/",
    });
    expect(foreign.body).toMatch(menu);
  });

  test("another call's token is as good as none", async () => {
    const first = await phone.ring();
    const stranger = testPhone(runtime, hookToken, `CA${"f".repeat(32)}`);
    expect((await stranger.send(linksIn(first.body).input!, { Digits: "1" })).status).toBe(403);
  });

  test("two processes on one database: a call goes on in either, with the same bytes", async () => {
    const other = testRuntime(await opened.reopen());
    await phone.ring();
    phone.turnTo(other);
    const there = await phone.press("1");
    phone.turnTo(runtime);
    expect((await phone.again(there)).body).toBe(there.body);
    const [a, b] = await Promise.all([
      testPhone(other, hookToken, phone.callSid).send(linksIn(there.body).input!, { Digits: "12345678" }),
      phone.send(linksIn(there.body).input!, { Digits: "12345678" }),
    ]);
    expect(a.body).toBe(b.body);
    expect(await journal()).toHaveLength(3);
  });

  test("a slow effect: the caller is told to hold on after 1.5 s, polls, and gets the rest when it is done", async () => {
    const slow = gate(opened.database);
    runtime = testRuntime(slow.database);
    phone.turnTo(runtime);
    await phone.ring();
    await phone.press("1");
    const confirm = await phone.press("123456789");
    slow.hold(/insert into call_outcomes/);
    const target = linksIn(confirm.body).input!;
    const asked = phone.send(target, { Digits: "1" });
    const doubled = phone.send(target, { Digits: "1" });
    await until(() => slow.held === 1 && runtime.clock.waiting >= 4);
    runtime.clock.advance(1499);
    runtime.clock.advance(1);
    const [filler, same] = await Promise.all([asked, doubled]);
    expect(same.body).toBe(filler.body);
    expect(filler.body).toMatch(/<Pause length="1"\/><Redirect method="POST">[^<]+\/4\/poll<\/Redirect>/);
    const polled = phone.follow("poll");
    // While it polls, the reply of this turn is the next filler at once: nothing blocks.
    expect((await polled).body).toMatch(/<Pause length="1"\/>/);
    slow.open();
    await until(() => slow.held === 0);
    await runtime.idle();
    const done = await phone.follow("poll");
    expect(done.body).toContain("A claims specialist will call you back");
    expect((await journal()).slice(3).map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      "input applied 3/input",
      "poll applied 3/waited",
      "poll applied 4/poll",
      "effect-done applied effect/4.1",
    ]);
    // The reply made while the phone was away was waiting for it: it is marked as fetched now.
    const fetched = `select r.turn, r.fetched from replies r join calls c on c.id = r.call_id where c.provider_call_id = $1::text and not r.fetched`;
    expect(await opened.database.query(fetched, [phone.callSid])).toEqual([]);
  });

  test("repetitions while a turn is being thought about wait for the same reply", async () => {
    const slow = gate(opened.database);
    runtime = testRuntime(slow.database);
    phone.turnTo(runtime);
    await phone.ring();
    await phone.press("1");
    const target = linksIn((await phone.press("123456789")).body).input!;
    slow.hold(/insert into call_outcomes/);
    const asked = [1, 2, 3].map(() => phone.send(target, { Digits: "1" }));
    await until(() => slow.held === 1 && runtime.clock.waiting >= 6);
    slow.open();
    const bodies = (await Promise.all(asked)).map((answer) => answer.body);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain("A claims specialist will call you back");
    expect((await journal()).slice(3)).toEqual([
      "4 input applied 3/input",
      "5 effect-done applied effect/4.1",
    ]);
  });

  test("the engine's fold of the journal is the stored session", async () => {
    await phone.ring();
    await phone.press("1");
    await phone.press("123456789");
    await phone.press("1");
    const { openSession, step, compileFlow } = await import("@trunkline/schema/engine");
    const { parseFlowText, canonicalJson } = await import("@trunkline/schema/document");
    const [row] = await opened.database.query<{ session: string; document: string; id: string }>(
      `select c.id::text as id, c.session::text as session, v.document::text as document from calls c
       join flow_versions v on v.id = c.flow_version_id where c.provider_call_id = $1::text`,
      [phone.callSid],
    );
    const parsed = parseFlowText(row!.document);
    if (!parsed.ok) throw new Error("Expected the stored document to parse.");
    const flow = compileFlow(parsed.flow);
    const events = await opened.database.query<{ payload: string }>(
      "select payload::text as payload from call_events where call_id = $1::uuid and verdict = 'applied' order by seq",
      [row!.id],
    );
    let session = openSession(flow);
    for (const { payload } of events)
      session = step(new Map([[flow.hash, flow]]), session, JSON.parse(payload)).session;
    expect(canonicalJson(session)).toBe(canonicalJson(JSON.parse(row!.session)));
  });
});
