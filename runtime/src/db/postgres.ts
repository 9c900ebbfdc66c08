/**
 * Postgres over TCP. Two clients: drizzle changes the JSON and date handling of the one it is given, so the hot path
 * has its own pool of 8 (performance.md: enough on two cores), with prepared statements.
 */
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, Drizzle } from "./database.ts";
import * as schema from "./schema.ts";

export function openPostgres(url: string): Database {
  const options = { connect_timeout: 2, backoff: () => 0.2, onnotice: () => {} };
  const hot = postgres(url, { ...options, max: 8 });
  const cold = postgres(url, { ...options, max: 4 });
  const orm: Drizzle = drizzle(cold, { schema });
  return {
    kind: "postgres",
    drizzle: orm,
    async query<Row extends object>(text: string, parameters: readonly (string | number | boolean | null)[]) {
      return [...(await hot.unsafe<Row[]>(text, [...parameters], { prepare: true }))];
    },
    transaction: (work) => orm.transaction(work),
    async close() {
      await Promise.all([hot.end({ timeout: 2 }), cold.end({ timeout: 2 })]);
    },
  };
}
