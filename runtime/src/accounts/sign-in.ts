/**
 * Who may come in: one-time links (256 bits, 15 minutes, one use) become browser sessions (12 hours, two idle).
 * Only SHA-256 hashes are stored; the secrets exist in the link, in the cookie and nowhere else.
 * Doorway: `createSignIn` in app.ts; routes/session.ts and the policy use it.
 */
import { createHash } from "node:crypto";
import type { Database } from "../db/database.ts";
import {
  endSignIn,
  firstUser,
  insertLink,
  insertSignIn,
  readSignIn,
  touchSignIn,
  useLink,
} from "../db/sign-ins.ts";
import type { Clock } from "../ports/clock.ts";
import { makeSecret, type Random } from "../ports/random.ts";

const linkMs = 15 * 60_000;
const idleMs = 2 * 60 * 60_000;
export const longestSignInMs = 12 * 60 * 60_000;
/** A session's last use is written at most this often. */
const touchMs = 60_000;

/** Who is signed in. */
export interface Member {
  readonly clientId: number;
  readonly userId: string;
  readonly userName: string;
  readonly clientName: string;
  /** For signing out. */
  readonly tokenHash: string;
}

export interface SignIn {
  /** A new link's secret for the first user. Throws when there is no user. */
  issueLink(): Promise<string>;
  /** The secret of a new session, or null: used, too old, unknown. */
  enter(linkSecret: string): Promise<string | null>;
  memberOf(sessionSecret: string): Promise<Member | null>;
  /** Does this session go on? For streams, which outlive their request; asking does not count as use. */
  goesOn(tokenHash: string): Promise<boolean>;
  leave(tokenHash: string): Promise<void>;
}

export function createSignIn(parts: { database: Database; clock: Clock; random: Random }): SignIn {
  const { database, clock, random } = parts;
  return {
    async issueLink() {
      const user = await firstUser(database);
      if (!user) throw new Error("Expected a user to sign in, found none.");
      const secret = makeSecret(random);
      const createdAt = clock.now();
      await insertLink(database.drizzle, {
        ...user,
        tokenHash: hashOf(secret),
        createdAt,
        expiresAt: createdAt + linkMs,
      });
      return secret;
    },
    async enter(linkSecret) {
      const now = clock.now();
      return await database.transaction(async (tx) => {
        const used = await useLink(tx, hashOf(linkSecret), now);
        if (!used) return null;
        const secret = makeSecret(random);
        const expiresAt = now + longestSignInMs;
        await insertSignIn(tx, {
          ...used,
          tokenHash: hashOf(secret),
          createdAt: now,
          seenAt: now,
          expiresAt,
        });
        return secret;
      });
    },
    async memberOf(sessionSecret) {
      const tokenHash = hashOf(sessionSecret);
      const now = clock.now();
      const found = await readSignIn(database, tokenHash, now, idleMs);
      if (!found) return null;
      const { seenAt, ...member } = found;
      if (now - seenAt > touchMs) await touchSignIn(database.drizzle, tokenHash, now);
      return { ...member, tokenHash };
    },
    async goesOn(tokenHash) {
      return (await readSignIn(database, tokenHash, clock.now(), idleMs)) !== null;
    },
    leave: (tokenHash) => endSignIn(database.drizzle, tokenHash, clock.now()),
  };
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
