/**
 * T14, F11, I15: every word of the carrier on who answered, before, at and after each question of a call that is under
 * way on a real line, once and twice at the same time. A person presses keys meanwhile: the verdict is kept and moves
 * nobody. Where the flow waits for it, it goes that way, and the phone is pulled at most once.
 */
import { testDrivers, testFlow } from "@trunkline/runtime/testing";
import { type FlowDocument, parseFlow } from "@trunkline/schema/document";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Door, type Line, openLine } from "../harness/line.ts";

const said = {
  human: "human",
  machine_start: "machine",
  machine_end_beep: "machine",
  machine_end_silence: "machine",
  machine_end_other: "machine",
  fax: "fax",
  unknown: "unknown",
} as const;
type Word = keyof typeof said;
const words = Object.keys(said) as Word[]; // its own keys
const moments = ["before", "at", "after"] as const;

/** One call: this verdict is told at this moment of this question, so often. */
interface Plan {
  readonly word: Word;
  readonly moment: (typeof moments)[number];
  readonly question: number;
  readonly times: number;
  asked: number;
  statuses: number[];
}

const end = (disposition: string) => ({ kind: "hang-up", config: { disposition } });
const who = (waitSeconds: number) => ({
  who: {
    kind: "answered-by",
    config: { waitSeconds },
    next: { human: "human", machine: "machine", fax: "fax", unknown: "unknown" },
  },
  ...{ human: end("human"), machine: end("machine"), fax: end("fax"), unknown: end("unknown") },
});
const question = (next: string) => ({
  kind: "menu",
  config: { prompt: "Press 1.", options: [{ key: "1", label: "One" }], timeoutSeconds: 20, tries: 1 },
  next: { "key-1": next, invalid: next, silence: next },
});
const start = { calls: "outbound", detection: "meanwhile", greeting: "over" };
const fiveQuestions = {
  ...{ one: question("two"), two: question("three"), three: question("four") },
  ...{ four: question("five"), five: question("who") },
};
const flows: FlowDocument[] = [
  testFlow({ ...fiveQuestions, ...who(3) }, { start }),
  testFlow(who(10), { start }),
].map((value) => {
  const read = parseFlow(value);
  if (!read.ok) throw new Error(`Expected a flow, found ${JSON.stringify(read.problems)}.`);
  return read.flow;
});

describe.each(testDrivers)("verdicts on a real line on %s", (driver) => {
  let line: Line;
  const plans = new Map<string, Plan>();
  const pulls = new Map<string, number>();

  /** What the carrier would send, signed by its key. */
  async function tell(plan: Plan, token: string, CallSid: string): Promise<void> {
    const url = `${line.publicBaseUrl}/out/${token}/verdict`;
    const { accountSid: AccountSid, authToken } = line.carrier;
    const form = { AccountSid, CallSid, AnsweredBy: plan.word, MachineDetectionDuration: "2400" };
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": webhooks.getExpectedTwilioSignature(authToken, url, form),
    };
    const body = new URLSearchParams(form).toString();
    const once = async () => (await fetch(url, { method: "POST", headers, body })).status;
    plan.statuses = await Promise.all(Array.from({ length: plan.times }, once));
  }

  const door: Door = async (request, runtime) => {
    const body = await request.text();
    const { headers, url } = request;
    const forward = async () => runtime().app.fetch(new Request(url, { method: "POST", headers, body }));
    const form = new URLSearchParams(body);
    const plan = plans.get(form.get("To") ?? "");
    const asks = /\/(?:out|t)\/([\w-]+)\/(?:\d+\/)?(?:voice|input|no-input|done|poll)$/.exec(url);
    if (!plan || !asks || plan.asked++ !== plan.question) return forward();
    const telling = () => tell(plan, asks[1]!, form.get("CallSid") ?? ""); // the group is in every match
    if (plan.moment === "before") await telling();
    const [answer] = await Promise.all([forward(), plan.moment === "at" ? telling() : null]);
    if (plan.moment === "after") await telling();
    return answer;
  };

  beforeAll(async () => {
    line = await openLine({
      driver,
      flows,
      door,
      restDoor: (request, forward) => {
        const sid = /\/Calls\/(CA\w+)\.json$/.exec(request.url)?.[1];
        if (sid) pulls.set(sid, (pulls.get(sid) ?? 0) + 1);
        return forward(request);
      },
    });
    // The carrier's own verdicts never arrive: those of the table do.
    line.carrier.setFaults({ information: () => ({ copies: 0 }) });
  });
  afterAll(() => line.close());

  interface Row {
    readonly to: string;
    readonly sid: string;
    readonly disposition: string;
    readonly path: string;
    readonly answered: string | null;
    readonly amd: number;
  }

  /** Every plan as a call, some dozens at a time; the rows of the calls by number. */
  async function play(flow: number, table: readonly Omit<Plan, "asked" | "statuses">[], from: number) {
    const { flowId } = line.published[flow]!; // both are published
    const numbers = table.map((_one, index) => `+155506${String(from + index).padStart(5, "0")}`);
    for (const [index, one] of table.entries())
      plans.set(numbers[index]!, { ...one, asked: 0, statuses: [] });
    for (let begun = 0; begun < numbers.length; begun += 60) {
      for (const to of numbers.slice(begun, begun + 60)) {
        line.carrier.setFarEnd(to, {
          steps: Array.from({ length: 5 }, () => ({ hear: "Press 1", press: "1" })),
        });
        expect(await line.runtime().place({ clientId: 1, flowId, to })).toMatchObject({ ok: true });
      }
      await line.clock.advance(5000);
      await line.until(() => line.carrier.liveCalls() === 0, 600);
    }
    await line.clock.advance(5000);
    const rows = await line.database.query<Row>(
      `select c."to", c.provider_call_id as sid, c.disposition, c.session::json->'party'->'answered'->>'by' as answered,
         (select string_agg(t.node, ' ' order by t.seq) from trace t where t.call_id = c.id) as path,
         (select count(*)::int from call_events e where e.call_id = c.id and e.type = 'answered-by') as amd
       from calls c where c.status = 'ended'`,
      [],
    );
    const byNumber = new Map(rows.map((row) => [row.to, row]));
    return numbers.map((to) => ({ plan: plans.get(to)!, row: byNumber.get(to)! })); // every number was called
  }

  it("keys decide, whatever the verdict and whenever it comes", { timeout: 120_000 }, async () => {
    const table = words.flatMap((word) =>
      moments.flatMap((moment) =>
        [0, 1, 2, 3, 4, 5].flatMap((question) => [1, 2].map((times) => ({ word, moment, question, times }))),
      ),
    );
    expect(table.length).toBe(252);
    const played = await play(0, table, 1000);
    for (const { plan, row } of played) {
      const { word, moment, question, times, statuses } = plan;
      const about = `${word} ${moment} question ${question}, ${times} times`;
      expect(statuses, about).toEqual(Array.from({ length: times }, () => 204));
      expect(row, about).toMatchObject({
        disposition: "human",
        path: "start one two three four five who human",
      });
      expect(pulls.get(row.sid) ?? 0, about).toBe(0);
      // Kept for the record; at the last question it may come after the end.
      if (question < 5) expect(row.answered, about).toBe(said[word]);
    }
  });

  it("a flow that waits goes the verdict's way", { timeout: 60_000 }, async () => {
    const table = words.flatMap((word) =>
      moments.flatMap((moment) => [1, 2].map((times) => ({ word, moment, question: 0, times }))),
    );
    const played = await play(1, table, 2000);
    for (const { plan, row } of played) {
      const about = `${plan.word} ${plan.moment} the first question, ${plan.times} times`;
      expect(row, about).toMatchObject({
        disposition: said[plan.word],
        path: `start who ${said[plan.word]}`,
      });
      expect(pulls.get(row.sid) ?? 0, about).toBeLessThanOrEqual(1);
    }
  });
});
