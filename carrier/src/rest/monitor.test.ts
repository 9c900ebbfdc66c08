/** The alert log as Twilio has it: Monitor's alerts, an account's and a call's notifications, a call's events (Twilio, Monitor REST API; REST API 2010-04-01). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../testdata/client.ts";
import { accountSid, authToken, caller, number, openLine, type TestLine, twiml } from "../testdata/line.ts";
import { judge } from "../testdata/openapi.ts";

let line: TestLine;
let callSid: string;
beforeAll(async () => {
  line = await openLine();
  const { carrier, application } = line;
  carrier.setNumber(number, { voiceUrl: `${application}/voice`, statusCallback: `${application}/status` });
  line.on("/voice", twiml('<Zork/><Redirect method="GET">/broken?x=1</Redirect>'));
  line.on("/broken", { status: 503, headers: { "content-type": "text/plain" }, body: "out for lunch" });
  line.on("/status", { status: 404, body: "who?" });
  callSid = carrier.call({ from: caller, to: number }).sid;
  await line.clock.runUntilIdle();
  await line.clock.advance(60_000);
  for (let round = 0; round < 5; round++) carrier.call({ from: caller, to: number });
  await line.clock.runUntilIdle();
});
afterAll(() => line.close());

const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
const get = async (path: string, headers: Record<string, string> = { authorization }, method = "GET") => {
  const answer = await fetch(line.carrier.url + path, { method, headers });
  // Twilio's documented shape, checked below.
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};

/** Twilio's description of Monitor v1 (twilio-oai, twilio_monitor_v1.json): names of an alert in a list, and what one alone has beside. */
const inList =
  "account_sid alert_text api_version date_created date_generated date_updated error_code log_level more_info request_method request_url resource_sid service_sid sid url";
const alone = `${inList} request_headers request_variables response_body response_headers`;

test("alerts by the official client, newest first, with their request and answer when fetched alone", async () => {
  const client = clientOf(line);
  const alerts = await client.monitor.v1.alerts.list();
  expect(alerts.length).toBe(18);
  const mine = alerts.filter(({ resourceSid }) => resourceSid === callSid);
  expect(mine.map(({ errorCode, logLevel }) => `${errorCode} ${logLevel}`)).toEqual([
    "15003 warning",
    "11200 error",
    "12200 warning",
  ]);
  expect(mine[1]).toMatchObject({
    accountSid,
    requestMethod: "GET",
    requestUrl: `${line.application}/broken?x=1`,
    moreInfo: "https://www.twilio.com/docs/errors/11200",
    dateCreated: new Date("2026-11-02T12:00:00Z"),
  });
  expect(new URLSearchParams(mine[1]!.alertText).get("ErrorCode")).toBe("11200");
  const one = await client.monitor.v1.alerts(mine[1]!.sid).fetch();
  expect(one.responseBody).toBe("out for lunch");
  expect(one.responseHeaders).toBe("Content-Type=text%2Fplain");
  expect(new URLSearchParams(one.requestVariables).get("CallSid")).toBe(callSid);
  const told = await client.monitor.v1.alerts(mine[0]!.sid).fetch();
  expect([told.responseBody, new URLSearchParams(told.requestVariables).get("CallStatus")]).toEqual([
    "who?",
    "completed",
  ]);
});

test("filters, pages and fields", async () => {
  const client = clientOf(line);
  const errors = await client.monitor.v1.alerts.list({ logLevel: "error" });
  expect(errors.length).toBe(6);
  const until = await client.monitor.v1.alerts.list({ endDate: new Date("2026-11-02T12:00:30Z") });
  expect(new Set(until.map(({ resourceSid }) => resourceSid))).toEqual(new Set([callSid]));
  expect((await client.monitor.v1.alerts.list({ startDate: new Date("2026-11-02T12:00:30Z") })).length).toBe(
    15,
  );
  expect((await client.monitor.v1.alerts.list({ pageSize: 4 })).length).toBe(18);
  const { body } = await get("/v1/Alerts?PageSize=4&Page=1");
  expect(Object.keys(body).sort()).toEqual(["alerts", "meta"]);
  expect(body.meta).toEqual({
    first_page_url: `${line.carrier.url}/v1/Alerts?PageSize=4&Page=0`,
    key: "alerts",
    next_page_url: `${line.carrier.url}/v1/Alerts?PageSize=4&Page=2&PageToken=PT2`,
    page: 1,
    page_size: 4,
    previous_page_url: `${line.carrier.url}/v1/Alerts?PageSize=4&Page=0`,
    url: `${line.carrier.url}/v1/Alerts?PageSize=4&Page=1&PageToken=PT1`,
  });
  const [first] = body.alerts as unknown as { sid: string }[];
  expect(Object.keys(first!).sort()).toEqual(inList.split(" ").sort());
  expect(first!.sid).toMatch(/^NO[0-9a-f]{32}$/);
  const { body: one } = await get(`/v1/Alerts/${first!.sid}`);
  expect(Object.keys(one).sort()).toEqual(alone.split(" ").sort());
});

const wrong: [
  path: string,
  status: number,
  code: number,
  headers?: Record<string, string>,
  method?: string,
][] = [
  ["/v1/Alerts", 401, 20003, {}],
  [`/v1/Alerts/NO${"0".repeat(32)}`, 404, 20404],
  ["/v1/Alerts/constructor", 404, 20404],
  ["/v1/Events", 404, 20404],
  ["/v1/Alerts?LogLevel=loud", 400, 20001],
  ["/v1/Alerts?StartDate=yesterday", 400, 20001],
  ["/v1/Alerts?EndDate=2026-13-45", 400, 20001],
  ["/v1/Alerts", 405, 20004, { authorization }, "DELETE"],
  [`/2010-04-01/Accounts/${accountSid}/Notifications/NO${"0".repeat(32)}.json`, 404, 20404],
  [`/2010-04-01/Accounts/${accountSid}/Notifications.json?Log=2`, 400, 20001],
  [`/2010-04-01/Accounts/${accountSid}/Calls/CA${"0".repeat(32)}/Notifications.json`, 404, 20404],
  [`/2010-04-01/Accounts/${accountSid}/Calls/CA${"0".repeat(32)}/Events.json`, 404, 20404],
];
test.each(wrong)("%s is %i %i", async (path, status, code, headers, method) => {
  const answer = await get(path, headers ?? { authorization }, method);
  expect([answer.status, answer.body.code, answer.body.status]).toEqual([status, code, status]);
});

test("notifications of the account and of a call, and the call's events, satisfy Twilio's description", async () => {
  const root = `/2010-04-01/Accounts/${accountSid}`;
  for (const path of [`${root}/Notifications.json`, `${root}/Calls/${callSid}/Notifications.json`]) {
    const { status, body } = await get(path);
    expect(judge("GET", path, status, body)).toEqual([]);
    const [newest] = body.notifications as unknown as { sid: string; uri: string }[];
    const one = await get(newest!.uri);
    expect(judge("GET", newest!.uri, one.status, one.body)).toEqual([]);
  }
  const path = `${root}/Calls/${callSid}/Events.json`;
  const { status, body } = await get(path);
  expect(judge("GET", path, status, body)).toEqual([]);
  const client = clientOf(line);
  const events = await client.calls(callSid).events.list();
  expect(
    events.map(
      ({ request, response }) =>
        `${request.method} ${new URL(request.url).pathname} ${response.response_code}`,
    ),
  ).toEqual(["POST /voice 200", "GET /broken 503", "POST /status 404"]);
  const warnings = await client.calls(callSid).notifications.list({ log: 1 });
  expect(warnings.map(({ errorCode, callSid: of }) => [errorCode, of])).toEqual([
    ["15003", callSid],
    ["12200", callSid],
  ]);
  expect((await client.notifications.list({ messageDate: new Date("2026-11-03") })).length).toBe(0);
  expect((await client.notifications.list({ messageDate: new Date("2026-11-02") })).length).toBe(18);
  const [one] = await client.notifications.list({ log: 0, limit: 1 });
  expect((await client.notifications(one!.sid).fetch()).responseBody).toBe("out for lunch");
});
