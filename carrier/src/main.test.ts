/** The carrier as a process: its one line, its control routes, and how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
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

test.each([
  [["--port", "http"], "--port: expected a number"],
  [["--account-sid", "AC1"], "--account-sid: expected AC and 32 hex digits"],
  [["--nonsense"], "Unknown option '--nonsense'"],
])("refuses %s", (argv, message) => {
  expect(() => readArguments(argv)).toThrow(message);
});
