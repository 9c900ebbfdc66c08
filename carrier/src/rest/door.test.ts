/** The door: who comes in, what is there and what is not, and in which format it is answered. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { accountSid, authToken, openLine, type TestLine } from "../testdata/line.ts";
import { judge } from "../testdata/openapi.ts";
import { operations } from "./operations.ts";
import { performs, withoutEffect } from "./performed.ts";

let line: TestLine;
beforeAll(async () => {
  line = await openLine({ apiKeys: [{ sid: `SK${"1".repeat(32)}`, secret: "key-secret" }] });
});
afterAll(() => line.close());
let alertsBefore = 0;
beforeEach(() => {
  alertsBefore = line.carrier.alerts().length;
});

const basic = (user: string, secret: string) =>
  `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;
const own = basic(accountSid, authToken);
const ask = (path: string, method = "GET", authorization: string | undefined = own, body?: string) =>
  fetch(line.carrier.url + path, {
    method,
    headers: {
      ...(authorization && { authorization }),
      ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
    },
    body,
  });
const root = `/2010-04-01/Accounts/${accountSid}`;

const { operations: described } = JSON.parse(
  readFileSync(new URL("../testdata/openapi-operations.json", import.meta.url), "utf8"),
  // The file has this shape.
) as { operations: Record<string, Record<string, unknown>> };

test("the carrier knows every operation of Twilio's description, with its parameters, and no other", () => {
  const known = (name: string) => name.replace(/^Parameter1\.(Name|Value)$/, "Parameter*");
  const wanted = Object.entries(described).map(
    ([name, parameters]) => [name, [...new Set(Object.keys(parameters).map(known))].toSorted()] as const,
  );
  expect(Object.fromEntries(operations.map(({ name, parameters }) => [name, parameters.toSorted()]))).toEqual(
    Object.fromEntries(wanted),
  );
  for (const { name, knows } of operations)
    for (const idle of withoutEffect(name)) expect(knows(idle)).toBe(true);
});

/** Nothing has these SIDs. */
const filled = (path: string) =>
  (path === "/Accounts.json" ? "/2010-04-01" : root) +
  path
    .replace("{CountryCode}", "US")
    .replace(/\{(\w+)\}/g, (_, name: string) => `${name.startsWith("Call") ? "CA" : "XX"}${"f".repeat(32)}`);

const unperformed = operations.filter(({ name }) => !performs(name));
test.each(unperformed)("not performed, and said so: $name", async ({ name, method, path }) => {
  const answer = await ask(filled(path), method, own, method === "POST" ? "" : undefined);
  expect(answer.status).toBe(501);
  expect(await answer.json()).toEqual({
    code: 20008,
    message: `${name} is not performed by this carrier`,
    more_info: "https://www.twilio.com/docs/errors/20008",
    status: 501,
  });
  expect(line.carrier.alerts().slice(alertsBefore)).toMatchObject([
    { level: "error", code: null, message: `${name} is not performed by this carrier` },
  ]);
});

const performedOnes = operations.filter(({ name }) => performs(name));
test.each(performedOnes)("performed: $name", async ({ name, method, path }) => {
  const answer = await ask(filled(path), method, own, method === "POST" ? "" : undefined);
  const body = answer.status === 204 ? null : ((await answer.json()) as { code?: number; message: string });
  if (answer.ok) expect(judge(method, filled(path), answer.status, body)).toEqual([]);
  // Twilio's own errors: something is missing, or nothing has this SID.
  // A room may be named before it is there.
  else if (path.includes("{") && name !== "POST /Conferences/{ConferenceSid}/Participants.json")
    expect([body?.code, answer.status]).toEqual([20404, 404]);
  else expect(answer.status).toBe(400);
  expect(line.carrier.alerts().slice(alertsBefore)).toEqual([]);
});

const sub = { sid: "", token: "", other: "" };
beforeAll(async () => {
  for (const which of ["sub", "other"] as const) {
    const answer = await ask("/2010-04-01/Accounts.json", "POST", own, `FriendlyName=${which}`);
    // Twilio's documented shape.
    const made = (await answer.json()) as { sid: string; auth_token: string };
    if (which === "sub") Object.assign(sub, { sid: made.sid, token: made.auth_token });
    else sub.other = made.sid;
  }
});
const doors: readonly (readonly [
  rule: string,
  auth: () => string | undefined,
  path: () => string,
  status: number,
])[] = [
  ["the token", () => own, () => `${root}/Calls.json`, 200],
  ["a key", () => basic(`SK${"1".repeat(32)}`, "key-secret"), () => `${root}/Calls.json`, 200],
  ["a wrong token", () => basic(accountSid, "wrong"), () => `${root}/Calls.json`, 401],
  ["an empty token", () => basic(accountSid, ""), () => `${root}/Calls.json`, 401],
  ["a wrong secret", () => basic(`SK${"1".repeat(32)}`, "wrong"), () => `${root}/Calls.json`, 401],
  [
    "a key's SID with the token",
    () => basic(`SK${"1".repeat(32)}`, authToken),
    () => `${root}/Calls.json`,
    401,
  ],
  ["nobody", () => "", () => `${root}/Calls.json`, 401],
  ["a bearer", () => `Bearer ${authToken}`, () => `${root}/Calls.json`, 401],
  ["what is no base64", () => "Basic ???", () => `${root}/Calls.json`, 401],
  ["the scheme in small letters", () => own.replace("Basic", "basic"), () => `${root}/Calls.json`, 200],
  [
    "an account that is not there",
    () => own,
    () => `/2010-04-01/Accounts/AC${"f".repeat(32)}/Calls.json`,
    404,
  ],
  [
    "a stranger at an account that is not there",
    () => basic("AC1", "x"),
    () => `/2010-04-01/Accounts/AC1/Calls.json`,
    401,
  ],
  [
    "a subaccount's token",
    () => basic(sub.sid, sub.token),
    () => `/2010-04-01/Accounts/${sub.sid}/Calls.json`,
    200,
  ],
  ["the main token at a subaccount", () => own, () => `/2010-04-01/Accounts/${sub.sid}/Calls.json`, 200],
  [
    "a main key at a subaccount",
    () => basic(`SK${"1".repeat(32)}`, "key-secret"),
    () => `/2010-04-01/Accounts/${sub.sid}/Calls.json`,
    401,
  ],
  ["a subaccount at the main account", () => basic(sub.sid, sub.token), () => `${root}/Calls.json`, 401],
  [
    "a subaccount at another one",
    () => basic(sub.sid, sub.token),
    () => `/2010-04-01/Accounts/${sub.other}/Calls.json`,
    401,
  ],
  [
    "a subaccount with the main token's secret",
    () => basic(sub.sid, authToken),
    () => `/2010-04-01/Accounts/${sub.sid}/Calls.json`,
    401,
  ],
  ["the list of accounts", () => own, () => "/2010-04-01/Accounts.json", 200],
  ["the list of accounts without a token", () => "", () => "/2010-04-01/Accounts.json", 401],
];
test.each(doors)("Basics 1: %s", async (_rule, auth, path, status) => {
  const answer = await ask(path(), "GET", auth());
  const body = (await answer.json()) as object;
  expect(answer.status).toBe(status);
  if (status === 401) {
    expect(answer.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
    expect(body).toMatchObject({ code: 20003, status: 401 });
  }
});

const manners: readonly (readonly [
  rule: string,
  method: string,
  path: string,
  status: number,
  code: number,
])[] = [
  ["a method there is not", "PUT", "/Calls.json", 405, 20004],
  ["a list is not deleted", "DELETE", "/Calls.json", 405, 20004],
  ["OPTIONS", "OPTIONS", "/Calls.json", 405, 20004],
  ["HEAD", "HEAD", "/Calls.json", 200, 0],
  ["a slash at the end", "GET", "/Calls/", 404, 20404],
  ["small letters", "GET", "/calls.json", 404, 20404],
  ["a resource there is not", "GET", "/Nothing.json", 404, 20404],
  ["too deep", "GET", "/Calls/CA1/Nothing/X.json", 404, 20404],
];
test.each(manners)("%s", async (_rule, method, path, status, code) => {
  const answer = await ask(root + path, method);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expect(Number(/<Code>(\d+)<|"code":(\d+)/.exec(text)?.slice(1).join("") ?? 0)).toBe(code);
});

test("without .json the answer is XML, as at Twilio", async () => {
  const list = await ask(`${root}/IncomingPhoneNumbers`);
  expect(list.headers.get("content-type")).toBe("application/xml");
  const text = await list.text();
  expect(text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<TwilioResponse><IncomingPhoneNumbers page="0" /,
  );
  expect(text).toContain("<IncomingPhoneNumber><Sid>PN");
  expect(text).toContain("<Capabilities><Voice>true</Voice>");
  expect(await (await ask(`${root}.xml`)).text()).toContain(
    `<TwilioResponse><Account><Sid>${accountSid}</Sid>`,
  );
  const lost = await ask(`${root}/Calls/CA%3C1`);
  expect(lost.status).toBe(404);
  expect(await lost.text()).toContain("<TwilioResponse><RestException><Code>20404</Code>");
});

test("parameters: what Twilio has not is warned of, and a body that is no form", async () => {
  await ask(`${root}/Calls.json?Colour=red`);
  await ask(`${root}/Queues.json`, "POST", own, "FriendlyName=q&Colour=red");
  await fetch(`${line.carrier.url}${root}/Queues.json`, {
    method: "POST",
    headers: { authorization: own, "content-type": "application/json" },
    body: '{"FriendlyName":"r"}',
  });
  expect(
    line.carrier
      .alerts()
      .slice(alertsBefore)
      .map(({ code, message }) => [code, message]),
  ).toEqual([
    [20001, "Unknown parameters: GET /Calls.json has no Colour"],
    [20001, "Unknown parameters: POST /Queues.json has no Colour"],
    [null, "POST /Queues.json: expected a form (application/x-www-form-urlencoded), found application/json"],
    [20001, 'Unknown parameters: POST /Queues.json has no {"FriendlyName":"r"}'],
  ]);
});
