/** The code in our documents is run as it stands there. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCarrier } from "./carrier.ts";
import { fastClock } from "./clock/fast-clock.ts";
import { accountSid, authToken, caller, number } from "./testdata/line.ts";

const run = promisify(execFile);
const home = join(import.meta.dirname, "..");
let folder: string;
let application: ChildProcess | undefined;

/** Every block of code that has a name, as a file; with the packages it may import. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "carrier-docs-"));
  await mkdir(join(folder, "node_modules/@trunkline"), { recursive: true });
  await symlink(await realpath(join(home, "node_modules/twilio")), join(folder, "node_modules/twilio"));
  await symlink(home, join(folder, "node_modules/@trunkline/carrier"));
  for (const document of ["README.md", "docs/sdks.md", "docs/testing.md"])
    for (const [, name, code] of (await readFile(join(home, document), "utf8")).matchAll(
      /^```js (\S+)\n(.*?)^```$/gms,
    ))
      await writeFile(join(folder, name!), code!);
});
afterAll(async () => {
  application?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("the application of the quick start answers, and the caller gets through its menu", async () => {
  const place = createServer().listen(0, "127.0.0.1");
  await once(place, "listening");
  // Listening on TCP: never a pipe name and never null.
  const { port } = place.address() as AddressInfo;
  await new Promise((resolve) => place.close(resolve));
  const env = { ...process.env, PORT: String(port) };
  application = spawn(process.execPath, ["app.mjs"], { cwd: folder, env, stdio: "inherit" });
  const voiceUrl = `http://127.0.0.1:${port}/voice`;
  await expect
    .poll(
      () =>
        fetch(voiceUrl, { method: "POST" }).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  const carrier = await startCarrier({
    clock: fastClock(1000),
    numbers: [{ phoneNumber: number, voiceUrl }],
  });
  const { person, ended } = carrier.call({
    from: caller,
    to: number,
    script: { steps: [{ hear: "press 2", press: "2" }] },
  });
  await ended;
  expect(person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text)).toEqual([
    "For claims, press 2.",
    "Your claim was paid on Monday.",
  ]);
  expect(carrier.alerts()).toEqual([]);
  await carrier.close();
});

test.each([
  ["client.mjs", "+15550150001"],
  ["http-client.mjs", number],
])("Twilio's library is pointed at the carrier as %s says", async (file, told) => {
  const carrier = await startCarrier({ accountSid, authToken, numbers: [number] });
  const env = {
    ...process.env,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    CARRIER_URL: carrier.url,
  };
  const { stdout } = await run(process.execPath, [file], { cwd: folder, env });
  expect(stdout).toBe(`${told}\n`);
  await carrier.close();
});

test("the test of a test file passes", async () => {
  const { stdout } = await run(process.execPath, ["--test", "--test-reporter=tap", "claims.test.mjs"], {
    cwd: folder,
  });
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
