/** What a flow may ask of the web, and what a hostile service can do about it: nothing (S54 to S56). */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequestOrder } from "@trunkline/schema/call";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock, virtualClock } from "../ports/clock.ts";
import { until } from "../testing.ts";
import { isPublicAddress } from "./address.ts";
import { type RequestRules, sendRequest } from "./http-request.ts";
import { checkUrl, noRequests } from "./request-guard.ts";

const rules: RequestRules = {
  ...noRequests,
  hosts: new Set(["api.example.com", "127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254"]),
  credentials: new Map([["erp", "Bearer very-secret"]]),
};
const order: HttpRequestOrder = {
  effect: "http-request",
  method: "GET",
  url: "https://api.example.com/claims/1",
  timeoutSeconds: 5,
  pick: {},
};

describe("addresses as they are written (S54)", () => {
  const refusedUrls = [
    "http://api.example.com/",
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.0.0.1./",
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST/",
    "https://[::1]/",
    "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::169.254.169.254]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://0.0.0.0/",
    "https://0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://168.63.129.16/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://127.0.0.1.nip.io/",
    "https://api.example.com.evil.test/",
    "https://evil.test/?api.example.com",
    "https://evil.test/#api.example.com",
    "https://api.example.com@evil.test/",
    "https://user:password@api.example.com/",
    "https://user@api.example.com/",
    "https://@api.example.com/",
    "https://api.example.com:22/",
    "https://api.example.com:5432/",
    "https://api.example.com:80/",
    "https://api.example.com:0/",
    "https://api.example.com:99999/",
    "https://evil.test\\@api.example.com/",
    "https:\\\\api.example.com\\",
    "https:/api.example.com/",
    "https:api.example.com",
    "//api.example.com/",
    "https://api.example.com/ path",
    "https://api.exa\tmple.com/",
    "https://api.example.com/\r\nHost: evil.test",
    "https://api.example.com./",
    "https://API.example.com.evil.test/",
    "https://аpi.example.com/",
    "https://api。example。com.evil.test/",
    "https://%61pi.example.com:444/",
    "https:///",
    "https://",
    "",
    "ftp://api.example.com/",
    "file:///etc/passwd",
    "gopher://api.example.com/",
    "data:application/json,{}",
    "javascript:alert(1)",
    "ws://api.example.com/",
    `https://api.example.com/${"x".repeat(4000)}`,
  ];
  test(`${refusedUrls.length} forms are refused`, async () => {
    expect(refusedUrls.length).toBeGreaterThanOrEqual(60);
    for (const url of refusedUrls) {
      expect(checkUrl(url, rules).ok, url).toBe(false);
      const clock = virtualClock();
      await expect(sendRequest({ ...order, url }, "k", rules, clock), url).rejects.toThrow(/^blocked: /);
    }
  });
  test.each([
    "https://api.example.com/",
    "https://API.example.com/a?b=c%20d",
    "https://api.example.com:443/a@b",
  ])("%s may be asked", (url) => expect(checkUrl(url, rules).ok).toBe(true));
  test("a name of this machine that an operator listed is stopped when connecting", async () => {
    const listed = { ...rules, hosts: new Set(["localhost"]) };
    const answer = sendRequest({ ...order, url: "https://localhost/" }, "k", listed, virtualClock());
    await expect(answer).rejects.toThrow("blocked: The host's address is not a public one.");
  });
  test("nobody may be asked unless the installation says so", () => {
    expect(checkUrl("https://api.example.com/", noRequests).ok).toBe(false);
  });
});

describe("addresses as they are connected to", () => {
  const inside = [
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "168.63.129.16",
    "0.0.0.0",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "239.1.1.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:808:808::1",
    "3fff::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
    "",
    "api.example.com",
  ];
  test.each(inside)("%s is not public, whatever its name", async (address) => {
    expect(isPublicAddress(address)).toBe(false);
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return [address];
    };
    const answer = sendRequest(order, "k", { ...rules, resolve }, virtualClock());
    await expect(answer).rejects.toThrow("blocked: The host's address is not a public one.");
    expect(asked).toEqual(["api.example.com"]);
  });
  test.each(["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
  test.each([
    ["one of several is inside", ["8.8.8.8", "127.0.0.1"]],
    ["none at all", []],
  ])("%s: refused", async (_name, addresses) => {
    const resolve = async () => addresses;
    const answer = sendRequest(order, "k", { ...rules, resolve }, virtualClock());
    await expect(answer).rejects.toThrow(/^blocked: /);
  });
  test("a name that moves inside between two requests: each connection asks anew", async () => {
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const resolve = async () => answers.shift() ?? [];
    for (let times = 0; times < 2; times++) {
      await expect(sendRequest(order, "k", { ...rules, resolve }, virtualClock())).rejects.toThrow(
        /^blocked: /,
      );
    }
    expect(answers).toEqual([]);
  });
  test("a name that is not there", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("api.example.com"), { code: "ENOTFOUND" }));
    const answer = sendRequest(order, "k", { ...rules, resolve }, virtualClock());
    await expect(answer).rejects.toThrow("The service could not be reached (ENOTFOUND).");
  });
});

describe("services on this machine", () => {
  const local: RequestRules = { ...rules, hosts: new Set(), allowLoopback: true };
  let base: string;
  let behave: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: { method: string; headers: IncomingMessage["headers"]; body: string }[];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push({ method: request.method ?? "", headers: request.headers, body });
      behave(request, response);
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    seen = [];
  });
  const json = (value: unknown, status = 200, type = "application/json") =>
    ((_request, response) => {
      response.writeHead(status, { "content-type": type }).end(JSON.stringify(value));
    }) satisfies typeof behave;
  const ask = (
    more: Partial<HttpRequestOrder> = {},
    clock: Parameters<typeof sendRequest>[3] = systemClock,
  ) => sendRequest({ ...order, url: `${base}/claims?id=1`, ...more }, "call-1/2.1", local, clock);

  test("what is asked: method, key, body, credential; what is kept: the picked fields", async () => {
    behave = json({
      status: "paid",
      amount: 125.5,
      open: false,
      nothing: null,
      lines: [{ code: "A" }, { code: "B" }],
      "odd/na~me": 7,
      "": "empty name",
      long: "x".repeat(5000),
      text: "a\u0000b",
    });
    const pick = {
      status: "/status",
      amount: "/amount",
      open: "/open",
      nothing: "/nothing",
      second: "/lines/1/code",
      odd: "/odd~1na~0me",
      empty: "/",
      lines: "/lines",
      whole: "",
      minus: "/lines/-1",
      leading: "/lines/01/code",
      inherited: "/constructor",
      proto: "/__proto__/x",
      length: "/lines/length",
      noSlash: "status",
      long: "/long",
      text: "/text",
    };
    const body = { member: "A1", amount: 12550, list: ["a"], none: null };
    const answer = await ask({ method: "POST", body, credential: "erp", pick });
    expect(answer).toEqual({
      status: 200,
      picked: {
        status: "paid",
        amount: 125.5,
        open: false,
        nothing: null,
        second: "B",
        odd: 7,
        empty: "empty name",
        lines: null,
        whole: null,
        minus: null,
        leading: null,
        inherited: null,
        proto: null,
        length: null,
        noSlash: null,
        long: null,
        text: "ab",
      },
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", body: JSON.stringify(body) });
    expect(seen[0]!.headers).toMatchObject({
      "idempotency-key": "call-1/2.1",
      authorization: "Bearer very-secret",
      "content-type": "application/json",
      accept: "application/json",
    });
  });
  test("GET has no body, and no credential unless one is named", async () => {
    behave = json({});
    await ask({ body: { a: 1 } });
    expect(seen[0]).toMatchObject({ method: "GET", body: "" });
    expect(seen[0]!.headers.authorization).toBeUndefined();
  });
  test("a credential nobody gave", async () => {
    await expect(ask({ credential: "none" })).rejects.toThrow('There is no credential named "none"');
    expect(seen).toEqual([]);
  });
  test.each([400, 404, 429, 500, 503])(
    "status %i is an answer, and nothing of it is kept",
    async (status) => {
      behave = json({ status: "paid" }, status);
      expect(await ask({ pick: { status: "/status" } })).toEqual({ status, picked: { status: null } });
    },
  );
  test("without fields to pick the answer may be anything", async () => {
    behave = (_request, response) => void response.end("ok");
    expect(await ask()).toEqual({ status: 200, picked: {} });
  });
  test("an answer of no content", async () => {
    behave = (_request, response) => void response.writeHead(204).end();
    expect(await ask({ pick: { a: "/a" } })).toEqual({ status: 204, picked: { a: null } });
  });
  test.each(["application/json; charset=utf-8", "application/problem+json", "Application/JSON"])(
    "%s is JSON",
    async (type) => {
      behave = json({ a: 1 }, 200, type);
      expect((await ask({ pick: { a: "/a" } })).picked).toEqual({ a: 1 });
    },
  );
  test("plain http to anywhere else stays refused", async () => {
    const elsewhere = sendRequest({ ...order, url: "http://api.example.com/" }, "k", local, systemClock);
    await expect(elsewhere).rejects.toThrow(/^blocked: /);
  });

  test("a service here that stands in for a host: its path and query, whatever they look like", () => {
    const standIns = new Map([["api.example.com", base]]);
    const stands = { ...local, standIns };
    const at = (url: string) => {
      const checked = checkUrl(url, stands);
      return checked.ok ? checked.url.href : checked.sentence;
    };
    expect(at("https://api.example.com/claims?id=1")).toBe(`${base}/claims?id=1`);
    expect(at("https://api.example.com//10.0.0.1/x?//y")).toBe(`${base}//10.0.0.1/x?//y`);
    expect(checkUrl("https://api.example.com/", { ...stands, allowLoopback: false }).ok).toBe(false);
    const away = { ...stands, standIns: new Map([["api.example.com", "http://10.0.0.1"]]) };
    expect(checkUrl("https://api.example.com/", away).ok).toBe(false);
  });

  const pick = { a: "/a" };
  const hostile: [string, typeof behave, RegExp][] = [
    [
      "a redirect inside",
      (_q, r) => void r.writeHead(302, { location: `${base}/secret` }).end(),
      /redirect; none is followed/,
    ],
    [
      "a redirect that keeps the method",
      (_q, r) => void r.writeHead(308, { location: "http://169.254.169.254/" }).end(),
      /redirect; none is followed/,
    ],
    [
      "more than 256 kB",
      (_q, r) =>
        void r.writeHead(200, { "content-type": "application/json" }).end(`"${"x".repeat(300_000)}"`),
      /at most 262144 bytes/,
    ],
    [
      "an answer without an end",
      (_q, r) => {
        r.writeHead(200, { "content-type": "application/json" });
        const more = () => void (r.destroyed || r.write("x".repeat(10_000), () => setImmediate(more)));
        more();
      },
      /at most 262144 bytes/,
    ],
    [
      "another type",
      (_q, r) => void r.writeHead(200, { "content-type": "text/html" }).end("{}"),
      /another type/,
    ],
    ["no type", (_q, r) => void r.writeHead(200).end("{}"), /another type/],
    [
      "compressed",
      (_q, r) =>
        void r.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end("x"),
      /compressed/,
    ],
    [
      "truncated: less than it said",
      (_q, r) => {
        r.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        r.write('{"a":1', () => r.destroy());
      },
      /broke off|could not be reached/,
    ],
    [
      "truncated JSON",
      (_q, r) => void r.writeHead(200, { "content-type": "application/json" }).end('{"a":1'),
      /found something else/,
    ],
    [
      "nothing",
      (_q, r) => void r.writeHead(200, { "content-type": "application/json" }).end(),
      /found something else/,
    ],
    ["a connection that breaks", (_q, r) => void r.destroy(), /could not be reached \(ECONNRESET\)/],
    ["no HTTP", (q) => void q.socket.end("hello\r\n\r\n"), /could not be reached \(HPE_/],
    [
      "a huge head",
      (_q, r) => void r.writeHead(200, { "x-much": "y".repeat(40_000) }).end(),
      /could not be reached \(HPE_HEADER_OVERFLOW\)/,
    ],
  ];
  test.each(hostile)("a hostile service: %s", async (_name, how, sentence) => {
    behave = how;
    const failed = await ask({ pick }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect((failed as Error).message).toMatch(sentence); // an Error, as was just asked
    expect((failed as Error).message).not.toContain("127.0.0.1");
    expect(seen).toHaveLength(1);
  });
  test("deep JSON costs nothing", async () => {
    const deep = "[".repeat(60_000) + "]".repeat(60_000);
    behave = (_q, r) => void r.writeHead(200, { "content-type": "application/json" }).end(deep);
    expect((await ask({ pick: { a: "/0/0/0", b: "/0".repeat(60_001) } })).picked).toEqual({
      a: null,
      b: null,
    });
  });
  test("numbers a session cannot hold are nothing", async () => {
    behave = (_q, r) => void r.writeHead(200, { "content-type": "application/json" }).end('{"a":1e999}');
    expect((await ask({ pick })).picked).toEqual({ a: null });
  });
  test.each([
    ["that never answers", () => {}],
    [
      "that answers a byte at a time",
      (_q: IncomingMessage, r: ServerResponse) => {
        r.writeHead(200, { "content-type": "application/json" });
        r.write("{");
      },
    ],
  ] satisfies [string, typeof behave][])(
    "a service %s: cut off when its time is over",
    async (_name, how) => {
      behave = how;
      const clock = virtualClock();
      const asked = ask({ pick, timeoutSeconds: 3 }, clock).catch((error: unknown) => error);
      await until(() => seen.length === 1);
      clock.advance(3000);
      expect(await asked).toMatchObject({ message: "timeout: no whole answer within 3 seconds" });
    },
  );
});
