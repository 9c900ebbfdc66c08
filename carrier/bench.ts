/**
 * Measures the carrier by hand: `node carrier/bench.ts [--calls 100000] [--only real|virtual|dial]` from the repository's root.
 *
 * - `real`: 500 calls at once in real time and the memory they take.
 * - `virtual`: 100,000 calls in virtual time, 500 at a time. Each is a whole one: three signed webhooks over loopback to an application in
 *   a process of its own, a menu, a key, an answer, a hangup.
 * - `dial`: a tenth as many heavier ones: the menu, then a Dial to a scripted person with a recording, and ten callbacks about it all.
 *
 * It fails with a sentence when a call does not end as scripted; it judges no figure, since machines differ.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type Carrier,
  type ScriptedCall,
  type ScriptInput,
  startCarrier,
  virtualClock,
} from "./src/index.ts";

const number = "+15550100001";
const representative = "+15550150001";
/** Below the carrier's limit of live calls, also where every call dials another. */
const atOnce = 500;

const documents: Readonly<Record<string, string>> = {
  "/voice":
    '<Response><Gather numDigits="1" action="/key"><Say>For claims, press 2.</Say></Gather></Response>',
  "/key": '<Response><Say>Claims.</Say><Redirect method="GET">/bye</Redirect></Response>',
  "/bye": "<Response><Say>Your claim was paid on Monday. Goodbye.</Say><Hangup/></Response>",
  "/transfer":
    '<Response><Gather numDigits="1" action="/connect"><Say>For claims, press 2.</Say></Gather></Response>',
  "/connect": `<Response><Dial record="record-from-answer" recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed" action="/after"><Number statusCallback="/told" statusCallbackEvent="initiated ringing answered completed">${representative}</Number></Dial></Response>`,
  "/after": "<Response><Say>Goodbye.</Say><Hangup/></Response>",
  "/told": "",
};

/** This file again, as the application: tells its port, ends with its parent. */
function serve(): void {
  const application = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "text/xml").end(documents[(request.url ?? "").split("?")[0]!]);
    });
  });
  // Listening on TCP: never a pipe name and never null.
  application.listen(0, "127.0.0.1", () => process.send!((application.address() as AddressInfo).port));
  process.once("disconnect", () => process.exit());
}

const asks: ScriptInput = {
  steps: [
    { hear: "press 2", press: "2" },
    { hear: "paid on Monday", interrupt: true },
  ],
};
const isTransferred: ScriptInput = {
  steps: [
    { hear: "press 2", press: "2" },
    { hear: "how can I help", say: "What about my claim?" },
    { hear: "paid on Monday", interrupt: true },
  ],
};
const answers: ScriptInput = {
  steps: [
    { say: "Acme, how can I help?" },
    { hear: "claim", say: "It was paid on Monday." },
    { hangUp: true, afterSeconds: 4 },
  ],
};

function wave(carrier: Carrier, count: number, script: ScriptInput): ScriptedCall[] {
  return Array.from({ length: count }, (_, at) =>
    carrier.call({ from: `+1555019${String(at).padStart(4, "0")}`, to: number, script }),
  );
}

function assertEnded(calls: readonly ScriptedCall[]): void {
  for (const { sid, person } of calls)
    if (!person.done || person.ending?.reason !== "completed")
      throw new Error(`expected call ${sid} to be completed, found ${JSON.stringify(person.transcript)}`);
}

/** As `node --expose-gc` has it. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  // With this flag every new context has it.
  const collect = runInNewContext("gc") as () => void;
  collect();
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const secondsSince = (from: number) => (performance.now() - from) / 1000;

async function inRealTime(base: string): Promise<void> {
  const carrier = await startCarrier({ numbers: [{ phoneNumber: number, voiceUrl: `${base}/voice` }] });
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const from = performance.now();
  const cpu = process.cpuUsage();
  const calls = wave(carrier, atOnce, asks);
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

async function inVirtualTime(
  name: string,
  voiceUrl: string,
  script: ScriptInput,
  count: number,
): Promise<void> {
  const clock = virtualClock();
  const carrier = await startCarrier({ clock, numbers: [{ phoneNumber: number, voiceUrl }] });
  carrier.setFarEnd(representative, answers);
  const from = performance.now();
  let most = 0;
  for (let done = 0; done < count; done += atOnce) {
    const calls = wave(carrier, Math.min(atOnce, count - done), script);
    await clock.runUntilIdle();
    assertEnded(calls);
    most = Math.max(most, process.memoryUsage.rss());
    if ((done / atOnce) % 20 === 0)
      console.error(`${done} calls after ${secondsSince(from).toFixed(0)} s, ${megabytes(most)} MB`);
  }
  const seconds = secondsSince(from);
  const kept = carrier.calls().length;
  collectGarbage();
  const inUse = process.memoryUsage().heapUsed;
  await carrier.close();
  console.log(
    `${name}: ${count} calls in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} calls/s, ` +
      `${kept} still known, resident ${megabytes(most)} MB at most, ${megabytes(inUse)} MB of it in use`,
  );
}

async function measure(calls: string, only: string | undefined): Promise<void> {
  const count = Number(calls);
  if (!Number.isInteger(count) || count < 10) throw new Error(`expected --calls from 10, found ${calls}`);
  const application = fork(import.meta.filename, ["--application"]);
  const [port] = (await once(application, "message")) as [number];
  const base = `http://127.0.0.1:${port}`;
  const stages: Readonly<Record<string, () => Promise<void>>> = {
    real: () => inRealTime(base),
    virtual: () => inVirtualTime("virtual time", `${base}/voice`, asks, count),
    dial: () => inVirtualTime("with a recorded Dial", `${base}/transfer`, isTransferred, count / 10),
  };
  const chosen = only === undefined ? Object.values(stages) : [stages[only]];
  for (const stage of chosen) {
    if (!stage) throw new Error(`expected --only of ${Object.keys(stages).join(", ")}, found ${only}`);
    await stage();
  }
  application.disconnect();
}

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "100000" },
    only: { type: "string" },
    application: { type: "boolean", default: false },
  },
});
if (values.application) serve();
else await measure(values.calls, values.only);
