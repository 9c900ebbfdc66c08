/** Documents that are fetched by GET may be kept (protocol 2, caching): what the server is asked, and what the caller hears. */
import { expect, test } from "vitest";
import { openLine, type Received, type Reply, twiml } from "../testdata/line.ts";

const words = (text: string) => twiml(`<Say>${text}</Say>`);
const loop = '<Pause length="10"/><Redirect method="GET">/menu</Redirect>';

/** Asked four times, ten seconds apart; what each request said it had, and what was heard. */
const rows: [
  rule: string,
  method: "GET" | "POST",
  headers: Record<string, string>,
  asked: (string | undefined)[],
][] = [
  ["without headers it is asked every time", "GET", {}, [undefined, undefined, undefined, undefined]],
  ["max-age=15: every other time", "GET", { "cache-control": "max-age=15" }, [undefined, undefined]],
  ["max-age=3600: once", "GET", { "cache-control": "max-age=3600" }, [undefined]],
  ["ETag: asked whether it has changed", "GET", { etag: '"v"' }, [undefined, '"v"', '"v"', '"v"']],
  ["no-store", "GET", { etag: '"v"', "cache-control": "no-store" }, Array(4).fill(undefined)],
  ["POST never", "POST", { "cache-control": "max-age=3600", etag: '"v"' }, Array(4).fill(undefined)],
];
test.each(rows)("HTTP 2, caching: %s", async (_rule, method, headers, asked) => {
  const line = await openLine({ numbers: [] });
  try {
    line.carrier.setNumber("+15550100001", { voiceUrl: `${line.application}/menu`, voiceMethod: method });
    const menu = words("Menu.").replace("</Say>", `</Say>${loop.replace("GET", method)}`);
    line.on("/menu", (request): Reply => {
      const known = request.headers["if-none-match"] === '"v"';
      return known ? { status: 304, headers } : { headers, body: menu };
    });
    // The caller's number is in the query, so only a call's own requests are alike; from the second on they are.
    const call = line.carrier.call({
      from: "+15550199001",
      to: "+15550100001",
      script: { steps: [{ hear: "Menu." }, { silentSeconds: 45 }, { hangUp: true }] },
    });
    await line.clock.runUntilIdle();
    const heard = call.person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text);
    expect(heard.slice(0, 5)).toEqual(Array(5).fill("Menu."));
    const later = line.received.slice(1, 1 + asked.length);
    expect(later.map((one: Received) => one.headers["if-none-match"])).toEqual(asked);
    if (method === "GET" && asked.length < 4) expect(line.received.length).toBe(1 + asked.length);
    expect(line.received.every(({ signed }) => signed)).toBe(true);
    expect(line.carrier.alerts()).toEqual([]);
  } finally {
    await line.close();
  }
});
