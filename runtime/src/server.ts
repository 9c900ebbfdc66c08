/**
 * The process: environment, data folder, lock, port, database, line, designer, seed, webhooks; then it serves until
 * told to stop. Everything that can go wrong at the start ends with one sentence and exit code 1; SIGTERM and SIGINT
 * drain and exit with 0. Nothing imports this file but start.mjs.
 *
 * The program itself (app.ts) is loaded only once lock and port are ours: loading takes a second, refusing must not.
 */
import { accessSync, constants, mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import manifest from "../package.json" with { type: "json" };
import type { Database, Provider, Runtime } from "./app.ts";
import { buildDesigner, hasDesigner, isStale } from "./boot/build-designer.ts";
import { type CarrierProcess, startCarrier } from "./boot/carrier-process.ts";
import { type Lock, takeLock } from "./boot/lock.ts";
import { ownNumber } from "./boot/own-number.ts";
import { type Env, loadEnvFile, readEnv } from "./env.ts";
import { systemClock as clock, within } from "./ports/clock.ts";
import { consoleLog as log } from "./ports/log.ts";
import { systemRandom as random } from "./ports/random.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** All of stopping must fit in this. */
const drainMs = 9000;
/** Open streams are cut after this. */
const politeMs = 2000;
/** How long a webhook that comes while we start waits for us to be ready; the carrier gives up after 15 s. */
const patientMs = 8000;

type Program = typeof import("./app.ts");

/** What is open, in the order it was opened; closed in reverse. */
const open: { name: string; close: () => Promise<void> | void }[] = [];

async function start(): Promise<void> {
  const began = clock.now();
  loadEnvFile(join(root, ".env"));
  const env = readEnv();
  if (env.databaseUrl === null) {
    const lock = lockFolder(folderOf(env));
    open.push({ name: "lock", close: () => lock.release() });
  }
  const ready = Promise.withResolvers<void>();
  let handler = async (request: Request): Promise<Response> => {
    // A caller is not turned away because we have just started; everybody else may ask again.
    const called = /^\/(hooks|t|out)\//.test(new URL(request.url).pathname);
    if (
      !called ||
      !(await within<boolean>(
        clock,
        patientMs,
        ready.promise.then(() => true),
        () => false,
      ))
    )
      return starting();
    return handler(request);
  };
  const server = await listen(env, (request) => handler(request));
  open.push({ name: "server", close: () => closeServer(server) });
  const { port } = server.address() as AddressInfo; // listening on TCP

  const linked = linking(env);
  const loaded = import("./app.ts");
  const opened = loaded.then((program) => opening(env, program));
  const [program, database, line] = await Promise.all([loaded, opened, linked, building(env)]);
  const number = line ? ownNumber : null;
  if (await program.seed({ database, clock, random, number })) {
    log.info(
      number
        ? `New here: planted a flow on ${number}.`
        : "New here: planted a flow; give it a number under Numbers.",
    );
  }
  const loopback = `http://127.0.0.1:${port}`;
  const publicBaseUrl = env.publicBaseUrl ?? loopback;
  const local = [loopback, `http://localhost:${port}`];
  const publicOrigin = new URL(publicBaseUrl).origin;
  const runtime = program.createRuntime({
    database,
    clock,
    random,
    log,
    version: manifest.version,
    publicBaseUrl,
    origins: env.production ? [publicOrigin] : [...new Set([publicOrigin, ...local])],
    line: line ? "built-in" : "twilio",
    provider: providerOf(program, env, line, publicBaseUrl),
    ...(line ? { phone: { url: line.url, token: line.phoneToken } } : {}),
    requests: env.requests,
    designerDist: join(root, "designer/dist"),
  });
  if (line) await runtime.closeLostCalls();
  await runtime.start();
  open.push({ name: "runtime", close: () => runtime.stop() });
  handler = async (request) => runtime.app.fetch(request);
  ready.resolve();
  await connectNumbers(runtime, line);
  const seconds = ((clock.now() - began) / 1000).toFixed(1);
  const address = env.publicBaseUrl && env.production ? publicBaseUrl : loopback;
  log.info(`Ready in ${seconds} s: ${line ? "built-in telephone line" : "Twilio"}, ${database.kind}.`);
  log.info(`Open ${address}/sign-in#${await runtime.signIn.issueLink()}`);
}

function starting(): Response {
  return Response.json(
    { code: "starting", sentence: "Trunkline is starting. Try again in a moment." },
    { status: 503 },
  );
}

function folderOf(env: Env): string {
  return env.dataDir ?? join(root, "data");
}

function lockFolder(folder: string): Lock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(
      `The data folder ${folder} cannot be written: make it writable, or set TRUNKLINE_DATA_DIR to another folder.`,
    );
  }
  return takeLock(folder);
}

function listen(env: Env, fetch: (request: Request) => Response | Promise<Response>): Promise<Server> {
  // The adaptor makes a plain HTTP server unless told otherwise.
  const server = createAdaptorServer({ fetch }) as Server;
  // Nobody may hold a connection by sending slowly; carriers give up after 15 s themselves.
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const busy = `Port ${env.port} is in use: stop what uses it, or set PORT to another number.`;
      const denied = `Port ${env.port} on ${env.host} cannot be used (${error.code}): set PORT or HOST to something else.`;
      reject(new Error(error.code === "EADDRINUSE" ? busy : denied));
    });
    server.listen(env.port, env.host, () => resolve(server));
  });
}

async function opening(env: Env, program: Program): Promise<Database> {
  const database = await program
    .openDatabase(
      env.databaseUrl === null
        ? { kind: "pglite", dataDir: join(folderOf(env), "database") }
        : { kind: "postgres", url: env.databaseUrl },
    )
    .catch((error: unknown) => {
      if (error instanceof program.NewerDatabaseError) throw error;
      const where = env.databaseUrl === null ? `in ${folderOf(env)}` : "named by DATABASE_URL";
      const why = program.codeOf(error) ?? (error instanceof Error ? error.name : "unknown");
      throw new Error(
        `The database ${where} could not be opened (${why}): check that it is there and may be used.`,
      );
    });
  open.push({ name: "database", close: () => database.close() });
  return database;
}

async function linking(env: Env): Promise<CarrierProcess | null> {
  if (env.twilio) return null;
  const line = await startCarrier({ clock, random, numbers: [ownNumber] });
  open.push({ name: "line", close: () => line.stop() });
  line.onEnd(() => log.warn("The built-in telephone line has ended: restart Trunkline to get it back."));
  return line;
}

async function building(env: Env): Promise<void> {
  if (env.designerBuild === "skip" || !hasDesigner(root) || !isStale(root)) return;
  const began = clock.now();
  log.info("Building the designer, because its sources changed …");
  await buildDesigner(root);
  log.info(`Built the designer in ${((clock.now() - began) / 1000).toFixed(1)} s.`);
}

function providerOf(
  program: Program,
  env: Env,
  line: CarrierProcess | null,
  publicBaseUrl: string,
): Provider {
  if (line) {
    const { accountSid, authToken, url } = line;
    return program.createTwilio({ accountSid, authToken, publicBaseUrl, restBaseUrl: url });
  }
  if (!env.twilio) throw new Error("Expected a line or a Twilio account, found neither.");
  const { accountSid, authToken, apiKey } = env.twilio;
  return program.createTwilio({ accountSid, authToken, publicBaseUrl, ...(apiKey ? { apiKey } : {}) });
}

async function connectNumbers(runtime: Runtime, line: CarrierProcess | null): Promise<void> {
  await runtime.adoptNumbers();
  const refused = await runtime.configureNumbers();
  if (refused.length === 0) return;
  const why = line ? `the built-in line has ${ownNumber} only` : "check that the Twilio account owns them";
  log.info(`The line did not accept the webhook addresses of ${refused.join(", ")}: ${why}.`);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  server.closeIdleConnections();
  if (await within<boolean>(clock, politeMs, closed, () => false)) return;
  server.closeAllConnections();
  await closed;
}

/** Newest first, except that nobody may ask the database after it is closed. */
async function closeAll(): Promise<void> {
  const order = ["server", "runtime", "line", "database", "lock"];
  for (const name of order) {
    for (const one of open.filter((thing) => thing.name === name)) {
      await Promise.resolve(one.close()).catch((error: unknown) =>
        log.warn("Closing failed.", { what: name }, error),
      );
    }
  }
  open.length = 0;
}

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const clean = await within(
    clock,
    drainMs,
    closeAll().then(() => true),
    () => false,
  );
  process.exit(clean ? code : 1);
}

process.once("SIGTERM", () => void stop(0));
process.once("SIGINT", () => void stop(0));
// Ours to hear of, not to die of: a call in another corner goes on.
process.on("unhandledRejection", (error) =>
  log.warn("A promise was left alone with its failure.", {}, error),
);

start().catch(async (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await stop(1);
});
