/** The carrier's doorway: what is believed and what is refused (S1 to S16 of the reliability design). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTwilio } from "../providers/twilio/index.ts";
import {
  countRows,
  linksIn,
  openTestDatabase,
  seedTest,
  signedRequest,
  type TestDatabase,
  type TestRuntime,
  testAccount,
  testRuntime,
  voiceForm,
} from "../testing.ts";

let opened: TestDatabase;
let runtime: TestRuntime;
let voice: string;
let input: string;

beforeAll(async () => {
  opened = await openTestDatabase("pglite");
  ({ voice } = await seedTest(opened.database));
  runtime = testRuntime(opened.database);
  const answer = await runtime.app.request(signedRequest(voice, voiceForm()));
  input = linksIn(await answer.text()).input!;
});
afterAll(() => opened.drop());

/** A signed request, spoiled. */
function spoiled(
  target: string,
  form: Record<string, string>,
  spoil: (init: { url: string; init: RequestInit; headers: Headers }) => void,
) {
  const signed = signedRequest(target, form);
  const made = {
    url: signed.url,
    headers: new Headers(signed.headers),
    init: { method: "POST", body: new URLSearchParams(form).toString() } as RequestInit,
  };
  spoil(made);
  return new Request(made.url, { ...made.init, headers: made.headers });
}

const form = voiceForm({ Digits: "1", CallStatus: "in-progress" });
const cases: [string, number, () => Request][] = [
  ["S1 no signature", 403, () => spoiled(input, form, ({ headers }) => headers.delete("x-twilio-signature"))],
  [
    "S2 wrong signature",
    403,
    () => spoiled(input, form, ({ headers }) => headers.set("x-twilio-signature", "AAAA")),
  ],
  [
    "S2 a changed parameter",
    403,
    () =>
      spoiled(input, form, (r) => (r.init.body = new URLSearchParams({ ...form, Digits: "2" }).toString())),
  ],
  ["S4 unknown call token", 403, () => signedRequest(`/t/${"x".repeat(32)}/1/input`, form)],
  ["S4 unknown number token", 403, () => signedRequest(`/hooks/${"x".repeat(32)}/voice`, form)],
  ["S4 unknown number token, status", 403, () => signedRequest(`/hooks/${"x".repeat(32)}/status`, form)],
  ["S8 a parameter merged into another", 403, () => merged(form, "CallSid", "CallStatus")],
  [
    "S8 all parameters merged into one",
    403,
    () => {
      const names = Object.keys(form).sort();
      const rest = names
        .slice(1)
        .map((name) => name + form[name])
        .join("");
      return spoiled(
        input,
        form,
        (r) => (r.init.body = new URLSearchParams({ [names[0]!]: form[names[0]!]! + rest }).toString()),
      );
    },
  ],
  [
    "S8 the first parameter moved into the path",
    404,
    () => {
      const { AccountSid, ...rest } = form;
      return spoiled(input, form, (r) => {
        r.url += `AccountSid${AccountSid}`;
        r.init.body = new URLSearchParams(rest).toString();
      });
    },
  ],
  ["S9 a doubled name", 400, () => spoiled(input, form, (r) => (r.init.body = `${r.init.body}&Digits=1`))],
  ["S10 GET", 405, () => new Request(`http://inside.test${input}`)],
  ["S10 PUT", 405, () => spoiled(input, form, (r) => (r.init.method = "PUT"))],
  [
    "S11 JSON",
    415,
    () => spoiled(input, form, ({ headers }) => headers.set("content-type", "application/json")),
  ],
  [
    "S11 multipart",
    415,
    () =>
      spoiled(input, form, ({ headers }) => headers.set("content-type", "multipart/form-data; boundary=x")),
  ],
  ["S11 text", 415, () => spoiled(input, form, ({ headers }) => headers.set("content-type", "text/plain"))],
  ["S12 a long body", 413, () => signedRequest(input, { ...form, Extra: "x".repeat(70_000) })],
  [
    "S12 a long body in chunks",
    413,
    () =>
      spoiled(input, form, (r) => {
        const chunk = new TextEncoder().encode("x".repeat(10_000));
        let sent = 0;
        r.init.body = new ReadableStream({
          pull(controller) {
            if (++sent > 10) controller.close();
            else controller.enqueue(chunk);
          },
        });
        (r.init as { duplex?: string }).duplex = "half";
      }),
  ],
  ["S12 a long body, its length said", 413, () => saidLength({ ...form, Extra: "x".repeat(70_000) })],
  [
    "S12 a body longer than was said",
    413,
    () =>
      spoiled(input, form, (r) => {
        r.headers.set("content-length", "10");
        r.init.body = "x".repeat(70_000);
      }),
  ],
  [
    "S12 a length that is none",
    413,
    () => spoiled(input, form, (r) => r.headers.set("content-length", "ten")),
  ],
  ["its length said, as every carrier does", 200, () => saidLength(form)],
  [
    "S13 a foreign host with our signature",
    200,
    () =>
      spoiled(input, form, (r) => {
        r.url = r.url.replace("inside.test", "attacker.test");
        r.headers.set("x-forwarded-host", "attacker.test");
        r.headers.set("x-forwarded-proto", "http");
      }),
  ],
  ["S14 a slash at the end", 404, () => signedRequest(`${input}/`, form)],
  ["S14 upper case", 404, () => signedRequest(input.replace("/t/", "/T/"), form)],
  ["S14 an escaped letter", 404, () => signedRequest(input.replace("input", "%69nput"), form)],
  ["S14 a doubled slash", 404, () => signedRequest(input.replace("/t/", "/t//"), form)],
  ["S14 a leading zero", 404, () => signedRequest(input.replace("/1/", "/01/"), form)],
  ["S14 a query of somebody's own", 404, () => signedRequest(`${input}?x=1`, form)],
  ["S15 another account", 403, () => signedRequest(input, { ...form, AccountSid: `AC${"b".repeat(32)}` })],
  ["a call id that is none", 403, () => signedRequest(input, { ...form, CallSid: "CA1" })],
  ["a status that is none", 403, () => signedRequest(input, { ...form, CallStatus: "happy" })],
  [
    "no From",
    403,
    () => {
      const { From: _gone, ...rest } = form;
      return signedRequest(input, rest);
    },
  ],
  [
    "a withheld number",
    200,
    () => signedRequest(voice, { ...voiceForm(), CallSid: `CA${"c".repeat(32)}`, From: "anonymous" }),
  ],
];

function saidLength(fields: Record<string, string>) {
  return spoiled(input, fields, (r) => r.headers.set("content-length", String(String(r.init.body).length)));
}

function merged(fields: Record<string, string>, first: string, second: string) {
  const { [second]: moved, ...rest } = fields;
  const body = new URLSearchParams({ ...rest, [first]: `${fields[first]}${second}${moved}` }).toString();
  return spoiled(input, fields, (r) => (r.init.body = body));
}

test.each(cases)("%s: %i", async (_name, status, request) => {
  const before = await countRows(opened.database);
  const answer = await runtime.app.request(request());
  expect(answer.status).toBe(status);
  if (status === 200) expect(await answer.text()).toContain("<Response>");
  else {
    expect(await answer.text()).not.toContain("<Response>");
    expect(await countRows(opened.database)).toEqual(before);
  }
});

test("S3 signed with another token: 403; S5 no token configured: 503, whatever the signature", async () => {
  for (const [authToken, status] of [
    ["another token", 403],
    [null, 503],
  ] as const) {
    const provider = createTwilio({ ...testAccount, authToken });
    const other = testRuntime(opened.database, { provider });
    expect((await other.app.request(signedRequest(input, form))).status).toBe(status);
  }
});

test("S13 the address that was signed must be the public one", async () => {
  const elsewhere = createTwilio({ ...testAccount, publicBaseUrl: "https://elsewhere.test" });
  const other = testRuntime(opened.database, { provider: elsewhere });
  expect((await other.app.request(signedRequest(input, form))).status).toBe(403);
});

test("S16 characters a database cannot hold: 200, stored without them", async () => {
  const CallSid = `CA${"d".repeat(32)}`;
  const first = await runtime.app.request(signedRequest(voice, voiceForm({ CallSid })));
  const target = linksIn(await first.text()).input!;
  const answer = await runtime.app.request(
    signedRequest(
      target,
      voiceForm({ CallSid, SpeechResult: "cla\u0000im \u{1f600} \ufffe", Confidence: "0.9" }),
    ),
  );
  expect(answer.status).toBe(200);
  const [row] = await opened.database.query<{ payload: string }>(
    "select e.payload::text as payload from call_events e join calls c on c.id = e.call_id where c.provider_call_id = $1::text and e.seq = 2",
    [CallSid],
  );
  expect(JSON.parse(row!.payload).speech).toEqual({ text: "claim \u{1f600} \ufffe", confidence: 0.9 });
});

describe("answers", () => {
  test("have the type of TwiML, are never kept, and never redirect", async () => {
    const answer = await runtime.app.request(signedRequest(input, form));
    expect(answer.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });
  test("a number without a flow says so and hangs up", async () => {
    await opened.database.query("update numbers set flow_id = null", []);
    const answer = await runtime.app.request(
      signedRequest(voice, voiceForm({ CallSid: `CA${"e".repeat(32)}` })),
    );
    expect(await answer.text()).toContain("not in service. Goodbye.</Say><Hangup/>");
  });
});
