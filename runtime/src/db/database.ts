/**
 * What the rest of the runtime knows of a database: hand-written prepared SQL for the hot path, drizzle for the rest.
 * Doorway: `openDatabase` (open-database.ts) makes one, whoever opened it closes it.
 *
 * PGlite has ONE connection: inside `transaction` use only the executor handed in; a query on the outer handle
 * waits for ever there.
 */
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema.ts";

export type Parameter = string | number | boolean | null;

/** Drizzle on either driver, or a transaction of it. */
export type Drizzle = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface Database {
  readonly kind: "pglite" | "postgres";
  readonly drizzle: Drizzle;
  /**
   * One prepared statement, its own transaction. Name the types of parameters in the text (`$1::text::json`), so that
   * both drivers send them alike; 64-bit integers may come back as text.
   */
  query<Row extends object>(text: string, parameters: readonly Parameter[]): Promise<Row[]>;
  transaction<T>(work: (tx: Drizzle) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** SQLSTATE classes and driver codes that say "not now" rather than "never": F16 of the reliability design. */
const awayCodes =
  /^(08|53|57P0|55006|CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/;

/** SQLSTATE or driver code of what went wrong, wherever drizzle wrapped it. */
export function codeOf(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return null;
}

/** Is the database away, as opposed to refusing what we asked? */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null) return awayCodes.test(code);
  return error instanceof Error && /PGlite is clos|database is away/i.test(error.message);
}
