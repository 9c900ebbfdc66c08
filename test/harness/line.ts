/**
 * A whole line in one process: the carrier, the runtime and a database, joined by real HTTP on loopback, in virtual
 * time. What stands between carrier and runtime (`door`) may be told to misbehave; the runtime may be dropped and made
 * again on the same database, as if its process had died.
 *
 * Life cycle: `openLine` → `carrier.dial(...)`, `until(...)` → `close`.
 */

import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import {
  type Carrier,
  seededRandom as carrierRandom,
  type FarEnd,
  startCarrier,
  virtualClock,
} from "@trunkline/carrier";
import { createRuntime, createTwilio, type Database, type Runtime, seed } from "@trunkline/runtime/app";
import {
  type Clock,
  type Log,
  openTestDatabase,
  publishTest,
  seededRandom,
  silentLog,
} from "@trunkline/runtime/testing";
import type { FlowDocument } from "@trunkline/schema/document";
import { openWebService, type WebService } from "./web-service.ts";

export type Door = (request: Request, runtime: () => Runtime) => Promise<Response>;
/** What stands between the runtime and the carrier's REST side. */
export type RestDoor = (
  request: Request,
  forward: (request: Request) => Promise<Response>,
) => Promise<Response>;

export interface LineOptions {
  readonly driver: "pglite" | "postgres";
  readonly seed?: number;
  readonly log?: Log;
  readonly door?: Door;
  readonly restDoor?: RestDoor;
  /** When the line's time begins, epoch milliseconds. */
  readonly at?: number;
  /** Who answers a number that is called. */
  readonly people?: (to: string) => FarEnd | undefined;
  /** Flows that are published beside the seed's, each with a number that rings it. */
  readonly flows?: readonly FlowDocument[];
  /** Hosts that the line's web service stands in for. */
  readonly webHosts?: readonly string[];
}

export interface Line {
  readonly carrier: Carrier;
  readonly database: Database;
  readonly number: string;
  /** The flows of the options, published: their ids, and the numbers that ring them. */
  readonly published: readonly { readonly flowId: string; readonly number: string }[];
  readonly web: WebService;
  readonly publicBaseUrl: string;
  readonly clock: ReturnType<typeof virtualClock>;
  runtime(): Runtime;
  /**
   * The process dies and another takes over: nothing it held in memory is left, nothing it still does reaches the
   * database. What it is answering just now is nobody's answer: see `Door`.
   */
  killRuntime(): Promise<void>;
  /** Lets virtual time pass until this holds; throws when it does not within the time. */
  until(holds: () => boolean | Promise<boolean>, mostSeconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** The number an empty installation is seeded with. */
const seedNumber = "+15550100001";
/** The longest a webhook waits for effects before the caller is told to hold on, in milliseconds. */
const thinkingMs = 1500;
/** The number that rings the nth further flow. */
const numberOf = (index: number) => `+1555010${String(index + 10).padStart(4, "0")}`;
const account = { accountSid: `AC${"b2".repeat(16)}`, authToken: "the line's auth token" };

export async function openLine(options: LineOptions): Promise<Line> {
  const { driver, seed: chance = 1, log = silentLog } = options;
  const door: Door = options.door ?? ((request, runtime) => Promise.resolve(runtime().app.fetch(request)));
  let current: Runtime | undefined;
  const runtime = () => {
    if (!current) throw new Error("Expected a runtime, found none yet.");
    return current;
  };
  // A web service that takes its time waits for this clock: the runtime that waits for it cannot come to rest.
  const clock = virtualClock(options.at, async () => {
    if (current) await Promise.race([current.idle(), web.settled()]);
  });
  // Not `clock.sleep`: what it answers slowly is no request of the carrier's.
  const web = await openWebService(
    (ms) =>
      new Promise((resolve) => {
        clock.after(ms, resolve);
      }),
  );
  // A webhook that waits for an effect waits on this clock: virtual time has to go on although it is on the wire.
  const runtimeClock: Clock = {
    now: clock.now,
    after(ms, work) {
      const wake = ms === thinkingMs ? clock.asleep() : () => {};
      const cancel = clock.after(ms, () => {
        wake();
        work();
      });
      return () => {
        wake();
        cancel();
      };
    },
  };
  const opened = await openTestDatabase(driver);
  const { database } = opened;
  const server = serve({ fetch: (request) => door(request, runtime), hostname: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP: never a pipe's name
  const publicBaseUrl = `http://127.0.0.1:${port}`;
  const flows = (options.flows ?? []).map((document, index) => ({ document, number: numberOf(index) }));
  const carrier = await startCarrier({
    ...account,
    clock,
    numbers: [seedNumber, ...flows.map((one) => one.number)],
    random: carrierRandom(chance),
    people: options.people,
    // Placed calls begin at once.
    callsPerSecond: 0,
  });
  const rest = options.restDoor ? await openRestDoor(options.restDoor, carrier.url) : null;
  const provider = createTwilio({ ...account, publicBaseUrl, restBaseUrl: rest?.url ?? carrier.url });
  let made = 0;
  let life = { over: false };
  const make = () =>
    createRuntime({
      database: mortal(database, life),
      clock: runtimeClock,
      random: seededRandom(chance * 1000 + ++made),
      log,
      provider,
      publicBaseUrl,
      // Where `signedIn` says its browser is.
      origins: ["http://127.0.0.1:4400"],
      line: "built-in",
      version: "test",
      requests: {
        hosts: new Set<string>(),
        credentials: new Map(),
        allowLoopback: true,
        standIns: new Map((options.webHosts ?? []).map((host) => [host, web.url])),
      },
    });
  await seed({ database, clock, random: seededRandom(chance), number: seedNumber });
  current = make();
  await current.adoptNumbers();
  const published: { flowId: string; number: string }[] = [];
  for (const { document, number } of flows) {
    const { flowId } = await publishTest(database, document, number);
    published.push({ flowId, number });
  }
  await current.configureNumbers();
  await current.start();
  return {
    carrier,
    database,
    clock,
    number: seedNumber,
    published,
    web,
    publicBaseUrl,
    runtime,
    async killRuntime() {
      life.over = true;
      // What it still does ends in the dead database; its sweeps must not go on beside the next one's.
      void runtime().stop();
      life = { over: false };
      current = make();
      await current.start();
    },
    async until(holds, mostSeconds = 3600) {
      for (let second = 0; second < mostSeconds; second += 1) {
        if (await holds()) return;
        await clock.advance(1000);
      }
      throw new Error(`Expected it to hold within ${mostSeconds} s of virtual time, found it did not.`);
    },
    async close() {
      await runtime().stop();
      await carrier.close();
      web.close();
      rest?.close();
      closeServer(server);
      await opened.drop();
    },
  };
}

async function openRestDoor(door: RestDoor, carrierUrl: string): Promise<{ url: string; close(): void }> {
  const forward = (request: Request) => {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(carrierUrl + pathname + search, request));
  };
  const server = serve({ fetch: (request) => door(request, forward), hostname: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP: never a pipe's name
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function closeServer(server: ServerType): void {
  server.close();
  if ("closeAllConnections" in server) server.closeAllConnections();
}

/** The database as a process sees it that may die: from then on nothing it asks for happens. */
function mortal(database: Database, life: { readonly over: boolean }): Database {
  const alive = () => {
    if (life.over) throw new Error("this process is dead");
  };
  return {
    kind: database.kind,
    drizzle: database.drizzle,
    async query(text, parameters) {
      alive();
      const rows = await database.query(text, parameters);
      // It may have died while it waited for the answer: what was written stays written.
      alive();
      return rows as never; // the rows the caller named
    },
    async transaction(work) {
      alive();
      return await database.transaction(work);
    },
    close: () => database.close(),
  };
}
