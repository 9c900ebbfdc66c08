/**
 * What an application can answer wrongly, or not at all (issue 4, "Bad input"): Twilio's code stands in the alert log, the fallback URL is
 * asked with ErrorCode and ErrorUrl when there is one, else the caller hears the apology and the call is completed, and nothing is left
 * over: no call, no connection, no handle.
 */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { authority, expired, good, otherHost, selfSigned } from "./testdata/certificates.ts";
import { caller, number, openLine, twiml } from "./testdata/line.ts";
import { openDeafPort, openRawServer, type Serve } from "./testdata/raw-server.ts";
import { hideUserinfo } from "./userinfo.ts";

const apology = "We're sorry, an application error has occurred. Goodbye.";
const second = "+15550100002";

/** Bytes of an answer; the length is right unless a header says otherwise. */
function answer(body: string | Buffer, headers: Record<string, string> = {}, status = "200 OK"): Buffer {
  const bytes = Buffer.from(body as string);
  const all = { "Content-Type": "text/xml", "Content-Length": String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`, "latin1"), bytes]);
}
const status = (line: string, headers: Record<string, string> = {}) => answer("", headers, line);

const say = twiml("<Say>Fine.</Say>");
const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at || ""};`.repeat(10)}">`,
).join("")}]><Response><Say>&lol9;</Say></Response>`;
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const mebi = 1024 * 1024;

/** A byte every two seconds, without end. */
const drip: Serve = (socket, silent, clock) => {
  socket.write(answer("", { "Content-Length": "65536" }));
  silent();
  const more = () => {
    if (socket.destroyed) return;
    socket.write("x");
    clock.after(2000, more);
  };
  more();
};
/** As much as is taken, without saying how much it will be. */
const flood: Serve = (socket) => {
  socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n");
  let left = 10 * mebi;
  const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
  const more = () => {
    left -= 0x4000;
    if (!socket.destroyed && left > 0) socket.write(chunk, more);
  };
  more();
};
const bytes =
  (what: Buffer | string): Serve =>
  (socket) =>
    void socket.write(what);
/** These bytes, then nothing. */
const silence =
  (what: Buffer | string = ""): Serve =>
  (socket, silent) => {
    if (what.length > 0) socket.write(what);
    silent();
  };
/** These bytes, then the end, rudely or not. */
const end =
  (what: Buffer | string, how: "end" | "reset"): Serve =>
  (socket) => {
    if (how === "end") return void socket.end(what);
    socket.write(what, () => setImmediate(() => socket.resetAndDestroy()));
  };

interface Bad {
  readonly what: string;
  readonly serve: Serve;
  readonly code: number;
  /** When it is decided, s. */
  readonly at?: number;
  /** Requests per call. */
  readonly requests?: number;
  readonly fragment?: string;
}
const bad = (what: string, serve: Serve | Buffer | string, code: number, more: Partial<Bad> = {}): Bad => ({
  what,
  serve: typeof serve === "function" ? serve : bytes(serve),
  code,
  ...more,
});
const document = (what: string, body: string | Buffer, code = 12100) => bad(what, answer(body), code);

const documents: Bad[] = [
  document("nothing at all", ""),
  document("only blanks", " \n "),
  document("no XML", "Hello!"),
  document("JSON", '{"say":"hi"}'),
  document("an HTML page", "<!DOCTYPE html><html><body><p>Error<br></body></html>"),
  document("a well-formed HTML page", "<html><body>Error</body></html>", 12102),
  document("a blank before the declaration", ` ${say}`),
  document("an unclosed element", "<Response><Say>Hi</Response>"),
  document("nothing closed", "<Response><Say>Hi"),
  document("crossed elements", "<Response><Say><Pause></Say></Pause></Response>"),
  document("an unquoted attribute", "<Response><Say loop=2>Hi</Say></Response>"),
  document("an attribute twice", '<Response><Say loop="1" loop="2">Hi</Say></Response>'),
  document("a bare ampersand", "<Response><Say>Q & A</Say></Response>"),
  document("an entity nobody declared", "<Response><Say>&nbsp;</Say></Response>"),
  document("two roots", "<Response/><Response/>"),
  document("text behind the root", "<Response/>bye"),
  document("another root", "<Twiml><Say>Hi</Say></Twiml>", 12102),
  document("the root in lower case", "<response><Say>Hi</Say></response>", 12102),
  document("a wrong version", '<Response version="1999-01-01"/>', 12101),
  document("a wrong XML version", '<?xml version="3.0"?><Response/>'),
  document("a billion laughs", bomb),
  document(
    "an external entity",
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Response><Say>&x;</Say></Response>',
  ),
  document("an entity of its own", '<!DOCTYPE r [<!ENTITY x "hi">]><Response><Say>&x;</Say></Response>'),
  document("101 levels", `<Response>${"<Gather>".repeat(101)}${"</Gather>".repeat(101)}</Response>`),
  document("6,000 levels", `<Response>${"<a>".repeat(6000)}${"</a>".repeat(6000)}</Response>`),
  document("a NUL byte", "<Response><Say>a\0b</Say></Response>"),
  document("a control character", "<Response><Say>a\x07b</Say></Response>"),
  document("a NUL by number", "<Response><Say>&#0;</Say></Response>"),
  document("half a surrogate by number", "<Response><Say>&#xD800;</Say></Response>"),
  document("Latin-1 that says it is UTF-8", Buffer.from(twiml("<Say>caf\u00e9</Say>"), "latin1")),
  document("UTF-16 without a mark", Buffer.from(say, "utf16le")),
  document("half of a UTF-16 character", Buffer.concat([utf16(say), Buffer.from([0x41])])),
  bad("an encoding nobody knows", answer('<?xml version="1.0" encoding="EBCDIC-37"?><Response/>'), 12100),
  bad("random bytes", answer(Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 256))), 12100),
];

const answers: Bad[] = [
  bad("10 MB, said before", answer(Buffer.alloc(10 * mebi, "x")), 11750),
  bad("10 MB, not said before", flood, 11750),
  bad("a body one byte too long", answer(say.padEnd(65_537)), 11750),
  bad("64 kB, a byte every two seconds", drip, 11205, { at: 15 }),
  bad("64 kB, a byte every two seconds, rt", drip, 11205, { at: 15, fragment: "#rt=3000&rp=all" }),
  bad("a gzip bomb", answer(gzipSync(Buffer.alloc(50 * mebi)), { "Content-Encoding": "gzip" }), 11750),
  bad("no gzip, though it says so", answer(say, { "Content-Encoding": "gzip" }), 11206),
  bad("half a gzip", answer(gzipSync(say).subarray(0, 20), { "Content-Encoding": "gzip" }), 11206),
  bad("an encoding nobody knows", answer(gzipSync(say), { "Content-Encoding": "zip" }), 12100),
  bad("chunked and empty", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 11770),
  ...["application/json", "image/png", "application/octet-stream", "", ";;;", "text/xm"].map((type) =>
    bad(`content type "${type}"`, answer(say, { "Content-Type": type }), 12300),
  ),
  bad("no content type", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 12300),
  bad("204", "HTTP/1.1 204 No Content\r\n\r\n", 12300),
  ...["300 Multiple Choices", "301 Moved", "302 Found", "304 Not Modified", "307 Temporary", "399 Odd"].map(
    (line) => bad(`${line}, without a location`, status(line), 11200),
  ),
  bad("304 with a location", status("304 Not Modified", { Location: "/x" }), 11200),
  ...["400 Bad", "401 Unauthorized", "403 Forbidden", "404 Gone", "407 Proxy", "429 Slow", "451 Law"].map(
    (line) => bad(line, status(line, { "Retry-After": "1", "WWW-Authenticate": "Basic" }), 11200),
  ),
  ...["500 Oops", "502 Bad Gateway", "503 Busy", "504 Late", "599 Odd", "600 Odder", "999 Oddest"].map(
    (line) => bad(line, answer(say, {}, line), 11200),
  ),
  bad(
    "101, though nobody asked",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    11206,
  ),
  bad("100 and then nothing", silence("HTTP/1.1 100 Continue\r\n\r\n"), 11205, { at: 15 }),
  bad("accepts and says nothing", silence(), 11205, { at: 15 }),
  bad("accepts and says nothing, rt", silence(), 11205, { at: 2, fragment: "#rt=2000" }),
  bad("accepts and says nothing, rt twice", silence(), 11205, {
    at: 4,
    requests: 2,
    fragment: "#rt=2000&rp=rt",
  }),
  bad("accepts and says nothing, tt", silence(), 11203, { at: 3, fragment: "#tt=3000" }),
  bad("half a status line, then silence", silence("HTTP/1.1 20"), 11205, { at: 15 }),
  bad("half a head, then silence", silence("HTTP/1.1 200 OK\r\nContent-Ty"), 11205, { at: 15 }),
  bad("a head, then silence", silence(answer("", { "Content-Length": "9" })), 11205, { at: 15 }),
  bad("half a body, then silence", silence(answer("<Response>", { "Content-Length": "99" })), 11205, {
    at: 15,
  }),
  bad("half a body, then silence, rt", silence(answer("<Response>", { "Content-Length": "99" })), 11205, {
    at: 2,
    fragment: "#rt=2000&rp=all",
  }),
  bad("closes at once", end("", "end"), 11205),
  bad("resets at once", end("", "reset"), 11205),
  bad("resets in the head", end("HTTP/1.1 200 OK\r\nConte", "reset"), 11205),
  bad("resets in the body", end(answer("<Response>", { "Content-Length": "99" }), "reset"), 11205),
  bad("closes in the body", end(answer("<Response>", { "Content-Length": "99" }), "end"), 11205),
  bad(
    "closes in a chunk",
    end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<Re", "end"),
    11205,
  ),
  bad("no HTTP", "Hello, I am no web server.\r\n\r\n", 11206),
  bad("SSH", "SSH-2.0-OpenSSH_9.6\r\n", 11206),
  bad("a status that is none", "HTTP/1.1 twohundred OK\r\n\r\n", 11206),
  bad("a chunk size that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 11206),
  bad("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 11206),
  bad("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc", 11206),
  bad("a head of 100 kB", answer(say, { "X-Long": "x".repeat(100_000) }), 11206),
  bad("a header without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n", 11206),
  bad("a NUL in a header", "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 11206),
  bad("endless redirects", status("302 Found", { Location: "/voice" }), 11215, { requests: 11 }),
  bad("endless redirects with POST", status("307 Found", { Location: "/voice" }), 11215, { requests: 11 }),
  bad("a redirect to no URL", status("302 Found", { Location: "http://[" }), 11206),
  bad("a redirect elsewhere", status("302 Found", { Location: "http://192.0.2.1/" }), 11210),
  bad("a redirect to a file", status("302 Found", { Location: "file:///etc/passwd" }), 11100),
  bad("a redirect to a script", status("302 Found", { Location: "javascript:alert(1)" }), 11100),
];

/** Plays two calls on the same bad address, the second with a fallback. */
async function playBad({ code, at = 0 }: Pick<Bad, "code" | "at">, voiceUrl: string, line: Line) {
  const { carrier, clock, application } = line;
  carrier.setNumber(number, { voiceUrl });
  carrier.setNumber(second, { voiceUrl, voiceFallbackUrl: `${application}/fallback` });
  line.on("/fallback", twiml("<Say>Fallback.</Say>"));
  for (const to of [number, second]) {
    const call = carrier.call({ from: caller, to });
    await clock.runUntilIdle();
    await call.ended;
    const heard = call.person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text);
    expect(heard).toEqual([to === number ? apology : "Fallback."]);
    expect(carrier.find(call.sid)?.status).toBe("completed");
    const [alert, ...others] = carrier.alerts(call.sid);
    expect(others).toEqual([]);
    expect([alert?.code, alert?.level, alert?.url]).toEqual([code, "error", hideUserinfo(voiceUrl)]);
    const answered = call.person.transcript.find(({ what }) => what === "answered");
    expect((answered?.atMs ?? Number.NaN) / 1000).toBe(at);
    expect(call.person.ending).toMatchObject({ reason: "completed" });
  }
  const [asked, ...more] = line.received;
  expect(more).toEqual([]);
  expect(asked).toMatchObject({ path: "/fallback", method: "POST", signed: true });
  expect(asked?.parameters).toMatchObject({ ErrorCode: String(code), ErrorUrl: voiceUrl, To: second });
  expect(carrier.liveCalls()).toBe(0);
}
type Line = Awaited<ReturnType<typeof openLine>>;

/** Handles that keep a process alive, by kind. Those that a test's own timers need do not count. */
const handles = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /^(TCP|TLS|Pipe|GetAddrInfo|Zlib)/.test(kind))
    .sort();
async function until(holds: () => boolean) {
  for (let turn = 0; turn < 2000 && !holds(); turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function onServer(one: Bad, run: (line: Line, port: number) => Promise<void>, tls?: object) {
  const before = handles();
  const line = await openLine({ certificateAuthorities: [authority] });
  const server = await openRawServer(line.clock, one.serve, tls);
  try {
    await run(line, server.port);
    expect(server.requests.length).toBe(2 * (one.requests ?? 1));
    // A connection is kept only after a whole and orderly answer, and then the carrier ends it when it closes.
    await line.carrier.close();
    await until(() => server.open() === 0);
    expect(server.open()).toBe(0);
  } finally {
    await server.close();
    await line.close();
  }
  await until(() => handles().length <= before.length);
  expect(handles()).toEqual(before);
}

describe("documents", () => {
  test.each(documents)("$what is $code", (one) =>
    onServer(one, (line, port) => playBad(one, `http://127.0.0.1:${port}/voice`, line)),
  );
});

describe("answers", () => {
  test.each(answers)("$what is $code", (one) =>
    onServer(one, (line, port) => playBad(one, `http://127.0.0.1:${port}/voice${one.fragment ?? ""}`, line)),
  );
});

describe("connections", () => {
  const rows: [what: string, url: string, code: number, at: number][] = [
    ["a port on which nobody listens", "http://127.0.0.1:9/voice", 11202, 0],
    ["the same over TLS", "https://127.0.0.1:9/voice", 11202, 0],
    ["a host of another network", "http://192.0.2.1/voice", 11210, 0],
    ["a host by name", "http://example.com/voice", 11210, 0],
    ["this machine by a public name", "http://localhost.example.com/voice", 11210, 0],
    ["an address of a cloud's inside", "http://169.254.169.254/latest/", 11210, 0],
    ["a number for an address elsewhere", "http://3232235777/voice", 11210, 0],
    ["an IPv6 address elsewhere", "http://[2001:db8::1]/voice", 11210, 0],
    ["userinfo that looks like this machine", "http://127.0.0.1@example.com/voice", 11210, 0],
    ["another scheme", "ftp://127.0.0.1/voice", 11100, 0],
    ["a file", "file:///etc/passwd", 11100, 0],
    ["no URL", "voice", 11100, 0],
    ["a port that is none", "http://127.0.0.1:99999/voice", 11100, 0],
  ];
  test.each(rows)("%s (%s)", async (_what, url, code, at) => {
    const line = await openLine();
    try {
      await playBad({ code, at }, url, line);
    } finally {
      await line.close();
    }
  });

  test("a host that was allowed and does not exist is 11210", async () => {
    const host = "nobody.invalid";
    const line = await openLine({ allowHosts: [host] });
    try {
      await playBad({ code: 11210 }, `http://${host}/voice`, line);
    } finally {
      await line.close();
    }
  });

  test("a server that never takes the connection is 11201 when ct is over", async () => {
    const line = await openLine();
    const deaf = await openDeafPort();
    try {
      const voiceUrl = `http://127.0.0.1:${deaf.port}/voice#ct=1500&rc=0`;
      line.carrier.setNumber(number, { voiceUrl });
      const call = line.carrier.call({ from: caller, to: number });
      // Nobody is there to say that it sleeps.
      line.clock.asleep();
      await line.clock.runUntilIdle();
      expect(line.carrier.alerts(call.sid).map((one) => one.code)).toEqual([11201]);
      expect(call.person.transcript.find(({ what }) => what === "answered")?.atMs).toBe(1500);
      expect(line.carrier.liveCalls()).toBe(0);
    } finally {
      await line.close();
      await deaf.close();
    }
  });
});

describe("TLS", () => {
  const rows: [what: string, tls: object, host: string, code: number | null, requests: number][] = [
    ["a certificate that is in order", good, "127.0.0.1", null, 1],
    ["the same by name", good, "localhost", null, 1],
    ["without SNI", good, "127.0.0.1", null, 1],
    ["a certificate nobody vouches for", selfSigned, "127.0.0.1", 11237, 0],
    ["a certificate of 2020", expired, "127.0.0.1", 11236, 0],
    ["a certificate for another host", otherHost, "localhost", 11235, 0],
    [
      "a TLS of the last century",
      { ...good, maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" },
      "127.0.0.1",
      11220,
      0,
    ],
  ];
  test.each(rows)("%s", async (what, tls, host, code, requests) => {
    const fragment = what === "without SNI" ? "#sni=n" : "";
    const one = { ...bad(what, answer(twiml("<Say>Fallback.</Say>")), code ?? 0), requests };
    await onServer(
      one,
      async (line, port) => {
        const url = `https://${host}:${port}/voice${fragment}`;
        if (code !== null) return playBad({ code }, url, line);
        line.carrier.setNumber(number, { voiceUrl: url });
        for (let round = 0; round < 2; round++) {
          const call = line.carrier.call({ from: caller, to: number });
          await line.clock.runUntilIdle();
          expect(call.person.transcript.find((entry) => entry.what === "heard")?.text).toBe("Fallback.");
        }
        expect(line.carrier.alerts()).toEqual([]);
      },
      tls,
    );
  });

  test("a server that speaks no TLS is 11220", async () => {
    const line = await openLine();
    try {
      await playBad({ code: 11220 }, `${line.application.replace("http:", "https:")}/voice`, line);
    } finally {
      await line.close();
    }
  });

  test("a server that never shakes hands is 11220 when rt is over", async () => {
    const line = await openLine();
    const server = await openRawServer(line.clock, () => {});
    try {
      line.carrier.setNumber(number, { voiceUrl: `https://127.0.0.1:${server.port}/voice#rt=2000&rc=0` });
      const call = line.carrier.call({ from: caller, to: number });
      // The server waits for the end of a request that does not begin.
      line.clock.asleep();
      await line.clock.runUntilIdle();
      expect(line.carrier.alerts(call.sid).map((one) => one.code)).toEqual([11220]);
      await until(() => server.open() === 0);
      expect(server.open()).toBe(0);
    } finally {
      await server.close();
      await line.close();
    }
  });

  test("a certificate is trusted only when its authority is named", async () => {
    const line = await openLine();
    const server = await openRawServer(line.clock, bytes(answer(say)), good);
    try {
      await playBad({ code: 11237 }, `https://127.0.0.1:${server.port}/voice`, line);
    } finally {
      await server.close();
      await line.close();
    }
  });
});
