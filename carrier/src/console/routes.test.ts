/** The console's interface: what was asked and answered, the same once more, faults on and off. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

interface Shown {
  id: number;
  method: string;
  url: string;
  status: number;
  body: string;
  tookMs: number;
  signature: string;
  parameters: [string, string][];
  problem: { code: number } | null;
  warnings: { code: number }[];
}

async function ask(path: string, method = "GET", body?: object) {
  const response = await fetch(`${line.carrier.url}/_carrier/console${path}`, {
    method,
    headers: { authorization: `Bearer ${line.carrier.phoneToken}` },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}
// The interface's own shape, checked by the tests below.
const requests = async (about: string) =>
  (await ask(`/requests?about=${about}`)).body as { requests: Shown[]; alerts: { code: number }[] };

test("requests of a call with signature, answer, warnings and time; newest first", async () => {
  line.on("/voice", async () => {
    await line.clock.sleep(1200);
    return twiml("<Say Voice='x'>Hi.</Say><Redirect>/gone</Redirect>");
  });
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const { requests: found, alerts } = await requests(call.sid);
  expect(found).toMatchObject([
    { method: "POST", url: `${line.application}/gone`, status: 404, problem: { code: 11200 } },
    { method: "POST", url: `${line.application}/voice`, status: 200, tookMs: 1200, problem: null },
  ]);
  expect(found[1]!.warnings.map(({ code }) => code)).toEqual([12200]);
  expect(found[1]!.body).toContain("Hi.");
  expect(found[1]!.parameters).toContainEqual(["CallSid", call.sid]);
  expect(found[1]!.signature).toBe(line.received[0]!.headers["x-twilio-signature"]);
  expect(alerts.map(({ code }) => code)).toEqual([12200, 11200]);
});

test("a replay sends the same, signed, and changes no call", async () => {
  line.on("/voice", twiml("<Hangup/>"));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const [first] = (await requests(call.sid)).requests;
  const replayed = await ask(`/requests/${first!.id}/replay`, "POST");
  expect(replayed.body).toMatchObject({ request: { url: first!.url, status: 200 } });
  expect(line.received).toHaveLength(2);
  expect(line.received[1]).toMatchObject({ signed: true, parameters: line.received[0]!.parameters });
  expect(line.carrier.find(call.sid)?.status).toBe("completed");
  expect((await ask("/requests/999/replay", "POST")).status).toBe(404);
});

test("faults are switched on, seen and switched off", async () => {
  expect((await ask("/faults")).body).toEqual({ faults: null });
  expect((await ask("/faults", "PUT", { statusCallbacks: { drop: 2 } })).status).toBe(400);
  await ask("/faults", "PUT", { voiceRequests: { loseRequest: 1 } });
  expect((await ask("/state")).body).toMatchObject({ faults: { voiceRequests: { loseRequest: 1 } } });
  line.on("/voice", twiml("<Hangup/>"));
  expect((await ask("/faults", "DELETE")).status).toBe(204);
  expect((await ask("/state")).body).toMatchObject({
    faults: null,
    liveCalls: 0,
    numbers: [{ phoneNumber: number }],
  });
});

test("the page is for those with the key", async () => {
  expect((await fetch(`${line.carrier.url}/console`)).status).toBe(401);
  const page = await fetch(line.carrier.consoleUrl);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain("Carrier console");
  expect((await fetch(`${line.carrier.url}/_carrier/console/requests`)).status).toBe(401);
});
