/**
 * For tests: one documented behaviour as a row of a table, and the function that plays it on a carrier with an application.
 * Numbers +15550100001 to …3 ask /voice, /agent and /third. A row says what the application answers, who calls when, and which REST
 * requests come in between; what the application was asked, what people heard and what was complained about comes back.
 */
import type { CarrierOptions } from "../options.ts";
import type { BehaviourInput } from "../people/behaviour.ts";
import type { ScriptInput } from "../people/script.ts";
import { type Form, type Handler, openLine, type Reply, rest, type TestLine, twiml } from "./line.ts";
import { judge } from "./openapi.ts";

export type Steps = NonNullable<ScriptInput["steps"]>;

/** Verbs, or a whole reply, which may come late. */
export type Answered = string | (Reply & { readonly afterSeconds?: number });

export interface Behaviour {
  /** Section of the protocol, or Twilio's page. */
  readonly source: string;
  readonly rule: string;
  /** By path; of several answers each is given once, the last ever after. */
  readonly on: Readonly<Record<string, Answered | readonly Answered[]>>;
  /** When (s), which number (1 to 3) and what the caller does. One caller at once on number 1 if not given. */
  readonly callers?: readonly (readonly [at: number, number: 1 | 2 | 3, steps: Steps])[];
  readonly there?: Readonly<Record<string, BehaviourInput>>;
  /** When (s), method, path below the account and form. `$1` is the first caller's call, `$child` the newest call a Dial began, `$newest`
   *  the newest call of all, `$room` the newest conference, `$queue` the newest queue, `$app` the application. */
  readonly rest?: readonly (readonly [at: number, method: string, path: string, form?: Form])[];
  /** Parameters worth telling; `@name` is a header. */
  readonly names?: readonly string[];
  /** Seconds, path and parameters of what the application was asked, without first requests of /voice, /agent and /third. */
  readonly asked?: readonly string[];
  /** What each caller heard. */
  readonly heard?: readonly (readonly string[])[];
  /** Status of each REST request, with the error's code, or the named fields of its answer. */
  readonly answers?: readonly string[];
  readonly codes?: readonly (number | null)[];
  /** How each call ended and how long it was. */
  readonly calls?: readonly string[];
  readonly options?: CarrierOptions;
}

const paths = ["/voice", "/agent", "/third"];
const numberOf = (which: number) => `+1555010000${which}`;

export async function play(row: Behaviour) {
  const line = await openLine(row.options);
  try {
    return await playOn(line, row);
  } finally {
    await line.close();
  }
}

async function playOn(line: TestLine, row: Behaviour) {
  const { carrier, clock, application } = line;
  for (const which of [2, 3])
    carrier.setNumber(numberOf(which), { voiceUrl: application + paths[which - 1] });
  line.on("/status", { status: 204 });
  for (const path of ["/done", "/next"]) line.on(path, twiml("<Hangup/>"));
  for (const [path, what] of Object.entries(row.on)) line.on(path, answering(line, [what].flat()));
  for (const [number, what] of Object.entries(row.there ?? {})) carrier.setFarEnd(number, what);
  const calls: ReturnType<typeof carrier.call>[] = [];
  const answers: string[] = [];
  const misshapen: string[] = [];
  const acts = [
    ...(row.callers ?? [[0, 1, []] as const]).map(([at, which, steps]) => ({
      at,
      run: async () => {
        const from = `+1555019900${calls.length + 1}`;
        calls.push(carrier.call({ from, to: numberOf(which), script: { steps: [...steps] } }));
      },
    })),
    ...(row.rest ?? []).map(([at, method, path, form]) => ({
      at,
      run: async () => {
        const sids = calls.map(({ sid }) => sid);
        const newest = async (list: "Conferences" | "Queues") => {
          const found = await (await rest(line, "GET", `/${list}.json`)).json();
          // Twilio's documented shape.
          return (found as Record<string, { sid: string }[]>)[list.toLowerCase()]?.[0]?.sid ?? "";
        };
        const [room, queue] = [await newest("Conferences"), await newest("Queues")];
        const put = (text: string) =>
          filled(line, text)
            .replace(/\$room/g, room)
            .replace(/\$queue/g, queue)
            .replace(/\$child/g, () => carrier.calls().find((call) => call.parent_call_sid)?.sid ?? "")
            .replace(/\$newest/g, () => carrier.calls()[0]?.sid ?? "")
            .replace(/\$(\d)/g, (_, which) => sids[which - 1] ?? "");
        const whole = Object.fromEntries(
          Object.entries(form ?? {}).map(([name, value]) => [name, [value].flat().map(put)]),
        );
        const answer = await rest(line, method, put(path), form && whole);
        const body = answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
        const full = `/2010-04-01/Accounts/${carrier.accountSid}${put(path)}`.replace(/\?.*/, "");
        if (answer.ok) misshapen.push(...judge(method, full, answer.status, body));
        answers.push([answer.status, ...("code" in body ? [body.code] : [])].join(" "));
      },
    })),
  ].sort((one, other) => one.at - other.at);
  let passed = 0;
  for (const { at, run } of acts) {
    await clock.advance(at * 1000 - passed);
    passed = at * 1000;
    await run();
  }
  await clock.runUntilIdle();
  const names = row.names ?? [];
  const lines = line.received.map(({ path, parameters, headers }) => {
    const given = (name: string) => (name.startsWith("@") ? headers[name.slice(1)] : parameters[name]);
    const told = names.filter((name) => given(name) !== undefined);
    return [path, ...told.map((name) => `${name}=${given(name)}`)].join(" ");
  });
  const firsts = new Set(paths);
  return {
    line,
    answers,
    misshapen,
    asked: lines
      .map((text, at) => ({ text, one: line.received[at]! }))
      .filter(
        ({ one }) => !(firsts.has(one.path) && withoutPlaces(one.parameters).length <= 10 && isFirst(one)),
      )
      .map(({ text, one }) => `${Math.round(one.at * 10) / 10} ${text}`),
    unsigned: line.received.filter(({ signed }) => !signed).map(({ path }) => path),
    heard: calls.map(({ person }) =>
      person.transcript
        .filter(({ what }) => ["heard", "played", "beep"].includes(what))
        .map(({ text }) => text.replace(line.application, "$app")),
    ),
    codes: carrier.alerts().map(({ code }) => code),
    calls: calls.map(({ sid }) => {
      const call = carrier.find(sid);
      return call ? `${call.status} ${call.duration}` : "forgotten";
    }),
  };
}

function answering(line: TestLine, answers: readonly Answered[]): Handler {
  let given = 0;
  return async () => {
    const what = answers[Math.min(given++, answers.length - 1)]!;
    if (typeof what === "string") return twiml(filled(line, what));
    if (what.afterSeconds) await line.clock.sleep(what.afterSeconds * 1000);
    const { headers } = what;
    const location = headers?.location && filled(line, headers.location);
    return { ...what, headers: { ...headers, ...(location && { location }) } };
  };
}

/** Names of parameters that say more than where the two parties are. */
const withoutPlaces = (parameters: object) =>
  Object.keys(parameters).filter((name) => !/(City|State|Zip|Country|Token)$/.test(name));

const isFirst = ({ parameters }: { parameters: Readonly<Record<string, string>> }) =>
  parameters.CallStatus === "ringing";

const filled = (line: TestLine, text: string) => text.replace(/\$app/g, line.application);
