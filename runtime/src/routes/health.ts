/** Is the process fit to serve? For load balancers and people. */
import { Hono } from "hono";
import type { Database } from "../db/database.ts";
import { type Clock, within } from "../ports/clock.ts";
import { type PolicyEnv, policy } from "./policy.ts";

export function healthRoutes({
  database,
  clock,
  version,
}: {
  database: Database;
  clock: Clock;
  version: string;
}) {
  return new Hono<PolicyEnv>().get("/health", policy("open"), async (c) => {
    const asked = database.query("select 1 as one", []).then(
      () => true,
      () => false,
    );
    const ok = await within(clock, 2000, asked, () => false);
    return c.json({ ok, database: database.kind, version }, ok ? 200 : 503);
  });
}
