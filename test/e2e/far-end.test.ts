/**
 * The far end over the wire: what becomes of a call when another telephone, a machine or a phone system is part of it.
 * Carrier, signed HTTP, TwiML and database are real; only time is not. Holds F4 to F6, F8 to F13, P12, P17, P21 and S4;
 * the verdicts on who answered have far-end-verdict.test.ts.
 */
import type { ScriptInput } from "@trunkline/carrier";
import { testDrivers, testFlow } from "@trunkline/runtime/testing";
import { type FlowDocument, parseFlow } from "@trunkline/schema/document";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Line, openLine, type RestDoor } from "../harness/line.ts";

const desk = "+15550170001";
const called = "+15550650001";
const webHost = "claims.example.com";
const greeting = "You have reached the voicemail of Ada. I cannot come to the phone. Please leave a message.";

const end = (disposition: string) => ({
  kind: "hang-up",
  config: { disposition, farewell: `It was ${disposition}.` },
});
const ends = (...dispositions: string[]) => Object.fromEntries(dispositions.map((one) => [one, end(one)]));
const ways = (...names: string[]) => Object.fromEntries(names.map((one) => [one, one]));
const who = ["human", "machine", "fax", "unknown"];
const judges = (waitSeconds: number) => ({
  who: { kind: "answered-by", config: { waitSeconds }, next: ways(...who) },
  ...ends(...who),
});

function forwards(detectMachine: boolean) {
  const ended = ["completed", "busy", "no-answer", "failed", ...(detectMachine ? ["machine"] : [])];
  const config = { to: "number", target: desk, text: "One moment.", ringSeconds: 20, limitMinutes: 60 };
  return {
    forward: { kind: "transfer", config: { ...config, detectMachine }, next: ways(...ended) },
    ...ends(...ended),
  };
}

const records = {
  record: {
    kind: "record",
    config: {
      ...{ prompt: "After the tone.", into: "message", maxSeconds: 60, silenceSeconds: 4 },
      ...{ finishOnKeys: "#", beep: true, minSeconds: 2, needsConsent: false },
    },
    next: { recorded: "keep", "no-audio": "no-audio" },
  },
  keep: {
    kind: "record-outcome",
    config: { outcome: "message", fields: [{ name: "message", variable: "message" }] },
    next: { recorded: "kept", failed: "kept" },
  },
  ...ends("kept", "no-audio"),
};
const drops = ["dropped", "already-dropped", "not-a-machine", "no-beep"];
const answers = ["ok", "refused", "unfit", "failed", "timeout"];
const member = { member: { type: "text", sensitivity: "phi", initial: "W1E4K73" } };

const flows = {
  forwards: testFlow(forwards(false)),
  mindful: testFlow(forwards(true)),
  records: testFlow(records, { variables: { message: { type: "text", sensitivity: "phi" } } }),
  meanwhile: testFlow(judges(40), {
    start: { calls: "outbound", detection: "meanwhile", greeting: "begun" },
  }),
  first: testFlow(judges(1), { start: { calls: "outbound", detection: "first", greeting: "begun" } }),
  leaves: testFlow(
    {
      drop: {
        kind: "voicemail-drop",
        config: { text: "Please call Lakeside.", waitSeconds: 60 },
        next: ways(...drops),
      },
      ...ends(...drops),
    },
    { start: { calls: "outbound", detection: "meanwhile", greeting: "over" } },
  ),
  asks: testFlow(
    {
      ask: {
        kind: "request",
        config: {
          ...{ method: "POST", url: `https://${webHost}/status`, timeoutSeconds: 6, filler: "One moment." },
          body: [{ name: "member", value: "{{member}}" }],
          map: [{ pointer: "/status", into: "status" }],
        },
        next: ways(...answers),
      },
      ...ends(...answers),
    },
    { variables: { ...member, status: { type: "text", sensitivity: "internal" } } },
  ),
  tells: testFlow({
    tell: {
      kind: "notify",
      config: { by: "message", to: desk, text: "URGENT CALL from {{call.from}}." },
      next: { sent: "forward", failed: "forward" },
    },
    ...forwards(false),
  }),
  ...Object.fromEntries(
    ["phone-key", "digits-only", "star-key-position", "key-position", "multi-tap"].map((as) => [
      as,
      presses(as),
    ]),
  ),
};

/** Through a payer's menu: claims, then the member ID in the payer's own way. */
function presses(as: string) {
  const press = (text: string, how: object, next: string) => ({
    kind: "press",
    config: { text, pauseBeforeSeconds: 6, ...how },
    next: { pressed: next, cannot: "cannot" },
  });
  return testFlow(
    {
      claims: press("1", { as: "keys" }, "id"),
      id: press("{{member}}", { as, terminator: "#" }, "listen"),
      listen: { kind: "pause", config: { seconds: 8, endsOnKey: false }, next: { done: "pressed" } },
      ...ends("pressed", "cannot"),
    },
    { variables: member, start: { calls: "outbound", line: "payer" } },
  );
}

function parsed(name: string, value: unknown): FlowDocument {
  const read = parseFlow(value);
  if (!read.ok) throw new Error(`Expected the flow "${name}", found ${JSON.stringify(read.problems)}.`);
  return { ...read.flow, name };
}

interface Ended {
  readonly sid: string;
  readonly disposition: string;
  readonly reason: string;
  readonly heard: readonly string[];
  readonly path: string;
}

describe.each(testDrivers)("the far end on %s", (driver) => {
  let line: Line;
  let rest: RestDoor = (request, forward) => forward(request);
  const names = Object.keys(flows);
  beforeAll(async () => {
    line = await openLine({
      driver,
      flows: Object.entries(flows).map(([name, value]) => parsed(name, value)),
      webHosts: [webHost],
      restDoor: (request, forward) => rest(request, forward),
    });
  });
  afterAll(() => line.close());

  const published = (name: string) => line.published[names.indexOf(name)]!; // a name of the table above

  async function over(sid: string): Promise<Ended> {
    const read = () =>
      line.database.query<Omit<Ended, "heard" | "sid"> & { status: string }>(
        `select c.disposition, c.reason, c.status, (select string_agg(t.node || ':' || t.outcome, ' ' order by t.seq)
           from trace t where t.call_id = c.id) as path from calls c where c.provider_call_id = $1`,
        [sid],
      );
    await line.until(
      async () => line.carrier.liveCalls() === 0 && (await read())[0]?.status === "ended",
      900,
    );
    expect(line.carrier.alerts(sid)).toEqual([]);
    const transcript = line.carrier.personOn(sid)?.transcript ?? [];
    const heard = transcript.filter(({ what }) => what === "heard").map(({ text }) => text);
    return { ...(await read())[0]!, sid, heard };
  }

  /** Somebody calls in. */
  function callsIn(flow: string, steps: ScriptInput["steps"]): Promise<Ended> {
    const { number } = published(flow);
    return over(line.carrier.call({ from: "+15550100042", to: number, script: { steps } }).sid);
  }

  /** A flow calls whoever is there. */
  async function callsOut(flow: string): Promise<Ended> {
    const placed = await line.runtime().place({ clientId: 1, flowId: published(flow).flowId, to: called });
    if (!placed.ok) throw new Error(placed.sentence);
    let sid: string | null = null;
    await line.until(async () => {
      const [row] = await line.database.query<{ sid: string | null }>(
        "select provider_call_id as sid from placed_calls where id = $1",
        [placed.id],
      );
      sid = row?.sid ?? null;
      return sid !== null;
    });
    return over(sid!); // known now
  }

  const hello = { say: "Hello?", saySeconds: 0.7 };
  const machine = { say: greeting, saySeconds: 7 };

  describe("a transfer", () => {
    it.each<[string, string, ScriptInput["steps"] | "busy" | "no-answer" | "failed", string]>([
      ["talks (F4)", "forwards", [hello, { silentSeconds: 20 }, { hangUp: true }], "completed"],
      ["is busy (F9)", "forwards", "busy", "busy"],
      ["is not answered (F8)", "forwards", "no-answer", "no-answer"],
      ["fails (F10)", "forwards", "failed", "failed"],
      [
        "reaches a machine nobody minds",
        "forwards",
        [machine, { silentSeconds: 9 }, { hangUp: true }],
        "completed",
      ],
      [
        "reaches a person, and is not disturbed",
        "mindful",
        [hello, { silentSeconds: 20 }, { hangUp: true }],
        "completed",
      ],
      [
        "reaches a machine, and the caller is taken back (F5)",
        "mindful",
        [machine, { silentSeconds: 60 }],
        "machine",
      ],
      ["reaches a fax (F6)", "mindful", [{ faxTone: true }, { silentSeconds: 60 }], "machine"],
    ])("%s", async (_name, flow, far, wanted) => {
      line.carrier.setFarEnd(desk, typeof far === "string" ? far : { answerAfterSeconds: 2, steps: far });
      const call = await callsIn(flow, []);
      expect(call).toMatchObject({ disposition: wanted, reason: "completed" });
      expect(call.heard).toContain("One moment.");
      expect(call.heard.at(-1)).toBe(`It was ${wanted}.`);
      const [leg, ...more] = line.carrier.calls().filter((one) => one.parent_call_sid === call.sid);
      expect(more).toEqual([]);
      expect(["completed", "busy", "no-answer", "failed"]).toContain(leg?.status);
    });

    // The carrier tells of it twice, by the report and by what the transfer came to: either may be first.
    describe.each([
      ["the report first", 0],
      ["the report last", 5],
    ])("%s", (_name, delaySeconds) => {
      beforeAll(() => line.carrier.setFaults({ statusCallback: () => ({ delaySeconds }) }));
      afterAll(() => line.carrier.setFaults({}));
      const gone = { disposition: "caller-hung-up", path: "start:call forward:caller-hung-up" };
      const legOf = ({ sid }: Ended) => line.carrier.calls().find((one) => one.parent_call_sid === sid);

      it("is given up when the caller hangs up while it rings (F11)", async () => {
        line.carrier.setFarEnd(desk, { answerAfterSeconds: 15, steps: [] });
        const call = await callsIn("mindful", [{ hear: "One moment", afterSeconds: 5, hangUp: true }]);
        expect(call).toMatchObject(gone);
        expect(legOf(call)?.status).toBe("canceled");
      });

      it.each([
        ["before the verdict (F12)", "mindful", 4],
        ["while they talk (F13)", "forwards", 8],
      ])("ends with the caller who hangs up %s", async (_when, flow, afterSeconds) => {
        line.carrier.setFarEnd(desk, { answerAfterSeconds: 2, steps: [machine, { silentSeconds: 90 }] });
        const call = await callsIn(flow, [{ hear: "One moment", afterSeconds, hangUp: true }]);
        expect(call).toMatchObject(gone);
        expect(legOf(call)?.status).toBe("completed");
      });
    });
  });

  describe("a recording", () => {
    const words = { hear: "beep", say: "My name is Ada and I have a question.", saySeconds: 5 };
    it.each<[string, ScriptInput["steps"], string, boolean]>([
      ["ends with silence", [words], "kept", true],
      ["ends with a key", [words, { afterSeconds: 6, press: "#" }], "kept", true],
      [
        "ends with a hang-up: it is kept all the same",
        [words, { afterSeconds: 6, hangUp: true }],
        "kept",
        true,
      ],
      ["of nothing is none", [], "no-audio", false],
      [
        "that is too short is none",
        [
          { hear: "beep", say: "Hm", saySeconds: 1, afterSeconds: 0 },
          { afterSeconds: 1, press: "#" },
        ],
        "no-audio",
        false,
      ],
      ["nobody begins: hung up at the beep", [{ hear: "beep", hangUp: true }], "caller-hung-up", false],
    ])("%s", async (_name, steps, wanted, kept) => {
      const call = await callsIn("records", steps);
      expect(call.disposition).toBe(wanted);
      const outcomes = await line.database.query<{ fields: { value: string }[] }>(
        "select o.fields from call_outcomes o join calls c on c.id = o.call_id where c.provider_call_id = $1",
        [call.sid],
      );
      expect(outcomes.length).toBe(kept ? 1 : 0);
      await line.clock.advance(2000); // the carrier takes a second to store it
      for (const { fields } of outcomes) {
        const media = await fetch(fields[0]!.value);
        expect([media.status, media.headers.get("content-type")]).toEqual([200, "audio/x-wav"]);
      }
    });
  });

  describe("who answers", () => {
    const table: [string, ScriptInput["steps"], string][] = [
      ["a person", [hello], "human"],
      ["a machine", [machine, { silentSeconds: 60 }], "machine"],
      ["a fax", [{ faxTone: true }, { silentSeconds: 60 }], "fax"],
      ["somebody who says nothing", [], "unknown"],
    ];
    const both = table.flatMap(([name, steps, by]) =>
      (["meanwhile", "first"] as const).map((flow) => [name, flow, steps, by] as const),
    );
    it.each(both)("%s, listened to %s", async (_name, flow, steps, by) => {
      line.carrier.setFarEnd(called, { steps });
      expect(await callsOut(flow)).toMatchObject({ disposition: by, path: `start:call who:${by} ${by}:end` });
    });

    it.each(["busy", "no-answer", "failed"] as const)("nobody: %s (P12)", async (reason) => {
      line.carrier.setFarEnd(called, reason);
      const { flowId } = published("meanwhile");
      const placed = await line.runtime().place({ clientId: 1, flowId, to: called });
      expect(placed.ok).toBe(true);
      const ended = () =>
        line.database.query<{ reason: string }>(
          "select reason from placed_calls where id = $1 and state = 'ended'",
          [placed.ok ? placed.id : ""],
        );
      await line.until(async () => (await ended()).length === 1, 200);
      expect(await ended()).toEqual([{ reason }]);
    });

    it("a call whose placing got no answer is not taken for another one to the same number", async () => {
      const failing = Response.json({ code: 20500, message: "Not now.", status: 500 }, { status: 500 });
      let placings = 0;
      rest = async (request, forward) => {
        if (request.method !== "POST" || !request.url.endsWith("/Calls.json")) return forward(request);
        placings += 1;
        // The first never reaches the carrier, the second does; of both we hear nothing.
        if (placings > 1) await forward(request);
        return failing.clone();
      };
      line.carrier.setFaults({ statusCallback: () => ({ copies: 0 }) });
      line.carrier.setFarEnd(called, { answerAfterSeconds: 40, steps: [hello] });
      const { flowId } = published("first");
      const place = () => line.runtime().place({ clientId: 1, flowId, to: called });
      const [first, second] = [await place(), await place()];
      const rowOf = async (placed: typeof first) =>
        (
          await line.database.query<{
            state: string;
            reason: string;
            code: string | null;
            disposition: string;
          }>(
            `select p.state, p.reason, p.code, c.disposition from placed_calls p left join calls c on c.id = p.id
             where p.id = $1`,
            [placed.ok ? placed.id : ""],
          )
        )[0];
      await line.clock.advance(200_000);
      line.carrier.setFaults({});
      rest = (request, forward) => forward(request);
      expect(await rowOf(second)).toMatchObject({
        state: "ended",
        reason: "completed",
        disposition: "human",
      });
      expect(await rowOf(first)).toMatchObject({ state: "refused", code: "not-placed", disposition: null });
    });

    it.each<[string, ScriptInput["steps"], string]>([
      ["a machine that beeps", [machine, { afterSeconds: 7.3, beep: true }], "dropped"],
      ["a machine that falls silent", [machine], "dropped"],
      ["a person", [hello], "not-a-machine"],
    ])("a message is left at its end (P17): %s", async (_name, steps, wanted) => {
      line.carrier.setFarEnd(called, { steps });
      const call = await callsOut("leaves");
      expect(call.disposition).toBe(wanted);
      const transcript = line.carrier.personOn(call.sid)!.transcript;
      const left = transcript.filter(({ what, text }) => what === "heard" && text.includes("Lakeside"));
      expect(left.length).toBe(wanted === "dropped" ? 1 : 0);
      const sounded = transcript.findLast(({ what }) => what === "sounded" || what === "said");
      for (const one of left) expect(one.atMs).toBeGreaterThan(sounded!.atMs);
    });
  });

  it.each<[string, string]>([
    ["phone-key", "9134573"],
    ["digits-only", "1473"],
    ["star-key-position", "*911*324*5273"],
    ["key-position", "9113245273"],
    ["multi-tap", "913345573"],
  ])("a payer's phone system gets a member ID by %s (P21)", async (as, id) => {
    line.carrier.setFarEnd(called, {
      phoneSystem: {
        greeting: "Thank you for calling Acme Health.",
        start: "main",
        menus: {
          main: { says: "For claims press 1.", keys: { "1": "member" } },
          member: { says: "Enter the member ID, then pound.", collects: { leadsTo: "found" } },
          found: { says: "Thank you." },
        },
      },
    });
    const call = await callsOut(as);
    expect(call.disposition).toBe("pressed");
    const transcript = line.carrier.personOn(call.sid)!.transcript;
    expect(transcript.filter(({ what }) => what === "collected").map(({ text }) => text)).toEqual([id]);
  });

  describe("a request", () => {
    it.each<[string, Parameters<Line["web"]["expect"]>[0][number], string, boolean]>([
      ["is answered", { node: "ask", json: { status: "paid" } }, "ok", false],
      [
        "is answered late: the caller is told to wait",
        { node: "ask", json: { status: "paid" }, afterSeconds: 4 },
        "ok",
        true,
      ],
      ["is refused", { node: "ask", status: 404 }, "refused", false],
      ["meets a service that is down", { node: "ask", fails: "down" }, "failed", false],
      ["is never answered", { node: "ask", fails: "timeout" }, "timeout", true],
    ])("%s", async (_name, answer, wanted, waits) => {
      line.web.expect([answer]);
      const call = await callsIn("asks", []);
      expect(call.disposition).toBe(wanted);
      expect(call.heard.filter((one) => one === "One moment.").length).toBe(waits ? 1 : 0);
    });
  });

  describe("a message", () => {
    const problem = (status: number, code: number) =>
      Response.json({ code, message: "Not now.", more_info: "", status }, { status });
    it.each<[string, RestDoor, string, number]>([
      ["is sent once", (request, forward) => forward(request), "sent", 1],
      ["is refused", async () => problem(400, 21211), "failed", 0],
      [
        "is taken, and the answer is lost: never sent again",
        async (request, forward) => {
          await forward(request);
          return problem(500, 20500);
        },
        "failed",
        1,
      ],
    ])("%s, and the call goes on either way (S4)", async (_name, door, wanted, sent) => {
      const before = line.carrier.messages().length;
      line.carrier.setFarEnd(desk, "busy");
      rest = (request, forward) =>
        request.url.endsWith("/Messages.json") ? door(request, forward) : forward(request);
      const call = await callsIn("tells", []);
      rest = (request, forward) => forward(request);
      expect(call.path).toBe(`start:call tell:${wanted} forward:busy busy:end`);
      expect(line.carrier.messages().length - before).toBe(sent);
    });
  });
});
