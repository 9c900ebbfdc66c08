/**
 * For tests only, ours and the `test` package's: databases of both drivers, a runtime in process with a clock that
 * stands still, and a carrier's signed requests. Never imported by the program.
 */

import type { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { createRuntime, createTwilio, type Runtime, type RuntimeOptions, seed } from "./app.ts";
import type { Database } from "./db/database.ts";
import { openDatabase } from "./db/open-database.ts";
import { testPostgresUrl } from "./env.ts";
import { type VirtualClock, virtualClock } from "./ports/clock.ts";
import { silentLog } from "./ports/log.ts";
import { seededRandom } from "./ports/random.ts";
import type { NumberLinks, Provider } from "./providers/provider.ts";

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
  };
}

/** A runtime on this database; nothing is started. Make another one to play a process that died. */
export function testRuntime(database: Database, change: Partial<RuntimeOptions> = {}): TestRuntime {
  const clock = virtualClock();
  const told: TestRuntime["told"] = { configured: [], pulled: [] };
  const provider: Provider = {
    ...createTwilio({ ...testAccount }),
    configureNumber: async (number, links) => void told.configured.push({ number, links }),
    updateCall: async (callId, url) => void told.pulled.push({ callId, url }),
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
