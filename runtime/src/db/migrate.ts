/**
 * Brings the tables to the newest migration (drizzle/), the same set on both drivers, and refuses a database that a
 * newer program has already changed. On Postgres an advisory lock lets only one process migrate at a time.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import type { PgliteDatabase } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database } from "./database.ts";
import type { DatabaseOptions } from "./open-database.ts";
import type * as schema from "./schema.ts";

const folder = fileURLToPath(new URL("../../drizzle", import.meta.url));
/** Any number, the same in every process of every version. */
const migrationLock = 7_412_026;

/** Said when the data was written by a newer program; the process must stop. */
export class NewerDatabaseError extends Error {
  override name = "NewerDatabaseError";
}

export async function migrate(database: Database, options: DatabaseOptions): Promise<void> {
  if (options.kind === "pglite") {
    await refuseNewer((text) => database.query(text, []));
    // The handle of a PGlite database is drizzle on PGlite: pglite.ts made it.
    await migratePglite(database.drizzle as unknown as PgliteDatabase<typeof schema>, {
      migrationsFolder: folder,
    });
    return;
  }
  const client = postgres(options.url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const one = drizzlePostgres(client);
    await one.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await refuseNewer((text) => client.unsafe(text) as Promise<{ newest: string | null }[]>);
    await migratePostgres(one, { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 2 });
  }
}

async function refuseNewer(query: (text: string) => Promise<{ newest: string | number | null }[]>) {
  const there = await query("select to_regclass('drizzle.__drizzle_migrations')::text as newest");
  if (!there[0]?.newest) return;
  const rows = await query("select max(created_at)::text as newest from drizzle.__drizzle_migrations");
  const found = Number(rows[0]?.newest ?? 0);
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(`${folder}/meta/_journal.json`, "utf8"),
  );
  const known = journal.entries.at(-1)?.when ?? 0;
  if (found > known) {
    throw new NewerDatabaseError(
      "The database was last used by a newer version of Trunkline. Start that version, or restore a backup made before the update.",
    );
  }
}
