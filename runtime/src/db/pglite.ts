/**
 * PGlite: PostgreSQL inside the process, for one machine and for tests. It never calls fsync: kill -9 loses nothing
 * acknowledged, power loss may. Production is Postgres.
 */
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { Database, Drizzle } from "./database.ts";
import * as schema from "./schema.ts";

export async function openPglite(options: { dataDir?: string; image?: Blob }): Promise<Database> {
  const client = await PGlite.create({
    ...(options.dataDir ? { dataDir: options.dataDir } : {}),
    ...(options.image ? { loadDataDir: options.image } : {}),
  });
  const orm: Drizzle = drizzle(client, { schema });
  return {
    kind: "pglite",
    drizzle: orm,
    async query<Row extends object>(text: string, parameters: readonly (string | number | boolean | null)[]) {
      return (await client.query<Row>(text, [...parameters])).rows;
    },
    transaction: (work) => orm.transaction(work),
    close: () => client.close(),
  };
}
