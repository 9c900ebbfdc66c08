/**
 * Opens the database of either kind and brings it to the newest migration.
 * Doorway: `openDatabase(options)`. Fails with a sentence when the data is newer than the program or the server is
 * out of reach. For a PGlite folder take the lock first (boot/lock.ts): PGlite itself lets two processes in and
 * loses one's rows.
 */

import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";

export type DatabaseOptions =
  /** `dataDir` is a folder; without it the database lives in memory. `image` is a dump to start from (tests). */
  | { readonly kind: "pglite"; readonly dataDir?: string; readonly image?: Blob }
  | { readonly kind: "postgres"; readonly url: string };

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = options.kind === "pglite" ? await openPglite(options) : openPostgres(options.url);
  try {
    await migrate(database, options);
    return database;
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}
