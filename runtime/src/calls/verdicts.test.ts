/**
 * T14, F11: the carrier's verdict on who answered, at every moment it can come, once, twice and all at once. It is
 * advice: after a person has pressed a key it changes nothing, and it never cuts off what nobody waits for.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openTestDatabase,
  type PlacedPhone,
  placedPhone,
  publishTest,
  seedTest,
  type TestDatabase,
  type TestRuntime,
  testDrivers,
  testFlow,
  testRuntime,
} from "../testing.ts";

const words = [
  "human",
  "machine_start",
  "machine_end_beep",
  "machine_end_silence",
  "machine_end_other",
  "fax",
  "unknown",
] as const;
const said = {
  human: "human",
  machine_start: "machine",
  machine_end_beep: "machine",
  machine_end_silence: "machine",
  machine_end_other: "machine",
  fax: "fax",
  unknown: "unknown",
} as const;

const end = (disposition: string) => ({
  kind: "hang-up",
  config: { disposition, farewell: `It was ${disposition}.` },
});
const menu = (next: string) => ({
  kind: "menu",
  config: { prompt: "Press 1.", options: [{ key: "1", label: "Yes" }], timeoutSeconds: 5, tries: 2 },
  next: { "key-1": next, invalid: next, silence: next },
});
const ends = { human: end("human"), machine: end("machine"), fax: end("fax"), unknown: end("unknown") };
const who = {
  kind: "answered-by",
  config: { waitSeconds: 5 },
  next: { human: "human", machine: "machine", fax: "fax", unknown: "unknown" },
};
const start = { calls: "outbound", detection: "meanwhile", greeting: "begun" };
/** A person has pressed keys by the time the flow asks who answered. */
const asksLast = testFlow({ first: menu("second"), second: menu("who"), who, ...ends }, { start });
/** The flow asks at once. */
const asksFirst = testFlow({ who, ...ends }, { start });

describe.each(testDrivers)("verdicts on %s", (driver) => {
  let opened: TestDatabase;
  let runtime: TestRuntime;
  let last: string;
  let first: string;
  const warnings: string[] = [];

  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    await seedTest(opened.database);
    last = (await publishTest(opened.database, asksLast)).flowId;
    first = (await publishTest(opened.database, asksFirst, null)).flowId;
    const log = { info: () => {}, warn: (sentence: string) => void warnings.push(sentence) };
    runtime = testRuntime(opened.database, { log });
  });
  afterAll(async () => {
    expect(warnings).toEqual([]);
    await opened.drop();
  });

  const called = async (flowId: string): Promise<PlacedPhone> => {
    const nth = runtime.told.placed.length;
    const placed = await runtime.place({ clientId: 1, flowId, to: "+15550199042" });
    expect(placed.ok).toBe(true);
    await runtime.idle();
    return placedPhone(runtime, nth);
  };
  const callOf = async ({ callSid }: PlacedPhone) => {
    const [row] = await opened.database.query<{
      disposition: string;
      session: string;
      amd: number;
      trace: string;
    }>(
      `select c.disposition, c.session::text as session,
         (select count(*)::int from call_events e where e.call_id = c.id and e.type = 'answered-by') as amd,
         (select string_agg(t.node, ' ' order by t.seq) from trace t where t.call_id = c.id) as trace
       from calls c where c.provider_call_id = $1::text`,
      [callSid],
    );
    return row!;
  };
  /** Once, twice, or three at once. */
  const tell = async (phone: PlacedPhone, word: string, times: number) => {
    const statuses =
      times === 3
        ? await Promise.all([1, 2, 3].map(() => phone.verdict(word)))
        : [await phone.verdict(word), ...(times === 2 ? [await phone.verdict(word)] : [])];
    expect(new Set(statuses)).toEqual(new Set([204]));
    await runtime.idle();
  };
  const pulls = ({ callSid }: PlacedPhone) => runtime.told.pulled.filter(({ callId }) => callId === callSid);
  const pulled = (phone: PlacedPhone) => pulls(phone).length;
  /** The phone asks where it was pulled to. */
  const comes = (phone: PlacedPhone) => phone.send(new URL(pulls(phone)[0]!.url).pathname);

  const moments = ["before the call asks", "after turn 0", "after turn 1", "after turn 2", "after the end"];
  const table = moments.flatMap((moment, at) =>
    words.flatMap((word) => [1, 2, 3].map((times) => ({ moment, at, word, times }))),
  );
  test.each(table)("$word $moment, told $times times: keys decide", async ({ at, word, times }) => {
    const phone = await called(last);
    const steps = [
      () => phone.pickUp(),
      () => phone.press("1"),
      () => phone.press("1"), // the flow asks who answered when the phone has heard what came before
    ];
    const bodies: string[] = [];
    for (const [index, step] of steps.entries()) {
      if (index === at) await tell(phone, word, times);
      bodies.push((await step()).body);
    }
    if (at === 3) await tell(phone, word, times);
    expect(bodies.slice(0, 2).every((body) => body.includes("Press 1."))).toBe(true);
    expect(bodies[2]).toContain("It was human.");
    await phone.report("completed", { CallDuration: "9" });
    if (at === 4) await tell(phone, word, times);
    const call = await callOf(phone);
    expect(call.disposition).toBe("human");
    expect(call.trace).toBe("start first second who human");
    expect(pulled(phone)).toBe(0);
    // Told before there was a call it is how the call began; afterwards it is an event, once.
    expect(call.amd).toBe(at === 0 ? 0 : 1);
    const { answered } = JSON.parse(call.session).party;
    if (at <= 2) expect(answered.by).toBe(said[word]);
  });

  test.each(words.flatMap((word) => [1, 2, 3].map((times) => ({ word, times }))))(
    "$word while the flow waits for it, told $times times: it goes that way, and the phone is pulled once",
    async ({ word, times }) => {
      const phone = await called(first);
      expect((await phone.pickUp()).body).toContain('<Pause length="5"/>');
      await tell(phone, word, times);
      expect(pulled(phone)).toBe(1);
      expect((await comes(phone)).body).toContain(`It was ${said[word]}.`);
      expect((await callOf(phone)).disposition).toBe(said[word]);
    },
  );

  test.each(words)("%s before the call asks, and by the voice request itself: no waiting", async (word) => {
    const early = await called(first);
    await tell(early, word, 2);
    expect((await early.pickUp()).body).toContain(`It was ${said[word]}.`);
    const sync = await called(first);
    expect((await sync.pickUp({ AnsweredBy: word })).body).toContain(`It was ${said[word]}.`);
    expect(pulled(early) + pulled(sync)).toBe(0);
  });

  test("the first verdict stays", async () => {
    const phone = await called(first);
    await phone.pickUp();
    await Promise.all([phone.verdict("human"), phone.verdict("human")]);
    await phone.verdict("machine_start");
    await runtime.idle();
    expect(pulled(phone)).toBe(1);
    expect((await comes(phone)).body).toContain("It was human.");
    expect(JSON.parse((await callOf(phone)).session).party.answered).toEqual({ by: "human" });
  });

  test("a word of the carrier's we do not know says nothing", async () => {
    const phone = await called(first);
    expect((await phone.pickUp({ AnsweredBy: "machine_maybe" })).body).toContain("It was unknown.");
  });

  test("no verdict, another call's, and no call's", async () => {
    const phone = await called(first);
    expect(await phone.verdict("")).toBe(403);
    expect(await phone.verdict("machine start")).toBe(403);
    await phone.pickUp();
    expect(await placedPhone(runtime, 0, `CA${"9".repeat(32)}`).verdict("human")).toBe(403);
  });
});
