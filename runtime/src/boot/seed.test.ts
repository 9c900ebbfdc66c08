/** Two processes find the same empty database: one plants, the other goes on. */
import { expect, test } from "vitest";
import { openTestDatabase, seededRandom, testDrivers, virtualClock } from "../testing.ts";
import { seed } from "./seed.ts";

test.each(testDrivers)("two first boots at once on %s: one plants", async (driver) => {
  const opened = await openTestDatabase(driver);
  try {
    const parts = { database: opened.database, clock: virtualClock(), number: null };
    const planted = await Promise.all([1, 2].map((one) => seed({ ...parts, random: seededRandom(one) })));
    expect(planted.sort()).toEqual([false, true]);
    const [found] = await opened.database.query<{ n: number }>("select count(*)::int as n from flows", []);
    expect(found).toEqual({ n: 1 });
  } finally {
    await opened.drop();
  }
});
