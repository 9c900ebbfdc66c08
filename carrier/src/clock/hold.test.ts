/**
 * Forty-five minutes on hold, twice at once: with a payer's phone system, and in a queue of the application's own.
 * On the virtual clock and at two thousand times the wall's pace an application is asked the same, in the same order.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Carrier, startCarrier } from "../carrier.ts";
import { seededRandom } from "../ids.ts";
import type { ScriptInput } from "../people/script.ts";
import { accountSid, authToken, caller, number, rest, twiml } from "../testdata/line.ts";
import { type Clock, virtualClock } from "./clock.ts";
import { fastClock } from "./fast-clock.ts";

const payer = "+15550150001";
const minutes = 60;

const documents: Readonly<Record<string, string>> = {
  // The payer is called: its menu, its hold, its representative.
  "/payer":
    '<Pause length="8"/><Play digits="1"/><Gather input="speech" timeout="3600" speechTimeout="auto" action="/greeted"/>',
  "/greeted":
    '<Gather input="speech" timeout="30" speechTimeout="auto" action="/answered"><Say>The status of claim seven, please.</Say></Gather>',
  "/answered": "<Say>Thank you. Goodbye.</Say><Hangup/>",
  // Somebody waits in a queue, and an agent dials it.
  "/voice": '<Enqueue waitUrl="/wait" action="/left">claims</Enqueue>',
  "/wait": '<Play>http://127.0.0.1/music.mp3</Play><Pause length="55"/>',
  "/agent": '<Dial action="/done"><Queue>claims</Queue></Dial>',
};

const application = createServer((request, response) => {
  request.resume().on("end", () => {
    response.setHeader("content-type", "text/xml").end(twiml(documents[request.url ?? ""] ?? ""));
  });
});
let carrier: Carrier | undefined;
afterEach(async () => {
  await carrier?.close();
  application.closeAllConnections();
  application.close();
});

async function play(clock: Clock, pass: (carrier: Carrier) => Promise<unknown>) {
  if (!application.listening)
    await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const base = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  const opened = clock.now();
  const callAfter = (seconds: number, to: string, steps: ScriptInput["steps"]) =>
    clock.after(seconds * 1000, () =>
      carrier?.call({ from: caller, to, script: { patienceSeconds: 7200, steps } }),
    );
  carrier = await startCarrier({
    // Nobody serves the music.
    fetchMedia: false,
    accountSid,
    authToken,
    clock,
    random: seededRandom(7),
    numbers: [
      { phoneNumber: number, voiceUrl: `${base}/voice` },
      { phoneNumber: "+15550100002", voiceUrl: `${base}/agent` },
    ],
    farEnd: {
      [payer]: {
        phoneSystem: {
          greeting: "Thank you for calling Acme Health.",
          menus: {
            main: { says: "For claims press 1.", keys: { "1": "rep" } },
            rep: {
              hold: { seconds: 45 * minutes, everySeconds: 3600 },
              says: "This is Julie, how can I help you?",
              answers: [{ hear: "/status/i", say: "It was paid in May." }],
            },
          },
        },
      },
    },
  });
  // Tracked like a webhook: time does not run away from who sets the scene.
  const placed = await clock.track(
    rest({ carrier }, "POST", "/Calls.json", {
      To: payer,
      From: number,
      Url: `${base}/payer`,
      Record: "true",
      RecordingStatusCallback: `${base}/recorded`,
      StatusCallback: `${base}/status`,
      StatusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    }),
  );
  expect(placed.status).toBe(201);
  callAfter(5 * minutes, number, [{ hear: "hello", say: "at last" }]);
  callAfter(50.5 * minutes, "+15550100002", [
    { say: "hello", afterSeconds: 1 },
    { silentSeconds: 60 },
    { hangUp: true },
  ]);
  await pass(carrier);
  const { url, phoneToken } = carrier;
  const answer = await fetch(`${url}/_carrier/console/requests`, {
    headers: { authorization: `Bearer ${phoneToken}` },
  });
  // The console's own shape.
  const { requests } = (await answer.json()) as {
    requests: { at: number; document: string; parameters: [string, string][] }[];
  };
  const alerts = carrier.alerts();
  await carrier.close();
  return { alerts, asked: requests.reverse().map((one) => toldOf(one, opened)) };
}

/** What was asked, and apart from it everything that is a length of time or the carrier's own address. */
function toldOf(
  { at, document, parameters }: { at: number; document: string; parameters: [string, string][] },
  opened: number,
) {
  const seconds: Record<string, number> = { at: (at - opened) / 1000 };
  const told: string[] = [new URL(document).pathname];
  for (const [name, value] of parameters) {
    if (/(Duration|QueueTime)$/.test(name)) seconds[name] = Number(value);
    else if (!["Timestamp", "RecordingStartTime", "RecordingUrl"].includes(name))
      told.push(`${name}=${value}`);
  }
  return { told, seconds };
}

test("a hold of 45 minutes gives the same callbacks in virtual and in fast time", async () => {
  const virtual = virtualClock();
  const stepped = await play(virtual, () => virtual.runUntilIdle());
  const fast = await play(
    fastClock(2000),
    (carrier) =>
      new Promise<void>((resolve) => {
        // The last word is the recording's, a second after its call; until then somebody is on the line or expected.
        const look = () => {
          const ended = carrier.calls().filter(({ end_time }) => end_time !== null);
          if (ended.length === 3) carrier.clock.after(10_000, resolve);
          else carrier.clock.after(10_000, look);
        };
        look();
      }),
  );
  expect(stepped.alerts).toEqual([]);
  expect(stepped.asked.length).toBeGreaterThan(50);
  expect(fast.asked.map(({ told }) => told)).toEqual(stepped.asked.map(({ told }) => told));
  // An application that answers in its own time moves everything after it by so much, and nothing else does.
  for (const [at, { told, seconds }] of fast.asked.entries())
    for (const [name, value] of Object.entries(seconds))
      expect(Math.abs(value - stepped.asked[at]!.seconds[name]!), `${told[0]} ${name}`).toBeLessThan(25);
  expect(stepped.asked.at(-1)!.seconds.at).toBeGreaterThan(45 * minutes);
});
