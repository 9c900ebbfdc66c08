/** A text message is sent once or said not to have been: whatever the carrier answers, and whoever dies meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MessageOrder, Provider, Sent } from "../providers/provider.ts";
import {
  driven,
  gate,
  openTestDatabase,
  publishTest,
  seedTest,
  type TestDatabase,
  type TestRuntime,
  testDrivers,
  testFlow,
  testPhone,
  testRuntime,
  until,
  virtualClock,
} from "../testing.ts";
import { sendMessage } from "./send-message.ts";

const notify = (to: string) =>
  testFlow({
    tell: {
      kind: "notify",
      config: { by: "message", to, text: "A caller asks to be called back." },
      next: { sent: "sent", failed: "failed" },
    },
    sent: { kind: "hang-up", config: { disposition: "told", farewell: "We told them." } },
    failed: { kind: "hang-up", config: { disposition: "not-told", farewell: "We could not tell them." } },
  });

describe.each(testDrivers)("messages on %s", (driver) => {
  let opened: TestDatabase;
  let hookToken: string;
  let runtime: TestRuntime;
  let orders: MessageOrder[];
  let answers: Sent[];
  let sid: string;
  let made = 0;

  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
    await publishTest(opened.database, notify("+15550100077"));
  });
  afterAll(() => opened.drop());
  beforeEach(() => {
    orders = [];
    answers = [];
    sid = `CA${(++made).toString(16).padStart(32, "0")}`;
    runtime = make();
  });
  function make(database = opened.database, clock = virtualClock()): TestRuntime {
    const plain = testRuntime(database, { clock });
    const sending: Provider["sendMessage"] = async (order) => {
      orders.push(order);
      return answers.shift() ?? { state: "sent" };
    };
    return testRuntime(database, { clock, provider: { ...plain.provider, sendMessage: sending } });
  }
  const failure = async () => {
    const [row] = await opened.database.query<{ payload: string }>(
      `select payload::text as payload from call_events e join calls c on c.id = e.call_id
       where c.provider_call_id = $1::text and e.type = 'effect-failed'`,
      [sid],
    );
    return row ? JSON.parse(row.payload).error : null;
  };

  test("sent, from the call's own number, once", async () => {
    const told = await testPhone(runtime, hookToken, sid).ring();
    expect(told.body).toContain("We told them.");
    expect(orders).toEqual([
      { from: "+15550100001", to: "+15550100077", text: "A caller asks to be called back." },
    ]);
  });

  test.each([
    ["refused", { state: "refused", code: "21610" }, "The carrier refused the message (21610)."],
    ["nobody knows", { state: "ambiguous" }, "not known whether it was sent: the carrier did not say"],
  ] as const)("%s: not asked again", async (_name, answer, sentence) => {
    answers = [answer];
    expect((await testPhone(runtime, hookToken, sid).ring()).body).toContain("We could not tell them.");
    expect(orders).toHaveLength(1);
    expect(await failure()).toBe(sentence);
  });

  /** The effect alone, of a call that has rung. */
  const send = async (order: { to: string; from?: string }, attempts = 1) => {
    await testPhone(runtime, hookToken, sid).ring();
    orders = [];
    const [call] = await opened.database.query<{ id: string }>(
      "select id::text as id from calls where provider_call_id = $1::text",
      [sid],
    );
    const parts = { database: opened.database, clock: runtime.clock, provider: runtime.provider };
    const message = { effect: "send-message", text: "x", ...order } as const;
    return sendMessage(parts, { callId: call!.id, clientId: 1 }, message, attempts);
  };

  test.each([
    [1, 2, null],
    [2, 3, null],
    [3, 3, "The carrier takes no messages just now (429)."],
  ])("busy %i times: asked %i times, the only answer after which it is", async (times, asked, sentence) => {
    await testPhone(runtime, hookToken, sid).ring();
    answers = Array.from({ length: times }, () => ({ state: "busy" as const }));
    const sent = driven(runtime.clock, send({ to: "+15550100077" }));
    if (sentence === null) await sent;
    else await expect(sent).rejects.toThrow(sentence);
    expect(orders).toHaveLength(asked);
  });

  test("a process dies while it asks: whoever takes over does not ask again, and says so", async () => {
    const dying = gate(opened.database);
    const before = make(dying.database);
    const phone = testPhone(before, hookToken, sid);
    dying.hold(/update calls set/); // what the carrier answered never gets stored
    void phone.ring();
    await until(() => dying.held === 1);
    expect(orders).toHaveLength(1);
    const clock = virtualClock(before.clock.now());
    const after = make(opened.database, clock);
    phone.turnTo(after);
    if (driver === "postgres") clock.advance(20_001); // the lease of a process that might still live
    await after.start();
    await after.idle();
    expect(orders).toHaveLength(1);
    expect(await failure()).toBe("not known whether it was sent: the attempt was cut off");
    expect((await phone.ring()).body).toContain("We could not tell them.");
    dying.open();
    await before.idle();
    await after.stop();
    expect(orders).toHaveLength(1);
  });

  test.each([
    ["premium", { to: "+19005550100" }, "The number may not be sent messages by the dialling policy."],
    ["no number", { to: "tel:1" }, "The number may not be sent messages by the dialling policy."],
    [
      "a sender that is not ours",
      { to: "+15550100077", from: "+15550100009" },
      "Expected one of our own numbers to send from, found none.",
    ],
  ])("nothing is asked: %s (S57, S60)", async (_name, order, sentence) => {
    await expect(send(order)).rejects.toThrow(sentence);
    expect(orders).toEqual([]);
  });
});
