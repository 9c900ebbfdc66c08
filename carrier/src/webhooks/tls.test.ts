/** Certificates must be valid for public authorities (protocol 2, TLS): others are refused with a code of their own. */
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { caller, number, openLine } from "../testdata/line.ts";
import { selfSigned } from "../testdata/self-signed.ts";

const apology = "We're sorry, an application error has occurred. Goodbye.";

test.each([
  ["a certificate nobody vouches for is 11237", (port: number) => `https://127.0.0.1:${port}/`, 11237],
  [
    "a server that speaks no TLS is 11220",
    (_: number, plain: string) => plain.replace("http:", "https:"),
    11220,
  ],
])("TLS 2: %s", async (_, urlOf, code) => {
  const server = createServer(selfSigned, (_request, response) => response.end("<Response/>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const line = await openLine();
  try {
    // Listening on TCP: never a pipe name and never null.
    const { port } = server.address() as AddressInfo;
    line.carrier.setNumber(number, { voiceUrl: urlOf(port, line.application) });
    const call = line.carrier.call({ from: caller, to: number });
    await line.clock.runUntilIdle();
    expect(line.carrier.alerts(call.sid).map((alert) => alert.code)).toEqual([code]);
    expect(call.person.transcript.find(({ what }) => what === "heard")?.text).toBe(apology);
  } finally {
    await line.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
