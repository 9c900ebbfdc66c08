/** What the environment must say, in one sentence when it does not. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readEnv } from "./env.ts";

const twilio = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_AUTH_TOKEN: "secret" };
const production = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://db/x",
  PUBLIC_BASE_URL: "https://calls.example.com",
  ...twilio,
};

test("nothing is needed on one's own machine", () => {
  expect(readEnv({})).toEqual({
    production: false,
    host: "127.0.0.1",
    port: 4400,
    databaseUrl: null,
    dataDir: null,
    publicBaseUrl: null,
    twilio: null,
    requests: { hosts: new Set(), credentials: new Map(), allowLoopback: false },
    designerBuild: "if-stale",
  });
});

test("production with everything", () => {
  expect(readEnv({ ...production, PUBLIC_BASE_URL: "https://calls.example.com/" })).toMatchObject({
    production: true,
    publicBaseUrl: "https://calls.example.com",
    twilio: { accountSid: twilio.TWILIO_ACCOUNT_SID, apiKey: null },
  });
});

test("what flows may ask of web services", () => {
  const { requests } = readEnv({
    REQUEST_HOSTS: " API.example.com, erp.example.org,",
    REQUEST_CREDENTIALS: '{"erp":"Bearer very-secret"}',
    ALLOW_LOOPBACK_REQUESTS: "1",
  });
  expect(requests).toEqual({
    hosts: new Set(["api.example.com", "erp.example.org"]),
    credentials: new Map([["erp", "Bearer very-secret"]]),
    allowLoopback: true,
  });
});

test.each([
  ["a host with a scheme", { REQUEST_HOSTS: "https://x.test" }, /set REQUEST_HOSTS to host names/],
  ["a host with a port", { REQUEST_HOSTS: "x.test:8443" }, /set REQUEST_HOSTS to host names/],
  ["credentials that are no JSON", { REQUEST_CREDENTIALS: "Bearer x" }, /set REQUEST_CREDENTIALS to JSON/],
  ["a credential that is no text", { REQUEST_CREDENTIALS: '{"a":1}' }, /set REQUEST_CREDENTIALS to JSON/],
  [
    "a credential with a line break",
    { REQUEST_CREDENTIALS: '{"a":"x\\ny: z"}' },
    /set REQUEST_CREDENTIALS to JSON/,
  ],
  [
    "loopback in production",
    { ...production, ALLOW_LOOPBACK_REQUESTS: "1" },
    /remove ALLOW_LOOPBACK_REQUESTS/,
  ],
  [
    "production with nothing",
    { NODE_ENV: "production" },
    /set DATABASE_URL, PUBLIC_BASE_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN/,
  ],
  [
    "production without https",
    { ...production, PUBLIC_BASE_URL: "http://calls.example.com" },
    /set PUBLIC_BASE_URL to an https address/,
  ],
  ["Twilio without an address", twilio, /to use Twilio set PUBLIC_BASE_URL/],
  ["half of an API key", { TWILIO_API_KEY_SID: "SK1" }, /both or neither/],
  ["a port that is none", { PORT: "http" }, /set PORT to a number/],
  ["an account that is none", { ...production, TWILIO_ACCOUNT_SID: "AC1" }, /32 hexadecimal digits/],
])("%s", (_name, variables, sentence) => {
  expect(() => readEnv(variables)).toThrow(sentence);
});

test("a sentence never repeats a secret", () => {
  expect(() =>
    readEnv({ TWILIO_AUTH_TOKEN: "very-secret", REQUEST_CREDENTIALS: "very-secret", PORT: "x" }),
  ).toThrow(/^(?!.*very-secret)/);
});

test("every variable that is read stands in .env.example, and nothing else does", () => {
  const here = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const read = [...here("env.ts").matchAll(/"([A-Z][A-Z0-9_]{2,})"/g)].map(([, name]) => name);
  const listed = [...here("../../.env.example").matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  const elsewhere = ["POSTGRES_PASSWORD", "TRUNKLINE_TEST_POSTGRES_URL"];
  expect([...new Set(read), ...elsewhere].sort()).toEqual([...listed].sort());
});
