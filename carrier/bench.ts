/**
 * Measures the carrier by hand: `node carrier/bench.ts [calls]` from the repository's root.
 *
 * First 500 calls at once in real time and the memory they take, then 100,000 calls (or as many as asked for) in virtual time.
 * Every call is a whole one: three signed webhooks over loopback to an application in this process, a menu, a key, an answer, a hangup.
 * It fails with a sentence when a call does not end as scripted; it judges no figure, since machines differ.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type Carrier, type ScriptedCall, startCarrier, virtualClock } from "./src/index.ts";

const number = "+15550100001";
/** Below the carrier's limit of live calls. */
const atOnce = 500;

const documents: Readonly<Record<string, string>> = {
  "/voice":
    '<Response><Gather numDigits="1" action="/key"><Say>For claims, press 2.</Say></Gather></Response>',
  "/key": '<Response><Say>Claims.</Say><Redirect method="GET">/bye</Redirect></Response>',
  "/bye": "<Response><Say>Your claim was paid on Monday. Goodbye.</Say><Hangup/></Response>",
};

let answered = 0;
const application = createServer((request, response) => {
  request.resume().on("end", () => {
    answered++;
    response.setHeader("content-type", "text/xml").end(documents[(request.url ?? "").split("?")[0]!]);
  });
});

function wave(carrier: Carrier, count: number): ScriptedCall[] {
  return Array.from({ length: count }, (_, at) =>
    carrier.call({
      from: `+1555019${String(at).padStart(4, "0")}`,
      to: number,
      script: {
        steps: [
          { hear: "press 2", press: "2" },
          { hear: "paid on Monday", interrupt: true },
        ],
      },
    }),
  );
}

function assertEnded(calls: readonly ScriptedCall[]): void {
  for (const { sid, person } of calls)
    if (!person.done || person.ending?.reason !== "completed")
      throw new Error(`expected call ${sid} to be completed, found ${JSON.stringify(person.transcript)}`);
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const secondsSince = (from: number) => (performance.now() - from) / 1000;

async function inRealTime(voiceUrl: string): Promise<void> {
  const carrier = await startCarrier({ numbers: [{ phoneNumber: number, voiceUrl }] });
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const from = performance.now();
  const cpu = process.cpuUsage();
  const calls = wave(carrier, atOnce);
  await Promise.all(calls.map(({ ended }) => ended));
  clearInterval(watch);
  assertEnded(calls);
  const { user, system } = process.cpuUsage(cpu);
  await carrier.close();
  console.log(
    `real time: ${atOnce} calls at once over in ${secondsSince(from).toFixed(1)} s, CPU ${((user + system) / 1e6).toFixed(1)} s, ` +
      `resident ${megabytes(before)} MB before, ${megabytes(most)} MB at most`,
  );
}

async function inVirtualTime(voiceUrl: string, count: number): Promise<void> {
  const clock = virtualClock();
  const carrier = await startCarrier({ clock, numbers: [{ phoneNumber: number, voiceUrl }] });
  const from = performance.now();
  let most = 0;
  for (let done = 0; done < count; done += atOnce) {
    const calls = wave(carrier, Math.min(atOnce, count - done));
    await clock.runUntilIdle();
    assertEnded(calls);
    most = Math.max(most, process.memoryUsage.rss());
    if ((done / atOnce) % 20 === 0)
      console.error(`${done} calls after ${secondsSince(from).toFixed(0)} s, ${megabytes(most)} MB`);
  }
  const seconds = secondsSince(from);
  const kept = carrier.calls().length;
  await carrier.close();
  console.log(
    `virtual time: ${count} calls in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} calls/s, ` +
      `${kept} still known, resident ${megabytes(most)} MB at most`,
  );
}

const { positionals } = parseArgs({ allowPositionals: true });
const count = Number(positionals[0] ?? 100_000);
if (!Number.isInteger(count) || count < 1)
  throw new Error(`expected a count of calls, found ${positionals[0]}`);
await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
// Listening on TCP: never a pipe name and never null.
const voiceUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}/voice`;
await inRealTime(voiceUrl);
await inVirtualTime(voiceUrl, count);
console.log(`the application answered ${answered} requests`);
application.closeAllConnections();
application.close();
