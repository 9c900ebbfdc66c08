/** Orders that bring an event of their own: recordings, also after the hang-up that ended them, and dialled parties. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  linksIn,
  openTestDatabase,
  publishTest,
  seedTest,
  signedRequest,
  type TestDatabase,
  type TestPhone,
  type TestRuntime,
  testDrivers,
  testFlow,
  testPhone,
  testRuntime,
  verdictForm,
} from "../testing.ts";

const hangUp = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const variables = { message: { type: "text", sensitivity: "phi" } };
const recording = testFlow(
  {
    leave: {
      kind: "record",
      config: {
        prompt: "Leave a message.",
        into: "message",
        maxSeconds: 60,
        silenceSeconds: 4,
        finishOnKeys: "#",
        beep: true,
        needsConsent: false,
      },
      next: { recorded: "keep", "no-audio": "silent" },
    },
    keep: {
      kind: "record-outcome",
      config: {
        outcome: "message",
        fields: [{ name: "message", variable: "message" }],
        filler: "One moment.",
      },
      next: { recorded: "thanks", failed: "thanks" },
    },
    thanks: { kind: "hang-up", config: { disposition: "left", farewell: "Thank you." } },
    silent: { kind: "hang-up", config: { disposition: "nothing", farewell: "We heard nothing." } },
  },
  { variables },
);
const address = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1";

describe.each(testDrivers)("recordings and dialled parties on %s", (driver) => {
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
  const rows = <Row extends object>(text: string) => opened.database.query<Row>(text, [phone.callSid]);
  const journal = async () => {
    const found = await rows<{ type: string; verdict: string; inbox_key: string }>(
      `select type, verdict, inbox_key from call_events e join calls c on c.id = e.call_id
       where c.provider_call_id = $1::text order by seq`,
    );
    return found.map((row) => `${row.type} ${row.verdict} ${row.inbox_key}`);
  };
  const call = async () =>
    (
      await rows<{ status: string; disposition: string; reason: string; session: string }>(
        "select status, disposition, reason, session::text as session from calls where provider_call_id = $1::text",
      )
    )[0]!;
  const outcomes = async () =>
    (
      await rows<{ fields: string }>(
        "select fields::text as fields from call_outcomes o join calls c on c.id = o.call_id where c.provider_call_id = $1::text",
      )
    ).length;

  describe("recordings", () => {
    beforeAll(async () => {
      await publishTest(opened.database, recording);
    });

    test("ended by a key: the flow goes on with the recording's address", async () => {
      const first = await phone.ring();
      const token = linksIn(first.body).recording!.split("/")[2];
      expect(first.body).toContain(
        `<Record action="https://calls.example.test/t/${token}/1/recording" method="POST" timeout="4" finishOnKey="#" maxLength="60" playBeep="true" trim="do-not-trim"/>`,
      );
      const form = { RecordingUrl: address, RecordingDuration: "7", Digits: "#" };
      const told = await phone.follow("recording", form);
      expect(told.body).toContain("Thank you.</Say><Hangup/>");
      expect((await phone.again(told)).body).toBe(told.body);
      expect(await journal()).toEqual([
        "call-started applied 0/voice",
        "recording-made applied 1/recording",
        "effect-done applied effect/2.1",
      ]);
      expect(JSON.parse((await call()).session).frames[0].values.message.value).toBe(address);
    });

    test.each([
      ["no length", { RecordingUrl: address, RecordingDuration: "0" }],
      ["no address", {}],
      ["a redirect after silence", null],
    ])("nothing was heard: %s", async (_name, form) => {
      await phone.ring();
      const told = form ? await phone.follow("recording", form) : await phone.follow("no-input");
      expect(told.body).toContain("We heard nothing.");
    });

    test("ended by hanging up, reported before the end: nobody is told anything, the flow's work is done", async () => {
      await phone.ring();
      const form = {
        RecordingUrl: address,
        RecordingDuration: "7",
        Digits: "hangup",
        CallStatus: "completed",
      };
      const told = await phone.follow("recording", form);
      expect(told.body).toBe(hangUp);
      expect((await phone.again(told)).body).toBe(hangUp);
      await phone.report("completed", { CallDuration: "20" });
      await runtime.idle();
      expect(await outcomes()).toBe(1);
      expect(await call()).toMatchObject({ status: "ended", disposition: "left" });
      expect(runtime.told.pulled).toEqual([]);
    });

    test("ended by hanging up, reported after the end: still the reason of the call", async () => {
      await phone.ring();
      await phone.report("completed", { CallDuration: "20" });
      expect(await call()).toMatchObject({ status: "live" });
      const form = {
        RecordingUrl: address,
        RecordingDuration: "7",
        Digits: "hangup",
        CallStatus: "completed",
      };
      const told = await Promise.all([1, 2, 3].map(() => phone.follow("recording", form)));
      expect(new Set(told.map(({ body }) => body))).toEqual(new Set([hangUp]));
      await runtime.idle();
      expect(await outcomes()).toBe(1);
      expect(await call()).toMatchObject({ status: "ended", reason: "completed", disposition: "left" });
      expect(await journal()).toEqual([
        "call-started applied 0/voice",
        "call-ended applied status/call-progress-events/0/completed",
        "recording-made applied 1/recording",
        "effect-done applied effect/3.1",
      ]);
    });

    test("a recording that is never reported: the call ends half a minute after the hang-up", async () => {
      await runtime.start();
      await phone.ring();
      await phone.report("completed", { CallDuration: "20" });
      for (let steps = 0; steps < 31; steps++) {
        runtime.clock.advance(1000);
        await runtime.idle();
      }
      await runtime.stop();
      expect(await call()).toMatchObject({ status: "ended", reason: "completed" });
      const late = { RecordingUrl: address, RecordingDuration: "7", Digits: "hangup" };
      expect((await phone.follow("recording", late)).body).toBe(hangUp);
      expect(await outcomes()).toBe(0);
    });
  });

  describe("dialled parties", () => {
    const ways = { completed: "bye", busy: "busy", "no-answer": "busy", failed: "busy", machine: "machine" };
    const bye = (disposition: string, farewell: string) => ({
      kind: "hang-up",
      config: { disposition, farewell },
    });
    beforeAll(async () => {
      const transfer = {
        kind: "transfer",
        config: {
          to: "number",
          target: "+15550100077",
          ringSeconds: 20,
          limitMinutes: 5,
          detectMachine: true,
        },
      };
      await publishTest(
        opened.database,
        testFlow({
          desk: { ...transfer, next: { ...ways, busy: "again", "no-answer": "again", failed: "again" } },
          again: { ...transfer, next: ways },
          bye: bye("joined", "Goodbye."),
          busy: bye("busy", "Nobody is there."),
          machine: bye("machine", "That was a machine."),
        }),
      );
    });
    const dialled = (DialCallStatus: string) =>
      phone.follow("dial", {
        DialCallStatus,
        DialCallSid: `CA${"d".repeat(32)}`,
        ...(DialCallStatus === "completed" ? { DialCallDuration: "31" } : {}),
      });
    const verdict = async (target: string, answeredBy: string, leg = `CA${"d".repeat(32)}`) =>
      (await runtime.app.request(signedRequest(target, verdictForm(leg, answeredBy)))).status;

    test("joined, and how long is kept; a repetition gets the same bytes", async () => {
      const first = await phone.ring();
      expect(first.body).toMatch(/<Dial action="[^"]+\/1\/dial" method="POST" timeout="20" timeLimit="300">/);
      const over = await dialled("completed");
      expect(over.body).toContain("Goodbye.");
      expect((await phone.again(over)).body).toBe(over.body);
      const [event] = await rows<{ payload: string }>(
        `select payload::text as payload from call_events e join calls c on c.id = e.call_id
         where c.provider_call_id = $1::text and e.type = 'dial-ended'`,
      );
      expect(JSON.parse(event!.payload)).toMatchObject({ status: "completed", seconds: 31 });
    });

    test.each(["busy", "no-answer", "failed", "canceled"])("%s leads on", async (status) => {
      await phone.ring();
      expect((await dialled(status)).body).toContain("/2/dial");
      expect((await dialled(status)).body).toContain("Nobody is there.");
    });

    test("a machine at the other end pulls the caller back; its dial's end comes late", async () => {
      const first = await phone.ring();
      const legVerdict = linksIn(first.body)["leg-verdict"]!;
      expect(await verdict(legVerdict, "machine_start")).toBe(204);
      expect(await verdict(legVerdict, "machine_start")).toBe(204);
      await runtime.idle();
      expect(runtime.told.pulled.map(({ url }) => new URL(url).pathname)).toEqual([
        legVerdict.replace("leg-verdict", "poll"),
      ]);
      const back = await phone.send(legVerdict.replace("leg-verdict", "poll"));
      expect(back.body).toContain("That was a machine.");
      expect(await journal()).toHaveLength(2);
    });

    test("a verdict on a party that is gone says nothing about the next one", async () => {
      const first = await phone.ring();
      const legVerdict = linksIn(first.body)["leg-verdict"]!;
      await dialled("no-answer");
      expect(await verdict(legVerdict, "machine_start")).toBe(204);
      await runtime.idle();
      expect(runtime.told.pulled).toEqual([]);
      expect((await dialled("completed")).body).toContain("Goodbye.");
    });

    test("a verdict for nobody's call", async () => {
      expect(await verdict(`/t/${"x".repeat(32)}/1/leg-verdict`, "human")).toBe(403);
    });
  });
});
