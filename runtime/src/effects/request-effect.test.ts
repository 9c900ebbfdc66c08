/** A flow asks a web service: the whole way from the drawing to the wire of this machine and back to the caller. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  linksIn,
  openTestDatabase,
  publishTest,
  seedTest,
  type TestDatabase,
  testDrivers,
  testFlow,
  testPhone,
  testRuntime,
} from "../testing.ts";
import { performEffect } from "./perform-effect.ts";

describe.each(testDrivers)("requests on %s", (driver) => {
  let opened: TestDatabase;
  let hookToken: string;
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(String(request.headers["idempotency-key"]));
    response.writeHead(200, { "content-type": "application/json" }).end('{"claim":{"status":"paid"}}');
  });
  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    server.close();
    await opened.drop();
  });
  const local = { hosts: new Set<string>(), credentials: new Map<string, string>(), allowLoopback: true };

  test("the same effect twice: the service is told that it is the same", async () => {
    const runtime = testRuntime(opened.database);
    const parts = {
      database: opened.database,
      clock: runtime.clock,
      provider: runtime.provider,
      pollUrl: () => "",
      requests: local,
    };
    const call = { callId: "call-1", clientId: 1, token: "t", providerCallId: "CA1" };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/claims/1`;
    const order = {
      effect: "http-request",
      method: "GET",
      url,
      timeoutSeconds: 5,
      pick: { status: "/claim/status" },
    } as const;
    for (const attempt of [1, 2]) {
      expect(await performEffect(parts, call, order, "2.1", attempt)).toEqual({
        answer: { status: 200, picked: { status: "paid" } },
      });
    }
    expect(seen).toEqual(["call-1/2.1", "call-1/2.1"]);
  });

  test("a host that is not on the list: the flow goes on by its own way, at once, and nothing is asked", async () => {
    await publishTest(
      opened.database,
      testFlow(
        {
          ask: {
            kind: "request",
            config: {
              method: "GET",
              url: "https://erp.example.org/claims/1",
              map: [{ pointer: "/claim/status", into: "status" }],
              timeoutSeconds: 5,
            },
            next: { ok: "paid", refused: "failed", unfit: "failed", failed: "failed", timeout: "late" },
          },
          paid: { kind: "hang-up", config: { disposition: "paid", farewell: "It is {{status}}." } },
          failed: { kind: "hang-up", config: { disposition: "failed", farewell: "We cannot look." } },
          late: { kind: "hang-up", config: { disposition: "late", farewell: "It takes too long." } },
        },
        { variables: { status: { type: "text", sensitivity: "internal" } } },
      ),
    );
    const runtime = testRuntime(opened.database);
    const told = await testPhone(runtime, hookToken, `CA${"a".repeat(32)}`).ring();
    expect(told.body).toContain("We cannot look.");
    expect(linksIn(told.body)).toEqual({});
    const [event] = await opened.database.query<{ payload: string }>(
      "select payload::text as payload from call_events where type = 'effect-failed'",
      [],
    );
    const { error } = JSON.parse(event!.payload);
    expect(error).toBe("blocked: The host is not among those this installation may ask.");
  });
});
