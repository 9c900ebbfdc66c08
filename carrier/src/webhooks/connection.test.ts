/** Connection overrides as a table (protocol 2; Twilio, "Connection overrides"): what is asked again, when, and which code stands in the end. */
import { expect, test } from "vitest";
import { openLine, twiml } from "../testdata/line.ts";

/** What becomes of an attempt: a status, no connection, or an answer after so many seconds. */
type Attempt = number | "no connection" | { readonly after: number };
const late = { after: 60 };

const rows: [
  fragment: string,
  attempts: readonly Attempt[],
  /** When the application was reached, s. */
  reached: readonly number[],
  /** The code in the alert log; null when the document came. */
  code: number | null,
  /** When it was decided, s. */
  at: number,
][] = [
  ["", [200], [0], null, 0],
  // Only a failed connection is tried again, once, 5 s each.
  ["", ["no connection", 200], [5], null, 5],
  ["", ["no connection", "no connection", 200], [], 11201, 10],
  ["", [500, 200], [0], 11200, 0],
  ["", [404, 200], [0], 11200, 0],
  ["", [late, 200], [0], 11205, 15],
  ["", [{ after: 14 }], [0], null, 14],
  ["", ["no connection", late], [5], 11205, 15],
  // ct
  ["#ct=1000", ["no connection", 200], [1], null, 1],
  ["#ct=1000", ["no connection", "no connection"], [], 11201, 2],
  ["#rc=2&ct=1000", ["no connection", "no connection", 200], [2], null, 2],
  ["#ct=10000", ["no connection", 200], [10], null, 10],
  ["#ct=10000", ["no connection", "no connection"], [], 11205, 15],
  ["#rc=0", ["no connection", 200], [], 11201, 5],
  ["#rp=5xx", ["no connection", 200], [], 11201, 5],
  // rc
  ["#rc=2", [500, 200], [0], 11200, 0],
  ["#rc=2&rp=5xx", [500, 503, 200], [0, 0, 0], null, 0],
  ["#rc=1&rp=5xx", [500, 502, 200], [0, 0], 11200, 0],
  ["#rc=0&rp=5xx", [500, 200], [0], 11200, 0],
  ["#rc=5&rp=5xx", [500, 500, 500, 500, 500, 200], [0, 0, 0, 0, 0, 0], null, 0],
  ["#rc=5&rp=5xx", [500, 500, 500, 500, 500, 500, 200], [0, 0, 0, 0, 0, 0], 11200, 0],
  ["#rp=5xx", [500, 200], [0, 0], null, 0],
  // rp
  ["#rc=3&rp=4xx", [500, 200], [0], 11200, 0],
  ["#rc=3&rp=4xx", [404, 429, 200], [0, 0, 0], null, 0],
  ["#rc=3&rp=5xx", [404, 200], [0], 11200, 0],
  ["#rc=3&rp=all", [404, 500, 200], [0, 0, 0], null, 0],
  ["#rc=3&rp=all", ["no connection", 500, 404, 200], [5, 5, 5], null, 5],
  ["#rc=2&rp=ct,5xx", ["no connection", 500, 200], [5, 5], null, 5],
  ["#rc=2&rp=4xx,5xx", [418, 599, 200], [0, 0, 0], null, 0],
  ["#rc=3&rp=all", [304, 200], [0], 11200, 0],
  // rt
  ["#rt=2000", [late, 200], [0], 11205, 2],
  ["#rt=2000&rp=rt", [late, 200], [0, 2], null, 2],
  ["#rt=5000&rp=ct,rt", [late, 200], [0, 5], null, 5],
  ["#rt=2000&rp=rt", [late, late, 200], [0, 2], 11205, 4],
  ["#rt=2000&rp=all&rc=2", [late, 500, 200], [0, 2, 2], null, 2],
  ["#rt=2000&rp=rt&rc=5", [{ after: 1 }], [0], null, 1],
  // tt
  ["#tt=3000", [late], [0], 11203, 3],
  ["#tt=3000", [{ after: 2 }], [0], null, 2],
  ["#tt=3000", ["no connection", 200], [], 11203, 3],
  ["#tt=3000&rt=2000&rc=5&rp=rt", [late, late], [0, 2], 11203, 3],
  ["#rt=4000&rc=5&rp=rt", [late, late, late, late, late], [0, 4, 8, 12], 11205, 15],
  ["#rt=15000&tt=15000", [late], [0], 11203, 15],
  // sni, e, and fragments that are something else
  ["#sni=n", [200], [0], null, 0],
  ["#sni=y&e=ashburn,umatilla&rc=1", [200], [0], null, 0],
  ["#e=ashburn-ix", [200], [0], null, 0],
  ["#top", [200], [0], null, 0],
  ["#", [200], [0], null, 0],
  // wrong ones: the request is not made
  ...[
    "#rc=6",
    "#rc=-1",
    "#rc=x",
    "#rc=",
    "#ct=99",
    "#ct=10001",
    "#rt=99",
    "#rt=15001",
    "#tt=0",
    "#tt=15001",
  ].map((fragment) => [fragment, [200], [], 11243, 0] as [string, Attempt[], number[], number, number]),
  ["#rp=ct,sometimes", [200], [], 11243, 0],
  ["#rp=", [200], [], 11243, 0],
  ["#sni=maybe", [200], [], 11243, 0],
  ["#e=atlantis", [200], [], 11240, 0],
];

test.each(rows)("%s %j", async (fragment, attempts, reached, code, at) => {
  const line = await openLine();
  try {
    let tries = 0;
    let noConnection = 0;
    while (attempts[noConnection] === "no connection") noConnection++;
    line.carrier.setFaults({
      voiceRequest: ({ url }) =>
        url.includes("/next") ? { lose: "connection", attempts: noConnection } : undefined,
    });
    line.on("/voice", twiml(`<Redirect>/next${fragment.replaceAll("&", "&amp;")}</Redirect>`));
    line.on("/next", async () => {
      const what = attempts[noConnection + tries++];
      if (typeof what === "object") await line.clock.sleep(what.after * 1000);
      return typeof what === "number" && what !== 200 ? { status: what } : twiml("<Say>Fourteen chars</Say>");
    });
    const call = line.carrier.call({ from: "+15550199001", to: "+15550100001" });
    await line.clock.runUntilIdle();
    const asked = line.received.filter(({ path }) => path === "/next");
    expect(asked.map((one) => one.at)).toEqual(reached);
    expect(asked.every(({ signed }) => signed)).toBe(true);
    const alerts = line.carrier.alerts(call.sid);
    expect(alerts.map((one) => one.code)).toEqual(code === null ? [] : [code]);
    const answered = call.person.transcript.find(({ what }) => what === "answered");
    expect((answered?.atMs ?? 0) / 1000).toBe(at);
    const tokens = new Set(asked.map(({ headers }) => headers["i-twilio-idempotency-token"]));
    expect(tokens.size).toBe(Math.min(1, asked.length));
  } finally {
    await line.close();
  }
});

test("equal tokens are attempts of one request: the next request, and the fallback, have tokens of their own", async () => {
  const line = await openLine({
    numbers: [],
  });
  try {
    line.carrier.setNumber("+15550100001", {
      voiceUrl: `${line.application}/voice#rp=5xx`,
      voiceFallbackUrl: `${line.application}/fallback`,
    });
    line.on("/voice", { status: 500 });
    line.on("/fallback", twiml("<Redirect>/end</Redirect>"));
    line.on("/end", twiml(""));
    line.carrier.call({ from: "+15550199001", to: "+15550100001" });
    await line.clock.runUntilIdle();
    expect(line.received.map(({ path }) => path)).toEqual(["/voice", "/voice", "/fallback", "/end"]);
    const tokens = line.received.map(({ headers }) => headers["i-twilio-idempotency-token"]);
    expect(tokens[0]).toBe(tokens[1]);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens.every((token) => /^[0-9a-f-]{36}$/.test(String(token)))).toBe(true);
  } finally {
    await line.close();
  }
});
