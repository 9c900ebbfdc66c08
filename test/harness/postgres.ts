/**
 * A fresh database for one suite. `pnpm test` starts the server and hands over its address; a suite on its own is
 * given one with `TRUNKLINE_TEST_POSTGRES_URL=postgres://… pnpm exec vitest run …`.
 *
 * ```ts
 * let database: FreshDatabase;
 * beforeAll(async () => { database = await freshDatabase(); });
 * afterAll(() => database.drop());
 * ```
 */
import { randomBytes } from "node:crypto";
import postgres from "postgres";

export interface FreshDatabase {
  readonly url: string;
  /** Cuts what is still connected. */
  drop(): Promise<void>;
}

export async function freshDatabase(
  serverUrl = process.env.TRUNKLINE_TEST_POSTGRES_URL,
): Promise<FreshDatabase> {
  if (!serverUrl)
    throw new Error("Expected TRUNKLINE_TEST_POSTGRES_URL, found none: run the tests by `pnpm test`.");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asOwner(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asOwner(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function asOwner(serverUrl: string, statement: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
