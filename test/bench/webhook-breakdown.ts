/**
 * Where the time of one webhook of ours goes when nothing else runs: each part alone, one after the other, in this
 * process. Reading and writing are timed at the database handle, round trip included; the rest is CPU.
 */
import { randomBytes } from "node:crypto";
import { createRuntime, createTwilio, type Database, openDatabase } from "@trunkline/runtime/app";
import { silentLog, systemClock, systemRandom, turnLinks } from "@trunkline/runtime/testing";
import type { Session } from "@trunkline/schema/call";
import { compileFlow, openSession, step } from "@trunkline/schema/engine";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { account, benchNumber, hookToken, publicBaseUrl } from "./account.ts";
import { createBaseline } from "./baseline-handler.ts";
import { askingFlow } from "./generate-flow.ts";
import { median, printTable } from "./statistics.ts";

type Handler = (request: Request) => Response | Promise<Response>;

const turns = 400;

export async function printBreakdown(url: string, byHandUrl: string): Promise<void> {
  const opened = await openDatabase({ kind: "postgres", url });
  const spent = { read: [] as number[], write: [] as number[] };
  const provider = createTwilio({ ...account, publicBaseUrl });
  const runtime = createRuntime({
    database: timed(opened, spent),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    provider,
    publicBaseUrl,
    origins: [publicBaseUrl],
    line: "twilio",
    version: "bench",
  });
  await warmUp(runtime.app.fetch);
  spent.read.length = spent.write.length = 0;
  const { whole, sent } = await drive(runtime.app.fetch);
  await opened.close();
  const parts: [string, number][] = [
    ...cpuParts(provider, sent),
    ["read (one SELECT, round trip)", warmMedian(spent.read)],
    ["write (one statement, round trip)", warmMedian(spent.write)],
  ];
  const total = warmMedian(whole);
  const known = parts.reduce((sum, [, us]) => sum + us, 0);
  console.log("\nOne webhook of ours, alone, microseconds (medians)");
  printTable(
    ["part", "µs"],
    [...parts, ["the rest: Hono, Request and Response", total - known], ["together", total]],
  );
  const byHand = createBaseline(byHandUrl, "two-trips");
  await warmUp(byHand.app.fetch);
  const { whole: wholeByHand } = await drive(byHand.app.fetch);
  await byHand.close();
  console.log(`  by hand with two round trips, alone, together: ${warmMedian(wholeByHand).toFixed(0)}`);
}

/** Calls nobody times: a handler that is not yet compiled takes twice as long. */
async function warmUp(fetch: Handler): Promise<void> {
  for (let calls = 0; calls < 5; calls++) await drive(fetch);
}

/** One call, turn after turn, each alone: milliseconds of each, and the last webhook. */
async function drive(fetch: Handler) {
  const whole: number[] = [];
  const sid = `CA${randomBytes(16).toString("hex")}`;
  const fields = { AccountSid: account.accountSid, CallSid: sid, From: "+15550199042", To: benchNumber };
  let target = `/hooks/${hookToken}/voice`;
  let sent = { target, form: {} as Record<string, string> };
  for (let turn = 0; turn < turns; turn++) {
    const form: Record<string, string> = {
      ...fields,
      CallStatus: turn ? "in-progress" : "ringing",
      Direction: "inbound",
      ApiVersion: "2010-04-01",
      ...(turn ? { Digits: "1" } : {}),
    };
    sent = { target, form };
    const request = signed(target, form);
    const began = performance.now();
    const answer = await (await fetch(request)).text();
    whole.push(performance.now() - began);
    const action = /<Gather[^>]* action="([^"]+)"/.exec(answer)?.[1];
    if (!action) throw new Error(`Expected a gather, found: ${answer.slice(0, 300)}`);
    target = action.slice(publicBaseUrl.length);
  }
  return { whole, sent };
}

function cpuParts(
  provider: ReturnType<typeof createTwilio>,
  sent: { target: string; form: Record<string, string> },
): [string, number][] {
  const signature = webhooks.getExpectedTwilioSignature(
    account.authToken,
    publicBaseUrl + sent.target,
    sent.form,
  );
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": signature,
  };
  const body = new URLSearchParams(sent.form).toString();
  const webhook = {
    method: "POST",
    target: sent.target,
    body,
    header: (name: string) => headers[name] ?? null,
  };
  const verified = provider.verify(webhook);
  if (!verified.ok) throw new Error(`Expected the webhook to verify, found ${verified.status}.`);
  const flow = compileFlow(askingFlow());
  const flows = new Map([[flow.hash, flow]]);
  let session = openSession(flow);
  const started = {
    type: "call-started",
    at: 1,
    turn: 0,
    direction: "inbound",
    from: "",
    to: "",
    seed: 1,
  } as const;
  session = step(flows, session, started).session;
  for (let turn = 1; turn < 50; turn++)
    session = step(flows, session, { type: "input", at: turn, turn, digits: "1" }).session;
  const event = { type: "input", at: 60, turn: session.turn, digits: "1" } as const;
  const result = step(flows, session, event);
  const text = JSON.stringify(session);
  console.log(`\n  session bytes: ${text.length}`);
  const links = turnLinks(publicBaseUrl, "a".repeat(32), 51);
  return [
    ["signature and form", time(() => provider.verify(webhook))],
    ["parse the event", time(() => provider.parseVoice(verified.fields))],
    ["parse the session", time(() => JSON.parse(text) as Session)],
    ["step", time(() => step(flows, session, event))],
    ["render", time(() => provider.render(result.reply?.verbs ?? [], links))],
    ["session to JSON", time(() => JSON.stringify(result.session))],
  ];
}

/** Microseconds of one run: median of batches. */
function time(work: () => unknown): number {
  const batch = 200;
  const runs = Array.from({ length: 50 }, () => {
    const began = performance.now();
    for (let at = 0; at < batch; at++) work();
    return (performance.now() - began) / batch;
  });
  return median(runs.slice(10)) * 1000;
}

function warmMedian(ms: readonly number[]): number {
  return median(ms.slice(Math.floor(ms.length / 4))) * 1000;
}

function timed(database: Database, spent: { read: number[]; write: number[] }): Database {
  return {
    ...database,
    async query<Row extends object>(text: string, parameters: readonly (string | number | boolean | null)[]) {
      const began = performance.now();
      const rows = await database.query<Row>(text, parameters);
      (text.trimStart().startsWith("select") ? spent.read : spent.write).push(performance.now() - began);
      return rows;
    },
  };
}

function signed(target: string, form: Record<string, string>): Request {
  const body = new URLSearchParams(form).toString();
  return new Request(`http://inside.test${target}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(body.length), // as a carrier's: ours then reads the body whole
      "x-twilio-signature": webhooks.getExpectedTwilioSignature(
        account.authToken,
        publicBaseUrl + target,
        form,
      ),
    },
    body,
  });
}
