/** The carrier as a process: its one line, its control routes, and how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { readArguments } from "./process/arguments.ts";
import { accountSid, number } from "./testdata/line.ts";

const entry = fileURLToPath(new URL("./main.ts", import.meta.url));
let child: ChildProcess | undefined;
afterEach(() => void child?.kill("SIGKILL"));

async function start(...extra: string[]) {
  const argv = [
    "--account-sid",
    accountSid,
    "--auth-token",
    "t",
    "--phone-token",
    "p",
    "--numbers",
    number,
    ...extra,
  ];
  child = spawn(process.execPath, [entry, ...argv], { stdio: ["pipe", "pipe", "pipe"] });
  const [chunk] = (await once(child.stdout!, "data")) as [Buffer];
  // The documented line.
  const ready = JSON.parse(chunk.toString()) as {
    event: string;
    url: string;
    phoneUrl: string;
    accountSid: string;
  };
  return { child, ready };
}

test("prints one line, obeys the control routes and exits on SIGTERM", async () => {
  const { child, ready } = await start("--virtual-clock");
  expect(ready).toEqual({
    event: "listening",
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    phoneUrl: `${ready.url}/phone?key=p`,
    consoleUrl: `${ready.url}/console?key=p`,
    accountSid,
  });
  const control = (path: string, method = "GET", body?: unknown) =>
    fetch(`${ready.url}/_carrier${path}?key=p`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  expect((await fetch(`${ready.url}/_carrier/health`)).status).toBe(401);
  const created = await control("/calls", "POST", {
    from: "+15550199001",
    to: number,
    script: { steps: [{ hangUp: true }] },
  });
  // The documented answer.
  const { callSid } = (await created.json()) as { callSid: string };
  expect((await control("/clock/advance", "POST", { seconds: 60 })).status).toBe(200);
  expect(await (await control(`/calls/${callSid}`)).json()).toMatchObject({
    call: { status: "completed" },
    ending: { reason: "completed", by: "caller" },
    scriptDone: true,
  });
  expect(await (await control("/alerts")).json()).toMatchObject({
    alerts: [{ code: 11100, level: "error", callSid }],
  });
  expect((await control("/faults", "PUT", { statusCallbacks: { drop: 0.5 } })).status).toBe(204);
  expect((await control("/faults", "PUT", { statusCallbacks: { drop: 5 } })).status).toBe(400);
  expect((await control("/far-ends/+15550150001", "PUT", "busy")).status).toBe(204);
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  expect(await gone).toEqual([0, null]);
});

test("exits when its parent's end of standard input closes", async () => {
  const { child } = await start("--exit-with-parent");
  const gone = once(child, "exit");
  child.stdin!.end();
  expect(await gone).toEqual([0, null]);
});

const carrierJson = JSON.stringify({
  $schema: "anything",
  port: 8400,
  accountSid,
  clock: { speed: 20 },
  numbers: ["+15550100002", { phoneNumber: number, voiceUrl: "http://127.0.0.1:3000/voice" }],
  farEnds: { "+15550150001": "busy", "+15550150002": { steps: [{ hear: "hello", say: "Hi." }] } },
  faults: { statusCallbacks: { duplicate: 0.1 } },
  allowHosts: ["app.example.com"],
});
const read = (path: string) => {
  if (path === "carrier.json") return carrierJson;
  if (path === "who.json") return '"no-answer"';
  if (path === "broken.json") return "{";
  if (path === "wrong.json") return JSON.stringify({ numbers: ["0123"], ports: 1 });
  throw new Error("ENOENT: no such file");
};

test("a settings file sets the whole stage, and arguments beside it win", () => {
  const { options, exitWithParent } = readArguments(["--config", "carrier.json", "--port", "0"], read);
  expect(exitWithParent).toBe(false);
  expect(options).toMatchObject({
    port: 0,
    accountSid,
    numbers: ["+15550100002", { phoneNumber: number, voiceUrl: "http://127.0.0.1:3000/voice" }],
    farEnd: { "+15550150001": "busy" },
    faultRates: { seed: 1, statusCallbacks: { duplicate: 0.1, drop: 0 } },
    allowHosts: ["app.example.com"],
    clock: { times: 20 },
  });
  const farEnd = ["--far-end", "+15550150003=who.json"];
  expect(readArguments(["--config", "carrier.json", ...farEnd], read).options.farEnd).toMatchObject({
    "+15550150001": "busy",
    "+15550150003": "no-answer",
  });
  expect(readArguments(["--config", "carrier.json", "--speed", "5"], read).options.clock).toMatchObject({
    times: 5,
  });
});

test("numbers come with the webhook that answers them, commas and all", () => {
  const argv = [
    "--numbers",
    `${number}=http://127.0.0.1:3000/voice?a=1,2, +15550100002,`,
    "--numbers",
    "+15550100003",
  ];
  expect(readArguments(argv, read).options.numbers).toEqual([
    { phoneNumber: number, voiceUrl: "http://127.0.0.1:3000/voice?a=1,2" },
    "+15550100002",
    "+15550100003",
  ]);
});

test.each([
  [["--port", "http"], "--port: expected a number"],
  [["--speed", "0"], "--speed: expected a number from 1 to 10000, found 0"],
  [["--speed", "2", "--virtual-clock"], "--speed: expected no speed with --virtual-clock"],
  [["--account-sid", "AC1"], "--account-sid: expected AC and 32 hex digits"],
  [["--nonsense"], "Unknown option '--nonsense'; --help lists what there is"],
  [["+15550100001"], "Unexpected argument '+15550100001'"],
  [["--far-end", "+15550150001"], "--far-end: expected a number, = and a file, found +15550150001"],
  [["--far-end", "+15550150001=wrong.json"], "wrong.json is not as expected:"],
  [["--config", "none.json"], "--config: expected a file at none.json, found ENOENT"],
  [["--config", "broken.json"], "broken.json: expected JSON, found"],
  [["--config", "wrong.json"], /^wrong.json is not as expected:\n[\s\S]*unknown here: "ports"/],
])("refuses %s", (argv, message) => {
  expect(() => readArguments(argv, read)).toThrow(message);
});

test("says what is wrong with a port that is taken", async () => {
  const { ready } = await start();
  const [, port] = /:(\d+)$/.exec(ready.url)!;
  const second = spawn(process.execPath, [entry, "--port", port!], { stdio: ["ignore", "ignore", "pipe"] });
  const [complaint] = (await once(second.stderr!, "data")) as [Buffer];
  expect(complaint.toString()).toBe(`port ${port} is taken: give another with --port, or 0 for a free one\n`);
});

test.each([
  ["--help", /--numbers \+1/],
  ["--version", /^\d+\.\d+\.\d+\n$/],
])("answers %s on standard output and ends", async (argument, expected) => {
  child = spawn(process.execPath, [entry, argument], { stdio: ["ignore", "pipe", "inherit"] });
  expect(await text(child.stdout!)).toMatch(expected);
});
