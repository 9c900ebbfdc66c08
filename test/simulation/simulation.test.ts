/**
 * The simulation: 2,000 calls, inbound and placed, through flows with everything in them, by people who do anything.
 * Every webhook twice, delayed or reordered, callbacks lost, web services slow or broken, the carrier's REST side
 * losing answers, processes dying all the time. Afterwards the invariants of the reliability design must hold: I1 to I9,
 * I11, I14 to I16 and I26. A failure prints its seed; `SIMULATION_SEED=n` plays one seed, `SIMULATION_CALLS=n` more calls.
 */
import { seededRandom } from "@trunkline/carrier";
import { createTwilio } from "@trunkline/runtime/app";
import { type Log, testDrivers, turnLinks } from "@trunkline/runtime/testing";
import { describe, expect, it } from "vitest";
import { type Line, openLine } from "../harness/line.ts";
import { type Chaos, chaosDoor } from "./chaos-door.ts";
import { createDice } from "./dice.ts";
import { played, webHost } from "./flows.ts";
import { broken, brokenAnswers, type Render } from "./invariants.ts";
import { brokenOrders } from "./orders.ts";
import { type Chance, pick, randomCaller } from "./random-caller.ts";
import { createWorld } from "./world.ts";

const usualCalls = 2000;
const calls = Number(process.env.SIMULATION_CALLS ?? usualCalls);
const given = process.env.SIMULATION_SEED;
const seeds = given ? [Number(given)] : [11, 12, 13, 14];
/** Calls that go on at the same time. */
const wave = 100;
const firedInAll = new Map<string, number>();

describe.each(seeds.map((seed, index) => ({ seed, driver: testDrivers[index % testDrivers.length]! })))(
  "seed $seed on $driver",
  ({ seed, driver }) => {
    it(`${Math.round(calls / seeds.length)} calls`, { timeout: 300_000 }, async () => {
      const chance = seededRandom(seed);
      const dice = createDice(chance);
      const chaos = chaosDoor(chance, dice);
      const world = createWorld(chance, dice);
      const mistakes: string[] = [];
      const log: Log = {
        info: () => {},
        warn: (sentence, facts, error) => {
          const said = error instanceof Error ? error.message : "";
          if (said !== "this process is dead") mistakes.push(`${sentence} ${said} ${JSON.stringify(facts)}`);
        },
      };
      const line = await openLine({
        ...{ driver, seed, log, door: chaos.door, restDoor: world.restDoor, people: world.people },
        flows: played.map((one) => one.document),
        webHosts: [webHost],
      });
      try {
        line.carrier.setFaults(world.faults);
        line.web.otherwise(world.webAnswer);
        chaos.attach(line);
        world.attach(line);
        await play(line, chance, Math.round(calls / seeds.length));
        const failures = [
          ...(await broken(line.database, renderFor(line))),
          ...brokenAnswers(chaos.delivered),
          ...(await brokenOrders(line, world)),
        ];
        expect(failures.slice(0, 5), `seed ${seed}`).toEqual([]);
        expect(mistakes.slice(0, 5), `seed ${seed}`).toEqual([]);
        expect(await repetitionsAddNothing(line, chaos), `seed ${seed}`).toBe(0);
        for (const [fault, times] of Object.entries(dice.fired))
          firedInAll.set(fault, (firedInAll.get(fault) ?? 0) + times);
      } finally {
        await line.close();
      }
    });
  },
);

it("fires every fault at least 20 times, or its share in a shorter run", () => {
  const least = Math.min(20, Math.floor((20 * calls) / usualCalls));
  expect([...firedInAll].filter(([, times]) => times < least)).toEqual([]);
  if (least > 0) expect(firedInAll.size).toBe(faultClasses);
});
/** Of webhooks, callbacks, web services, the carrier's REST side, and of whoever is called. */
const faultClasses = 43;

async function play(line: Line, chance: Chance, many: number): Promise<void> {
  for (let begun = 0; begun < many; begun += wave) {
    const until = line.clock.now() + 20_000;
    for (let index = 0; index < Math.min(wave, many - begun); index += 1)
      line.clock.after(Math.floor(chance() * 20_000), () => begin(line, chance, begun + index));
    await line.until(() => line.clock.now() > until && line.carrier.liveCalls() === 0);
  }
  // Callers who hung up unheard of are ended by the call's own limit, placed calls by the carrier's list.
  for (let looks = 0; (await open(line)) > 0; looks += 1) {
    if (looks > 1000) throw new Error("Expected every call to end, found some that do not.");
    await line.clock.advance(30_000);
  }
  await line.clock.advance(60_000);
}

/** Somebody calls a number of ours, or a flow calls somebody. */
function begin(line: Line, chance: Chance, index: number): void {
  const digits = String(1000 + index);
  const inbound = played.flatMap((one, at) => (one.calls === "inbound" ? [line.published[at]!.number] : []));
  if (chance() < 0.62) {
    const to = pick(chance, [line.number, ...inbound, ...Array(3).fill(inbound[0])]); // the switchboard, mostly
    line.carrier.dial({ from: `+1555010${digits}`, to, person: randomCaller(chance).person });
    return;
  }
  const at = pick(
    chance,
    played.flatMap((one, index) => (one.calls === "outbound" ? [index] : [])),
  );
  const { flowId } = line.published[at]!; // one for every flow played
  const inputs = played[at]!.inputs?.(chance);
  // Some are called several times at once: the carrier's list then cannot tell one call from the other.
  const to = chance() < 0.2 ? `+1555069000${Math.floor(chance() * 3)}` : `+155506${digits.padStart(5, "0")}`;
  const order = { clientId: 1, flowId, to, ...(inputs ? { inputs } : {}) };
  const asked = line.runtime().place(order);
  void line.clock.track(
    asked.then(
      (answer) => expect(answer.ok).toBe(true),
      (error: Error) => expect(error.message).toBe("this process is dead"),
    ),
  );
}

async function open(line: Line): Promise<number> {
  const [row] = await line.database.query<{ n: number }>(
    `select ((select count(*) from calls where status <> 'ended')
      + (select count(*) from placed_calls where state not in ('ended', 'refused')))::int as n`,
    [],
  );
  return row?.n ?? 0;
}

function renderFor(line: Line): Render {
  const provider = createTwilio({ accountSid: "", authToken: "", publicBaseUrl: line.publicBaseUrl });
  return (verbs, token, turn) => provider.render(verbs, turnLinks(line.publicBaseUrl, token, turn)).body;
}

/**
 * I8: everything once more, long after: no row is added anywhere. How many were. What was told of a placed call
 * before it was answered stands in no call's history; told again, it does, and a third time changes nothing.
 */
async function repetitionsAddNothing(line: Line, { delivered }: Chaos): Promise<number> {
  const repeated = delivered.slice(-300);
  const early = repeated.filter(({ path }) => /^\/out\/.*\/(status|verdict)$/.test(path));
  await repeat(line, early);
  const before = await rows(line);
  await repeat(line, repeated);
  return (await rows(line)) - before;
}

async function repeat(line: Line, delivered: Chaos["delivered"]): Promise<void> {
  for (const { path, form, headers } of delivered) {
    const request = new Request(line.publicBaseUrl + path, { method: "POST", headers, body: form });
    await line.runtime().app.fetch(request);
  }
  // What the first of them began is done before anybody counts.
  await line.runtime().idle();
}

async function rows(line: Line): Promise<number> {
  const tables = ["calls", "call_events", "trace", "replies", "effects", "timers", "call_outcomes"];
  const count = [...tables, "placed_calls"].map((table) => `(select count(*) from ${table})`).join(" + ");
  const [row] = await line.database.query<{ n: number }>(`select (${count})::int as n`, []);
  return row?.n ?? 0;
}
