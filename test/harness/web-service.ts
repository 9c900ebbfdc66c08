/**
 * A web service that answers as a scenario says, in the line's own time: for the requests of flows under test. Speaks HTTP
 * on loopback; keeps what it was asked.
 */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Answer } from "@trunkline/schema/scenario";

export interface WebService {
  readonly url: string;
  readonly asked: string[];
  /** The idempotency key of every request, in order. */
  readonly keys: string[];
  /** What is answered next, in order; then 200 with an empty object. */
  expect(answers: readonly Answer[]): void;
  /** What is answered when nothing is expected. */
  otherwise(answer: () => Answer): void;
  /** Resolves when nothing is being answered, or what is answered waits for time to pass. */
  settled(): Promise<boolean>;
  close(): void;
}

export async function openWebService(sleep: (ms: number) => Promise<void>): Promise<WebService> {
  let answers: Answer[] = [];
  let otherwise = (): Answer => ({ node: "" });
  let sleeping = 0;
  let wake: (() => void)[] = [];
  const asked: string[] = [];
  const keys: string[] = [];
  const server = serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      asked.push(request.headers.get("x-asked-for") ?? request.url);
      keys.push(request.headers.get("idempotency-key") ?? "");
      const { status = 200, json = {}, fails, afterSeconds = 0 } = answers.shift() ?? otherwise();
      const seconds = fails?.startsWith("timeout") ? longerThanAnyTimeout : afterSeconds;
      if (seconds > 0) {
        sleeping += 1;
        for (const one of wake.splice(0)) one();
        await sleep(seconds * 1000);
        sleeping -= 1;
      }
      // A fault of the service: an answer no client can read.
      if (fails !== undefined)
        return new Response("no", { status: 500, headers: { "content-type": "text/plain" } });
      return Response.json(json, { status });
    },
  });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP: never a pipe's name
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    keys,
    otherwise: (answer) => {
      otherwise = answer;
    },
    expect: (given) => {
      answers = [...given];
    },
    settled: () => {
      if (sleeping > 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        wake = [...wake, () => resolve(true)];
      });
    },
    close: () => {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}

/** Seconds. */
const longerThanAnyTimeout = 60;
