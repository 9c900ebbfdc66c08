/** An application in a process of its own that knows only api.twilio.com is served by the carrier, whatever it asks with. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Carrier, startCarrier } from "./index.ts";

const run = promisify(execFile);
const accountSid = `AC${"0".repeat(31)}1`;
const authToken = "a-token-for-tests";
let carrier: Carrier;
beforeEach(async () => {
  carrier = await startCarrier({ accountSid, authToken, numbers: ["+15550100001"], callsPerSecond: 0 });
});
afterEach(() => carrier.close());

const application = (source: string, env: NodeJS.ProcessEnv) =>
  run(
    process.execPath,
    ["--import", new URL("./preload.ts", import.meta.url).href, "--input-type=module", "-e", source],
    { cwd: import.meta.dirname, env: { ...process.env, SID: accountSid, TOKEN: authToken, ...env } },
  );

const path = '"/2010-04-01/Accounts/" + process.env.SID + ".json"';
const basic = 'process.env.SID + ":" + process.env.TOKEN';
const show = "(text) => console.log(JSON.parse(text).sid)";
const read = `(answer) => { let text = ""; answer.on("data", (piece) => (text += piece)).on("end", () => (${show})(text)); }`;
test.each([
  [
    "the official package",
    `import twilio from "twilio";
     const client = twilio(process.env.SID, process.env.TOKEN);
     const call = await client.calls.create({ to: "+15550150001", from: "+15550100001", twiml: "<Response/>" });
     console.log(call.accountSid);`,
  ],
  [
    "https.request with options",
    `import https from "node:https";
     https.request({ host: "api.twilio.com", port: 443, agent: new https.Agent(), path: ${path}, auth: ${basic} }, ${read}).end();`,
  ],
  [
    "https.get, imported by name, with a URL",
    `import { get } from "node:https";
     get("https://" + ${basic} + "@api.twilio.com" + ${path}, ${read});`,
  ],
  [
    "fetch",
    `const authorization = "Basic " + btoa(${basic});
     const answer = await fetch("https://api.twilio.com" + ${path}, { headers: { authorization } });
     (${show})(await answer.text());`,
  ],
])("%s", async (_, source) => {
  const { stdout } = await application(source, { CARRIER_URL: carrier.url });
  expect(stdout.trim()).toBe(accountSid);
});

test("other hosts are left alone, and without an address it does not start", async () => {
  const elsewhere = `await fetch("${carrier.url}/_carrier/health").then((answer) => console.log(answer.status));`;
  expect((await application(elsewhere, { CARRIER_URL: carrier.url })).stdout.trim()).toBe("401");
  await expect(application("", { CARRIER_URL: "" })).rejects.toThrow(
    "expected CARRIER_URL to be the carrier's address",
  );
});
