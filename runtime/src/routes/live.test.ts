/** A stream nobody reads: what waits for it must not grow without end. */
import { Hono } from "hono";
import { expect, test } from "vitest";
import type { LiveNews } from "../live/bus.ts";
import { openTestDatabase, seedTest, testRuntime, until } from "../testing.ts";
import { liveRoutes } from "./live.ts";
import type { PolicyEnv } from "./policy.ts";

test("a reader that stands still is dropped, also while something is being sent to it", async () => {
  const opened = await openTestDatabase("pglite");
  try {
    await seedTest(opened.database);
    const runtime = testRuntime(opened.database);
    const member = { clientId: 1, userId: "1", userName: "Ada", clientName: "A", tokenHash: "hash" };
    const hearers = new Set<(news: LiveNews) => void>();
    const bus = {
      publish: () => {},
      subscribe(hear: (news: LiveNews) => void) {
        hearers.add(hear);
        return () => void hearers.delete(hear);
      },
    };
    const signIn = { ...runtime.signIn, goesOn: async () => true };
    const app = new Hono<PolicyEnv>()
      .use(async (c, next) => {
        c.set("guard", { origins: new Set<string>(), cookie: "own", memberOf: async () => member });
        await next();
      })
      .route("/", liveRoutes({ database: opened.database, clock: runtime.clock, bus, signIn }));
    const answer = await app.request("/live", { headers: { cookie: "own=1" } });
    await until(() => hearers.size === 1);
    await new Promise((resolve) => setImmediate(resolve)); // the first ping is on its way, and nobody takes it
    const news: LiveNews = { clientId: 1, callId: "00000000-0000-7000-8000-000000000000", trace: [] };
    for (let told = 0; told < 1200; told++) for (const hear of hearers) hear(news);
    expect(hearers.size).toBe(0);
    await answer.body?.cancel();
  } finally {
    await opened.drop();
  }
});
