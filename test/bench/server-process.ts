/**
 * One side of the webhook benchmark in a process of its own: `server-process.ts <side> <database url>`. Prints its
 * port. Ends on SIGTERM by its own will, so that `--cpu-prof` gets to write.
 */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createRuntime, createTwilio, openDatabase } from "@trunkline/runtime/app";
import { consoleLog, systemClock, systemRandom } from "@trunkline/runtime/testing";
import { account, publicBaseUrl } from "./account.ts";
import { createBaseline } from "./baseline-handler.ts";

const [side, url] = process.argv.slice(2);
if (!side || !url) throw new Error("Expected a side and a database url, found too few arguments.");

const fetch = await handlerOf(side, url);
const server = serve({ fetch, hostname: "127.0.0.1", port: 0 });
server.once("listening", () => console.log((server.address() as AddressInfo).port)); // listening on TCP
process.once("SIGTERM", () => process.exit(0));

async function handlerOf(
  which: string,
  database: string,
): Promise<(request: Request) => Response | Promise<Response>> {
  if (which === "classic" || which === "two-trips") return createBaseline(database, which).app.fetch;
  const runtime = createRuntime({
    database: await openDatabase({ kind: "postgres", url: database }),
    clock: systemClock,
    random: systemRandom,
    log: consoleLog,
    provider: createTwilio({ ...account, publicBaseUrl }),
    publicBaseUrl,
    origins: [publicBaseUrl],
    line: "twilio",
    version: "bench",
  });
  await runtime.start();
  return runtime.app.fetch;
}
