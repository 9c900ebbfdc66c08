/** API keys of the account: other credentials than its token (protocol 1). In memory; a secret is shown once, when it is made. */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { secretsEqual } from "../secrets.ts";

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
}

export interface ApiKeys {
  add(friendlyName: string, given?: { readonly sid: string; readonly secret: string }): ApiKey;
  rename(key: ApiKey, friendlyName: string): void;
  get(sid: string): ApiKey | undefined;
  remove(sid: string): boolean;
  list(): ApiKey[];
  /** Whether this is the secret of this key. */
  opens(sid: string, secret: string): boolean;
}

export function createApiKeys(clock: Clock, random: Random): ApiKeys {
  const known = new Map<string, ApiKey>();
  return {
    add(friendlyName, given) {
      const now = clock.now();
      const { sid, secret } = given ?? { sid: makeSid("SK", random), secret: makeSid("", random) };
      const key: ApiKey = { sid, secret, createdAt: now, updatedAt: now, friendlyName };
      known.set(sid, key);
      return key;
    },
    rename(key, friendlyName) {
      key.friendlyName = friendlyName;
      key.updatedAt = clock.now();
    },
    get: (sid) => known.get(sid),
    remove: (sid) => known.delete(sid),
    list: () => [...known.values()],
    opens(sid, secret) {
      const key = known.get(sid);
      return key !== undefined && secretsEqual(key.secret, secret);
    },
  };
}
