/**
 * For tests only, ours and the `test` package's: databases of both drivers, a runtime in process with a clock that
 * stands still, and a carrier's signed requests. Never imported by the program.
 */

import type { PGlite } from "@electric-sql/pglite";
import { hashFlow, parseFlow } from "@trunkline/schema/document";
import postgres from "postgres";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { createRuntime, createTwilio, type Runtime, type RuntimeOptions, seed } from "./app.ts";
import type { Database } from "./db/database.ts";
import { insertFlow, insertVersion, pointLive } from "./db/flows.ts";
import { pointNumber } from "./db/numbers.ts";
import { openDatabase } from "./db/open-database.ts";
import { testPostgresUrl } from "./env.ts";
import { type VirtualClock, virtualClock } from "./ports/clock.ts";
import { silentLog } from "./ports/log.ts";
import { makeId, seededRandom } from "./ports/random.ts";
import type { MessageOrder, NumberLinks, PlaceOrder, Provider } from "./providers/provider.ts";

export { turnLinks } from "./calls/links.ts";
export { type Clock, systemClock, type VirtualClock, virtualClock } from "./ports/clock.ts";
export { consoleLog, type Log, silentLog } from "./ports/log.ts";
export { type Random, seededRandom, systemRandom } from "./ports/random.ts";

export const testAccount = {
  accountSid: `AC${"a1".repeat(16)}`,
  authToken: "a test auth token",
  publicBaseUrl: "https://calls.example.test",
} as const;

export interface TestDatabase {
  readonly database: Database;
  /** Another handle on the same data: what a second process would have. Postgres only; PGlite gives the same one. */
  reopen(): Promise<Database>;
  drop(): Promise<void>;
}

const postgresUrl = testPostgresUrl();

/** The drivers a suite must run on: PGlite always, Postgres when there is one. */
export const testDrivers: readonly ("pglite" | "postgres")[] = postgresUrl
  ? ["pglite", "postgres"]
  : ["pglite"];

let image: Promise<Blob> | undefined;
let made = 0;

/** An empty, migrated database of its own. */
export async function openTestDatabase(driver: "pglite" | "postgres"): Promise<TestDatabase> {
  if (driver === "pglite") {
    image ??= migratedImage();
    const database = await openDatabase({ kind: "pglite", image: await image });
    return { database, reopen: async () => database, drop: () => database.close() };
  }
  const name = `trunkline_${process.pid}_${process.hrtime.bigint().toString(36)}_${++made}`;
  const admin = postgres(postgresUrl!, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(postgresUrl!);
  url.pathname = `/${name}`;
  const opened: Database[] = [];
  const open = async () => {
    const database = await openDatabase({ kind: "postgres", url: url.href });
    opened.push(database);
    return database;
  };
  return {
    database: await open(),
    reopen: open,
    async drop() {
      await Promise.all(opened.map((one) => one.close()));
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Starting from a dump is several times faster than initdb and the migrations. */
async function migratedImage(): Promise<Blob> {
  const database = await openDatabase({ kind: "pglite" });
  try {
    // The dump needs the client itself, which the handle hides on purpose.
    return await (database.drizzle as unknown as { $client: PGlite }).$client.dumpDataDir("gzip");
  } finally {
    await database.close();
  }
}

export interface TestRuntime extends Runtime {
  readonly clock: VirtualClock;
  readonly provider: Provider;
  /** What the runtime told the carrier's REST side. */
  readonly told: {
    configured: { number: string; links: NumberLinks }[];
    pulled: { callId: string; url: string }[];
    /** Calls it placed; the carrier takes each, under `placedCallSid` of its place in this list. */
    placed: PlaceOrder[];
    messages: MessageOrder[];
  };
}

/** A runtime on this database; nothing is started. Make another one to play a process that died. */
export function testRuntime(database: Database, change: Partial<RuntimeOptions> = {}): TestRuntime {
  const clock = virtualClock();
  const told: TestRuntime["told"] = { configured: [], pulled: [], placed: [], messages: [] };
  const provider: Provider = {
    ...createTwilio({ ...testAccount }),
    configureNumber: async (number, links) => void told.configured.push({ number, links }),
    updateCall: async (callId, url) => void told.pulled.push({ callId, url }),
    placeCall: async (order) => ({ state: "placed", callId: placedCallSid(told.placed.push(order) - 1) }),
    findCalls: async () => [],
    sendMessage: async (order) => {
      told.messages.push(order);
      return { state: "sent" };
    },
  };
  const options: RuntimeOptions = {
    database,
    clock,
    random: seededRandom(++made),
    log: silentLog,
    provider,
    publicBaseUrl: testAccount.publicBaseUrl,
    origins: ["http://127.0.0.1:4400"],
    line: "built-in",
    version: "test",
    ...change,
  };
  // A clock handed in is a virtual one in every test of ours.
  return {
    ...createRuntime(options),
    clock: options.clock as VirtualClock,
    provider: options.provider,
    told,
  };
}

/** The seed of an empty installation, and the path of its number's voice webhook. */
export async function seedTest(
  database: Database,
  random = 7,
): Promise<{ voice: string; hookToken: string }> {
  await seed({ database, clock: virtualClock(), random: seededRandom(random), number: "+15550100001" });
  const [row] = await database.query<{ hook_token: string }>("select hook_token from numbers", []);
  return { voice: `/hooks/${row!.hook_token}/voice`, hookToken: row!.hook_token };
}

/** The carrier's name for the nth call a test runtime places. */
export function placedCallSid(nth: number): string {
  return `CA${"f".repeat(24)}${nth.toString(16).padStart(8, "0")}`;
}

/** A flow, published and live, and the number that rings it (the seed's unless another is given, or none with null). */
export async function publishTest(
  database: Database,
  value: unknown,
  number: string | null = "+15550100001",
): Promise<{ flowId: string; hash: string }> {
  const parsed = parseFlow(value);
  if (!parsed.ok) throw new Error(`Expected a flow: ${JSON.stringify(parsed.problems)}`);
  const document = parsed.flow;
  const random = seededRandom(1000 + ++made);
  const clientId = 1;
  const at = Date.UTC(2026, 0, 5, 15);
  const [flowId, versionId] = [makeId(random, at), makeId(random, at)];
  const hash = hashFlow(document);
  const draft = { name: document.name, description: "", document, hash };
  const by = "Owner";
  await database.transaction(async (tx) => {
    await insertFlow(tx, { clientId, id: flowId, draft, at });
    await insertVersion(tx, { clientId, id: versionId, flowId, hash, document, note: "", at, by });
    await pointLive(tx, { clientId, flowId, versionId, at, by });
    if (number !== null) await pointNumber(tx, clientId, number, flowId);
  });
  return { flowId, hash };
}

/** A flow of these nodes, entered at a start node that leads to the first of them. */
export function testFlow(
  nodes: Readonly<Record<string, object>>,
  more: { start?: object; variables?: object; onHangUp?: string; name?: string } = {},
): object {
  const { start = {}, variables = {}, onHangUp, name = "Test" } = more;
  const titled = Object.entries(nodes).map(([id, node]) => [id, { title: id, next: {}, ...node }]);
  return {
    formatVersion: 1,
    name,
    settings: { language: "en-US", maxCallMinutes: 10, apology: "Sorry." },
    variables,
    entry: "start",
    ...(onHangUp === undefined ? {} : { onHangUp }),
    nodes: {
      start: { kind: "start", title: "Start", config: start, next: { call: Object.keys(nodes)[0] } },
      ...Object.fromEntries(titled),
    },
    layout: { nodes: {} },
  };
}

export const testCallSid = `CA${"0123456789abcdef".repeat(2)}`;

/** The form of a voice webhook. */
export function voiceForm(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    AccountSid: testAccount.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: testCallSid,
    CallStatus: "ringing",
    Called: "+15550100001",
    Caller: "+15550199042",
    Direction: "inbound",
    From: "+15550199042",
    To: "+15550100001",
    ...more,
  };
}

/** The form of the carrier's verdict on who answered: it names nobody's number. */
export function verdictForm(CallSid: string, AnsweredBy: string): Record<string, string> {
  return { AccountSid: testAccount.accountSid, CallSid, AnsweredBy, MachineDetectionDuration: "2400" };
}

/** What the carrier sends: a form, signed for the public address. */
export function signedRequest(target: string, form: Readonly<Record<string, string>>): Request {
  const url = testAccount.publicBaseUrl + target;
  const signature = webhooks.getExpectedTwilioSignature(testAccount.authToken, url, { ...form });
  return new Request(`http://inside.test${target}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-twilio-signature": signature,
    },
    body: new URLSearchParams(form).toString(),
  });
}

/** Path and query of the links in a document, by the last part of their path. */
export function linksIn(twiml: string): Record<string, string> {
  const found = twiml.matchAll(/https:\/\/calls\.example\.test(\/[^"<]+)/g);
  return Object.fromEntries([...found].map(([, path]) => [path!.split("/").at(-1)!, path!]));
}

/** Signs in as the first user: the headers of a browser's requests. */
export async function signedIn(runtime: Runtime): Promise<Record<string, string>> {
  const token = await runtime.signIn.issueLink();
  const common = { origin: "http://127.0.0.1:4400", "x-trunkline": "1", "content-type": "application/json" };
  const answer = await runtime.app.request("/api/sign-in", {
    method: "POST",
    headers: common,
    body: JSON.stringify({ token }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (!cookie) throw new Error(`Expected a session cookie, found status ${answer.status}.`);
  return { ...common, cookie };
}

export interface PhoneAnswer {
  readonly status: number;
  readonly body: string;
  /** The request that got it, to be sent again. */
  readonly target: string;
  readonly form: Record<string, string>;
}

export interface TestPhone {
  readonly callSid: string;
  ring(): Promise<PhoneAnswer>;
  /** Follows a link of the last document: `input` with digits or speech, `no-input`, `done` or `poll`. */
  follow(link: string, form?: Readonly<Record<string, string>>): Promise<PhoneAnswer>;
  press(digits: string): Promise<PhoneAnswer>;
  /** The same request once more. */
  again(answer: PhoneAnswer): Promise<PhoneAnswer>;
  send(target: string, form?: Readonly<Record<string, string>>): Promise<PhoneAnswer>;
  /** A report of the carrier about the call. */
  report(status: string, more?: Readonly<Record<string, string>>): Promise<number>;
  /** The runtime of before died: this one answers from now on. */
  turnTo(runtime: Runtime): void;
}

/** A telephone that follows the documents it is given, one step at a time. */
export function testPhone(first: Runtime, hookToken: string, callSid = testCallSid): TestPhone {
  let runtime = first;
  let last = "";
  const send = async (target: string, form: Readonly<Record<string, string>> = {}): Promise<PhoneAnswer> => {
    const whole = voiceForm({ CallSid: callSid, ...form });
    const answer = await runtime.app.request(signedRequest(target, whole));
    const body = await answer.text();
    if (answer.status === 200) last = body;
    return { status: answer.status, body, target, form: { ...form } };
  };
  const follow = (link: string, form: Readonly<Record<string, string>> = {}) => {
    const target = linksIn(last)[link];
    if (target === undefined) throw new Error(`Expected a link "${link}" in ${last}`);
    return send(target, { CallStatus: "in-progress", ...form });
  };
  return {
    callSid,
    ring: () => send(`/hooks/${hookToken}/voice`),
    follow,
    press: (Digits) => follow("input", { Digits }),
    again: ({ target, form }) => send(target, form),
    send,
    async report(CallStatus, more = {}) {
      const form = { CallStatus, CallbackSource: "call-progress-events", SequenceNumber: "0", ...more };
      return (await send(`/hooks/${hookToken}/status`, form)).status;
    },
    turnTo(next) {
      runtime = next;
    },
  };
}

/**
 * A telephone that a test runtime places a call to: the nth it placed. It rings the runtime when it is answered, and
 * then follows the documents it is given.
 */
export function placedPhone(runtime: TestRuntime, nth: number, callSid = placedCallSid(nth)): PlacedPhone {
  const order = runtime.told.placed[nth];
  if (!order) throw new Error("Expected a placed call, found none.");
  const { from: From, to: To, links } = order;
  const called = { Direction: "outbound-api", From, To, Caller: From, Called: To };
  const path = (link: keyof typeof links) => new URL(links[link]).pathname;
  const phone = testPhone(runtime, "", callSid);
  const send = (target: string, form: Readonly<Record<string, string>> = {}) =>
    phone.send(target, { CallStatus: "in-progress", ...called, ...form });
  return {
    ...phone,
    send,
    ring: () => send(path("voice")),
    pickUp: (form = {}) => send(path("voice"), form),
    fallback: (form) => send(path("fallback"), form),
    async verdict(answeredBy) {
      const form = verdictForm(callSid, answeredBy);
      return (await runtime.app.request(signedRequest(path("verdict"), form))).status;
    },
    async report(CallStatus, more = {}) {
      const form = { CallStatus, CallbackSource: "call-progress-events", SequenceNumber: "0", ...more };
      return (await send(path("status"), form)).status;
    },
  };
}

export interface PlacedPhone extends TestPhone {
  /** Somebody or something answers; with a verdict, when the carrier listened first. */
  pickUp(form?: Readonly<Record<string, string>>): Promise<PhoneAnswer>;
  fallback(form: Readonly<Record<string, string>>): Promise<PhoneAnswer>;
  verdict(answeredBy: string): Promise<number>;
}

const callTables = [
  "calls",
  "call_events",
  "trace",
  "replies",
  "effects",
  "timers",
  "call_outcomes",
] as const;

/** How many rows each table of a call holds. */
export async function countRows(database: Database): Promise<Record<(typeof callTables)[number], number>> {
  const text = callTables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(", ");
  const [row] = await database.query<Record<(typeof callTables)[number], number>>(`select ${text}`, []);
  return row!;
}

export interface Gate {
  readonly database: Database;
  /** Statements that match wait until `open`, or fail as if the database were away until `back`. */
  hold(pattern: RegExp): void;
  open(): void;
  away(pattern?: RegExp): void;
  back(): void;
  /** Statements that wait now. */
  readonly held: number;
}

/** A database whose statements can be made to wait or to fail. */
export function gate(database: Database): Gate {
  let holding: RegExp | null = null;
  let failing: RegExp | null = null;
  let waiting: (() => void)[] = [];
  return {
    database: {
      ...database,
      async query<Row extends object>(
        text: string,
        parameters: readonly (string | number | boolean | null)[],
      ) {
        if (holding?.test(text)) await new Promise<void>((resolve) => waiting.push(resolve));
        if (failing?.test(text))
          throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
        return await database.query<Row>(text, parameters);
      },
    },
    hold(pattern) {
      holding = pattern;
    },
    open() {
      holding = null;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    away(pattern = /./) {
      failing = pattern;
    },
    back() {
      failing = null;
    },
    get held() {
      return waiting.length;
    },
  };
}

/** Waits for real work (a database's) without looking at a clock; gives up after very many turns of the loop. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns++) {
    if (turns > 1_000_000) throw new Error("Expected something to happen, and it did not.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets virtual time run, in steps, until the work is done. Only where nothing real takes long. */
export async function driven<T>(clock: VirtualClock, work: Promise<T>, stepMs = 100): Promise<T> {
  let done = false;
  const watched = work.finally(() => {
    done = true;
  });
  watched.catch(() => {});
  for (let turns = 0; !done && turns < 100_000; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!done) clock.advance(stepMs);
  }
  return await watched;
}
