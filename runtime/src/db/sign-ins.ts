/** One-time links and browser sessions. Only hashes of their secrets come here. */
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Database, Drizzle } from "./database.ts";
import { clients, signInLinks, signIns, users } from "./schema.ts";

export async function insertLink(
  tx: Drizzle,
  row: { clientId: number; tokenHash: string; userId: string; createdAt: number; expiresAt: number },
): Promise<void> {
  await tx.insert(signInLinks).values(row);
}

/** Uses the link up; null when it was used, is too old or never was. Two users of one link: one wins. */
export async function useLink(
  tx: Drizzle,
  tokenHash: string,
  now: number,
): Promise<{ clientId: number; userId: string } | null> {
  const [used] = await tx
    .update(signInLinks)
    .set({ usedAt: now })
    .where(
      and(eq(signInLinks.tokenHash, tokenHash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)),
    )
    .returning({ clientId: signInLinks.clientId, userId: signInLinks.userId });
  return used ?? null;
}

export async function insertSignIn(
  tx: Drizzle,
  row: {
    clientId: number;
    tokenHash: string;
    userId: string;
    createdAt: number;
    seenAt: number;
    expiresAt: number;
  },
): Promise<void> {
  await tx.insert(signIns).values(row);
}

export interface SignedIn {
  readonly clientId: number;
  readonly userId: string;
  readonly userName: string;
  readonly clientName: string;
  readonly seenAt: number;
}

export async function readSignIn(
  database: Database,
  tokenHash: string,
  now: number,
  idleMs: number,
): Promise<SignedIn | null> {
  const [row] = await database.query<{
    client_id: number;
    user_id: string;
    user_name: string;
    client_name: string;
    seen_at: number;
  }>(
    `select s.client_id, s.user_id::text as user_id, u.name as user_name, c.name as client_name, s.seen_at::float8 as seen_at
     from sign_ins s join users u on u.id = s.user_id and u.disabled_at is null join clients c on c.client_id = s.client_id
     where s.token_hash = $1::text and s.ended_at is null and s.expires_at > $2::bigint and s.seen_at > $3::bigint`,
    [tokenHash, now, now - idleMs],
  );
  if (!row) return null;
  return {
    clientId: row.client_id,
    userId: row.user_id,
    userName: row.user_name,
    clientName: row.client_name,
    seenAt: row.seen_at,
  };
}

export async function touchSignIn(tx: Drizzle, tokenHash: string, now: number): Promise<void> {
  await tx.update(signIns).set({ seenAt: now }).where(eq(signIns.tokenHash, tokenHash));
}

export async function endSignIn(tx: Drizzle, tokenHash: string, now: number): Promise<void> {
  await tx.update(signIns).set({ endedAt: now }).where(eq(signIns.tokenHash, tokenHash));
}

/** False when there is one with this id already. */
export async function insertClient(
  tx: Drizzle,
  clientId: number,
  name: string,
  at: number,
): Promise<boolean> {
  const row = { clientId, name, createdAt: at };
  const made = await tx.insert(clients).values(row).onConflictDoNothing().returning({ id: clients.clientId });
  return made.length === 1;
}

export async function insertUser(
  tx: Drizzle,
  row: { clientId: number; id: string; name: string; createdAt: number },
): Promise<void> {
  await tx.insert(users).values(row);
}

/** The first user of all: whom the link at start signs in. */
export async function firstUser(database: Database): Promise<{ clientId: number; userId: string } | null> {
  const [row] = await database.query<{ client_id: number; id: string }>(
    "select client_id, id::text as id from users where disabled_at is null order by created_at, id limit 1",
    [],
  );
  return row ? { clientId: row.client_id, userId: row.id } : null;
}
