/** The console's interface: what was asked and answered, the same once more, faults on and off. */
import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountSid, authToken, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";

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

/** What the page draws, checked by the tests below. */
interface Overview {
  calls: { sid: string; status: string; parentCallSid: string | null }[];
  requests: { id: number; document: string; status: number; warnings: number; code: number | null }[];
  alertCount: number;
  story: {
    live: boolean;
    children: { sid: string }[];
    moments: { what: string; text: string; who: string | null }[];
  };
}
const overview = async (about = "") => (await ask(`/overview?about=${about}`)).body as Overview;

test("the story of a call and of those it dialled, in order", async () => {
  line.on("/voice", twiml('<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>'));
  line.on("/key", twiml("<Dial>+15550150001</Dial>"));
  line.carrier.setFarEnd("+15550150001", {
    steps: [{ say: "Hello." }, { silentSeconds: 3 }, { hangUp: true }],
  });
  const script = { steps: [{ hear: "press 1", press: "1" }] };
  const call = line.carrier.call({ from: caller, to: number, script });
  await line.clock.advance(6000);
  expect((await overview(call.sid)).story).toMatchObject({
    live: true,
    children: [{ parent_call_sid: call.sid }],
  });
  await line.clock.runUntilIdle();
  const { story, calls, requests } = await overview(call.sid);
  expect(story.live).toBe(false);
  expect(calls.map(({ status }) => status)).toEqual(["completed", "completed"]);
  expect(requests.map(({ document }) => document)).toEqual([
    `${line.application}/key`,
    `${line.application}/voice`,
  ]);
  expect(
    story.moments.map(({ who, what, text }) => `${who === null ? "-" : who.slice(-4)} ${what} ${text}`),
  ).toEqual([
    "9001 ringing ",
    `- asked POST ${line.application}/voice`,
    "9001 answered ",
    "9001 listening dtmf",
    "9001 heard Press 1.",
    "9001 pressed 1",
    `- asked POST ${line.application}/key`,
    "0001 ringing ",
    "0001 answered ",
    "0001 said Hello.",
    "9001 connected ",
    "0001 connected ",
    "9001 heard Hello.",
    "0001 hung-up ",
    "9001 disconnected ",
    "9001 ended completed by application",
    "0001 ended completed by callee",
  ]);
  expect((await overview("CAunknown")).story).toBeNull();
});

test("a person at a browser has a story too", async () => {
  line.on("/voice", twiml('<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>'));
  line.on("/key", twiml("<Hangup/>"));
  const phone = (path: string, body: object) =>
    fetch(`${line.carrier.url}/_carrier/phone${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${line.carrier.phoneToken}` },
      body: JSON.stringify(body),
    });
  // The telephone's documented answer.
  const { id, callSid } = (await (await phone("/calls", { to: number, from: caller })).json()) as {
    id: string;
    callSid: string;
  };
  await line.clock.advance(500);
  expect((await phone(`/calls/${id}/keys`, { digits: "1" })).status).toBe(204);
  await line.clock.runUntilIdle();
  const { story } = await overview(callSid);
  expect(
    story.moments.filter(({ who }) => who === caller).map(({ what, text }) => `${what} ${text}`.trim()),
  ).toEqual([
    "ringing",
    "answered",
    "heard Press 1.",
    "pressed 1",
    "interrupted",
    "ended completed by application",
  ]);
});

test("one request with its TwiML line by line and its signature explained", async () => {
  line.on("/voice", twiml("<Say Voice='x'>Hi.</Say>"));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const [row] = (await overview(call.sid)).requests;
  expect(row).toMatchObject({ status: 200, warnings: 1, code: null });
  const { body } = await ask(`/requests/${row!.id}`);
  expect(body).toMatchObject({
    lines: [
      { depth: 0 },
      { depth: 1, text: '<Say Voice="x">Hi.</Say>', warnings: [{ code: 12200 }] },
      { depth: 0 },
    ],
    help: { signature: line.received[0]!.headers["x-twilio-signature"] },
  });
  // The console's own shape.
  const { help } = body as { help: { signed: string; mistakes: { because: string; signature: string }[] } };
  expect(help.signed).toMatch(new RegExp(`^${line.application}/voiceAccountSid${accountSid}ApiVersion`));
  const https = `${line.application.replace("http:", "https:")}/voice`;
  const { parameters } = line.received[0]!;
  const seen = help.mistakes.find(({ because }) => because.includes("https"))!.signature;
  expect(twilio.validateRequest(authToken, seen, https, { ...parameters })).toBe(true);
  expect((await ask("/requests/999")).status).toBe(404);
});

test("a call is ended from outside, once", async () => {
  line.on("/voice", twiml("<Say>Hi.</Say><Pause length='60'/>"));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.advance(5000);
  expect((await ask(`/calls/${call.sid}/hang-up`, "POST")).status).toBe(204);
  expect(line.carrier.find(call.sid)?.status).toBe("completed");
  expect((await ask(`/calls/${call.sid}/hang-up`, "POST")).status).toBe(409);
  expect((await ask("/calls/CA1/hang-up", "POST")).status).toBe(404);
});

test("the page is for those with the key", async () => {
  expect((await fetch(`${line.carrier.url}/console`)).status).toBe(401);
  const page = await fetch(line.carrier.consoleUrl);
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(await page.text()).toContain("Carrier console");
  expect((await fetch(`${line.carrier.url}/_carrier/console/requests`)).status).toBe(401);
});

test("name and password of a URL are sent to its server and shown to nobody", async () => {
  const secret = line.application.replace("//", "//user:hush%40@");
  line.carrier.setNumber(number, { voiceUrl: `${secret}/voice` });
  line.on("/voice", twiml("<Say Voice='x'>Hi.</Say><Redirect>/gone</Redirect>"));
  const call = line.carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
  const { body } = await ask(`/overview?about=${call.sid}`);
  const { requests: found } = await requests(call.sid);
  const rest = await fetch(`${line.carrier.url}/v1/Alerts`, {
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
  });
  for (const shown of [body, found, await rest.json(), line.carrier.alerts()])
    expect(JSON.stringify(shown)).not.toContain("hush");
  expect((body as Overview).requests.map(({ warnings, code }) => [warnings, code])).toEqual([
    [0, 11200],
    [1, null],
  ]);
  expect(found[1]!.warnings.map(({ code }) => code)).toEqual([12200]);
  await ask(`/requests/${found[1]!.id}/replay`, "POST");
  expect(line.received.at(-1)?.headers.authorization).toBe(`Basic ${btoa("user:hush@")}`);
});
