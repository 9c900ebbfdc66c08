/** The REST side over the wire of this machine: what the official SDK sends when another carrier is named. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createRest, type Rest } from "./rest.ts";

const accountSid = `AC${"a".repeat(32)}`;
const numberSid = `PN${"b".repeat(32)}`;
const callSid = `CA${"c".repeat(32)}`;
let server: Server;
let rest: Rest;
let asked: { line: string; body: string; user: string; host: string }[];
let answer: { status: number; body: object };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const [, basic = ""] = (request.headers.authorization ?? "").split(" ");
      const user = Buffer.from(basic, "base64").toString();
      asked.push({
        line: `${request.method} ${request.url}`,
        body,
        user,
        host: String(request.headers["x-original-host"]),
      });
      response
        .writeHead(answer.status, { "content-type": "application/json" })
        .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  rest = createRest({
    accountSid,
    username: accountSid,
    password: "secret",
    baseUrl: `http://127.0.0.1:${port}`,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

test("the account's numbers, with the names they have there", async () => {
  const incoming_phone_numbers = [
    { sid: numberSid, phone_number: "+15550100007", friendly_name: "Billing" },
    { sid: numberSid, phone_number: "+15550100008", friendly_name: "" },
  ];
  answer = { status: 200, body: { incoming_phone_numbers } };
  expect(await rest.listNumbers()).toEqual([
    { number: "+15550100007", label: "Billing" },
    { number: "+15550100008", label: "+15550100008" },
  ]);
});

test("a number is found by its digits and told where to ask", async () => {
  answer = { status: 200, body: { incoming_phone_numbers: [{ sid: numberSid }], sid: numberSid } };
  const links = { voice: "https://x.test/v", fallback: "https://x.test/f", status: "https://x.test/s" };
  await rest.configureNumber("+15550100001", links);
  const base = `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`;
  expect(asked.map(({ line }) => line.replace(/&.*/, ""))).toEqual([
    `GET ${base}.json?PhoneNumber=%2B15550100001`,
    `POST ${base}/${numberSid}.json`,
  ]);
  expect(asked[1]).toMatchObject({ user: `${accountSid}:secret`, host: "api.twilio.com" });
  expect(Object.fromEntries(new URLSearchParams(asked[1]!.body))).toEqual({
    VoiceUrl: links.voice,
    VoiceMethod: "POST",
    VoiceFallbackUrl: links.fallback,
    VoiceFallbackMethod: "POST",
    StatusCallback: links.status,
    StatusCallbackMethod: "POST",
  });
});

test("a number that is not the account's is said so", async () => {
  answer = { status: 200, body: { incoming_phone_numbers: [] } };
  const links = { voice: "https://x.test/v", fallback: "https://x.test/f", status: "https://x.test/s" };
  await expect(rest.configureNumber("+15550100009", links)).rejects.toThrow(
    /belong to the account, found it does not/,
  );
});

test.each([
  ["pulled", 200, {}, true],
  ["over already", 404, { code: 20404, message: "not found", status: 404 }, true],
  ["not in progress", 400, { code: 21220, message: "not in progress", status: 400 }, true],
  ["refused", 401, { code: 20003, message: "no", status: 401 }, false],
] as const)("a call that is %s", async (_name, status, body, quiet) => {
  answer = { status, body };
  const pull = rest.updateCall(callSid, "https://x.test/t/a/1/poll");
  if (quiet) await pull;
  else await expect(pull).rejects.toThrow();
  expect(asked[0]!.line).toBe(`POST /2010-04-01/Accounts/${accountSid}/Calls/${callSid}.json`);
  expect(new URLSearchParams(asked[0]!.body).get("Url")).toBe("https://x.test/t/a/1/poll");
});
