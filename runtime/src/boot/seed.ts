/**
 * What an empty installation begins with: one client, one user, the catalogue's first flow, published, and a number
 * that rings it if the line has one of its own. Doorway: `seed`, once at boot; does nothing when there is a client already.
 */

import { catalogue } from "@trunkline/flows";
import { hashFlow } from "@trunkline/schema/document";
import type { Database } from "../db/database.ts";
import { insertFlow, insertVersion, pointLive } from "../db/flows.ts";
import { insertNumber } from "../db/numbers.ts";
import { firstUser, insertClient, insertUser } from "../db/sign-ins.ts";
import type { Clock } from "../ports/clock.ts";
import { makeId, makeToken, type Random } from "../ports/random.ts";

/** The one client of an installation, until there are more. */
export const firstClient = 1;

/** True when it planted something. */
export async function seed(parts: {
  database: Database;
  clock: Clock;
  random: Random;
  /** The line's own number; a real account brings its own (`adoptNumbers`). */
  number: string | null;
}): Promise<boolean> {
  const { database, clock, random, number } = parts;
  if (await firstUser(database)) return false;
  const [template] = catalogue;
  if (!template) throw new Error("Expected a flow in the catalogue, found none.");
  const at = clock.now();
  const { document } = template;
  const hash = hashFlow(document);
  const clientId = firstClient;
  const by = "Owner";
  return await database.transaction(async (tx) => {
    // Another process may be planting at this moment: the later one waits here, and leaves it at that.
    if (!(await insertClient(tx, clientId, "My organisation", at))) return false;
    await insertUser(tx, { clientId, id: makeId(random, at), name: by, createdAt: at });
    const flowId = makeId(random, at);
    const draft = { name: document.name, description: document.description ?? "", document, hash };
    await insertFlow(tx, { clientId, id: flowId, draft, at });
    const versionId = makeId(random, at);
    const note = "First version, from the catalogue.";
    await insertVersion(tx, { clientId, id: versionId, flowId, hash, document, note, at, by });
    await pointLive(tx, { clientId, flowId, versionId, at, by });
    if (number !== null)
      await insertNumber(tx, { clientId, number, label: "Front desk", hookToken: makeToken(random), flowId });
    return true;
  });
}
