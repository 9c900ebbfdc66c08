/**
 * The checker of what is ordered from outside the call: calls placed (I3, P12), messages, web requests and outcomes
 * (I11). Counts at the carrier and at the web service, and compares with what the database says.
 */
import type { Line } from "../harness/line.ts";
import type { World } from "./world.ts";

interface EffectRow {
  readonly key: string;
  readonly effect: string;
  readonly state: string;
  readonly text: string | null;
  readonly outcomes: number;
}

interface PlacedRow {
  readonly to: string;
  readonly state: string;
  readonly reason: string | null;
  readonly disposition: string | null;
}

export async function brokenOrders(line: Line, world: World): Promise<string[]> {
  const effects = await line.database.query<EffectRow>(
    `select f.call_id || '/' || f.id as key, f.effect, f.state, f.payload->>'text' as text,
       (select count(*)::int from call_outcomes o where o.call_id = f.call_id and o.effect_id = f.id) as outcomes
     from effects f`,
    [],
  );
  const placed = await line.database.query<PlacedRow>(
    `select p."to", p.state, p.reason, c.disposition from placed_calls p left join calls c on c.id = p.id`,
    [],
  );
  return [
    ...effects.flatMap((one) =>
      one.state === "pending" ? [`I11: ${one.effect} ${one.key} is still pending.`] : [],
    ),
    ...brokenOutcomes(effects),
    ...brokenRequests(effects, line.web.keys),
    ...brokenMessages(
      effects,
      line.carrier.messages().map((one) => one.body),
    ),
    ...brokenPlacing(placed, world.placed),
  ];
}

function brokenOutcomes(effects: readonly EffectRow[]): string[] {
  return effects.flatMap(({ key, effect, state, outcomes }) => {
    const most = effect === "record-outcome" ? 1 : 0;
    const least = state === "done" ? most : 0;
    return outcomes < least || outcomes > most ? [`I11: ${effect} ${key} has ${outcomes} outcomes.`] : [];
  });
}

/** Each request was made at least once, or failed; and nobody made one that was not ordered. */
function brokenRequests(effects: readonly EffectRow[], keys: readonly string[]): string[] {
  const ordered = effects.filter((one) => one.effect === "http-request");
  const made = new Set(keys);
  const known = new Set(ordered.map((one) => one.key));
  return [
    ...ordered.flatMap(({ key, state }) =>
      state === "done" && !made.has(key) ? [`I11: request ${key} is done and was never made.`] : [],
    ),
    ...[...made].flatMap((key) => (known.has(key) ? [] : [`I11: a request nobody ordered: ${key}.`])),
  ];
}

/** Messages of one text are as many as were ordered at most, and as many as are done at least. */
function brokenMessages(effects: readonly EffectRow[], bodies: readonly string[]): string[] {
  const ordered = effects.filter((one) => one.effect === "send-message");
  const texts = new Set([...bodies, ...ordered.map((one) => one.text ?? "")]);
  return [...texts].flatMap((text) => {
    const mine = ordered.filter((one) => one.text === text);
    const done = mine.filter((one) => one.state === "done").length;
    const sent = bodies.filter((one) => one === text).length;
    return sent > mine.length || sent < done
      ? [`I11: ${mine.length} messages "${text}" ordered, ${done} done, ${sent} sent.`]
      : [];
  });
}

function brokenPlacing(rows: readonly PlacedRow[], taken: ReadonlyMap<string, number>): string[] {
  const ends = rows.flatMap(({ to, state, reason }) =>
    ["ended", "refused"].includes(state) && reason !== null
      ? []
      : [`I1, P12: the call placed to ${to} is ${state} with reason ${reason}.`],
  );
  // Some numbers are called several times: then it is as many calls as were placed, at most.
  const counts = [...Map.groupBy(rows, (one) => one.to)].flatMap(([to, placed]) => {
    const times = taken.get(to) ?? 0;
    const answered = placed.filter((one) => one.disposition !== null).length;
    return times > placed.length || answered > times
      ? [`I3: ${placed.length} calls placed to ${to}, ${times} taken, ${answered} answered.`]
      : [];
  });
  return [...ends, ...counts];
}
