/** An application that knows itself by a public name only, behind a tunnel (`tunnels`). */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Carrier, startCarrier, type VirtualClock, virtualClock } from "../index.ts";
import { acceptSocket } from "../testdata/applications/web-socket.ts";

const authToken = "a-token-for-tests";
const number = "+15550100001";
const asked: string[] = [];
let clock: VirtualClock;
let carrier: Carrier;

/** As applications behind a proxy do it: the public URL from the headers, and the signature held against it. */
function told(request: IncomingMessage, scheme: string, form: Record<string, string>): void {
  const url = `${scheme}://${request.headers.host}${request.url}`;
  const signed = twilio.validateRequest(authToken, String(request.headers["x-twilio-signature"]), url, form);
  const { "x-forwarded-proto": proto, "x-forwarded-host": host } = request.headers;
  asked.push(`${url} ${proto} ${host} ${signed ? "signed" : "not signed"}`);
}
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = Object.fromEntries(new URLSearchParams(await text(request)));
  told(request, String(request.headers["x-forwarded-proto"]), form);
  const base = request.headers.host;
  const pages: Record<string, string> = {
    "/voice": `<Redirect>https://${base}/deeper?x=1</Redirect>`,
    "/deeper?x=1": `<Connect action="over"><ConversationRelay url="wss://${base}/relay"/></Connect>`,
  };
  response.writeHead(200, { "content-type": "text/xml" });
  response.end(`<Response>${pages[request.url ?? ""] ?? "<Say>Over.</Say>"}</Response>`);
}
const server = createServer((request, response) => void answer(request, response));
server.on("upgrade", (request, socket) => {
  told(request, "wss", {});
  acceptSocket(request, socket, { message: ({ type }, to) => type === "setup" && to.send({ type: "end" }) });
});

beforeEach(async () => {
  asked.length = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on TCP: never a pipe name and never null.
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clock = virtualClock();
  carrier = await startCarrier({
    authToken,
    clock,
    tunnels: { "Claims.example.com": address },
    numbers: [{ phoneNumber: number, voiceUrl: "https://claims.example.com/voice" }],
  });
});
afterEach(async () => {
  await carrier.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("https and wss end at the tunnel; the server is told its public name, everything is signed", async () => {
  const { person } = carrier.call({ from: "+15550199001", to: number });
  await clock.runUntilIdle();
  const signed = (url: string) => `${url} https claims.example.com signed`;
  expect(asked).toEqual([
    signed("https://claims.example.com/voice"),
    signed("https://claims.example.com/deeper?x=1"),
    signed("wss://claims.example.com/relay"),
    signed("https://claims.example.com/over"),
  ]);
  expect(person.transcript.filter(({ what }) => what === "heard").map((entry) => entry.text)).toEqual([
    "Over.",
  ]);
  expect(carrier.alerts()).toEqual([]);
});

test("other public hosts are refused as ever", async () => {
  carrier.setNumber(number, { voiceUrl: "https://www.example.com/voice" });
  carrier.call({ from: "+15550199001", to: number });
  await clock.runUntilIdle();
  expect(asked).toEqual([]);
  expect(carrier.alerts().map(({ code }) => code)).toEqual([11210]);
});

test.each([
  ["https://127.0.0.1:3000", "expected an http address"],
  ["http://example.com", "host example.com is not allowed"],
  ["3000", "expected an http or https URL"],
])("a tunnel to %s is refused", async (address, sentence) => {
  await expect(startCarrier({ tunnels: { "a.example.com": address } })).rejects.toThrow(sentence);
});
