/**
 * Bad answers in the middle of calls (issue 4, "Bad input"): callbacks that only inform, endless documents, hostile cookies, and five
 * hundred rounds of the worst, after which nothing is left.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { caller, number, openLine, placeCall, type Reply, type TestLine, twiml } from "./testdata/line.ts";
import { openRawServer } from "./testdata/raw-server.ts";

const apology = "We're sorry, an application error has occurred. Goodbye.";
const heardBy = (call: ReturnType<TestLine["carrier"]["call"]>) =>
  call.person.transcript.filter(({ what }) => what === "heard").map(({ text }) => text);

describe("callbacks that inform: their answers change nothing", () => {
  const status = "$bad";
  const kinds: [kind: string, verbs: string, code: number, times: number][] = [
    ["recording", `<Record recordingStatusCallback="${status}" action="/end" timeout="1"/>`, 15003, 1],
    [
      "conference",
      `<Dial><Conference statusCallback="${status}" statusCallbackEvent="join">r</Conference></Dial>`,
      16011,
      1,
    ],
    [
      "dialled number",
      `<Dial><Number statusCallback="${status}" statusCallbackEvent="ringing answered">+15550150001</Number></Dial>`,
      15003,
      2,
    ],
    [
      "transcription",
      `<Start><Transcription statusCallbackUrl="${status}"/></Start><Pause length="3"/>`,
      15003,
      2,
    ],
    [
      "machine detection",
      `<Dial><Number machineDetection="Enable" amdStatusCallback="${status}">+15550150001</Number></Dial>`,
      15003,
      1,
    ],
  ];
  const replies: [what: string, reply: Reply][] = [
    ["404", { status: 404 }],
    ["500", { status: 500 }],
    ["a redirect without end", { status: 307, headers: { location: "/bad" } }],
    ["TwiML with an order, and 10 MB more", { body: twiml("<Hangup/>") + "x".repeat(10 * 1024 * 1024) }],
    ["nonsense with a wrong type", { headers: { "content-type": "image/png" }, body: "\0\0" }],
  ];
  const rows = kinds.flatMap((kind) => replies.map((reply) => [...kind, ...reply] as const));
  test.each(rows)("%s: %s %s", async (_kind, verbs, code, times, _what, reply) => {
    const line = await openLine();
    try {
      line.on("/voice", twiml(verbs.replace("$bad", `${line.application}/bad`)));
      line.on("/end", twiml(""));
      line.on("/bad", reply);
      const call = line.carrier.call({
        from: caller,
        to: number,
        script: {
          steps: [{ silentSeconds: 0.5 }, { say: "one two three" }, { silentSeconds: 9 }, { hangUp: true }],
        },
      });
      line.carrier.setFarEnd("+15550150001", {
        steps: [{ say: "hello" }, { silentSeconds: 5 }, { hangUp: true }],
      });
      await line.clock.runUntilIdle();
      expect(heardBy(call)).not.toContain(apology);
      expect(line.carrier.find(call.sid)?.status).toBe("completed");
      const failed = (reply.status ?? 200) >= 300;
      const codes = line.carrier.alerts().map((one) => one.code);
      expect(new Set(codes)).toEqual(new Set(failed ? [code] : []));
      expect(line.received.filter(({ path }) => path === "/bad").length).toBeGreaterThanOrEqual(times);
      expect(line.carrier.liveCalls()).toBe(0);
    } finally {
      await line.close();
    }
  });

  test("status callbacks of a call: silence is 15003 after fifteen seconds, the call knows nothing of it", async () => {
    const line = await openLine();
    const server = await openRawServer(line.clock, (_socket, silent) => silent());
    try {
      line.on("/voice", twiml('<Pause length="20"/>'));
      const { sid } = await placeCall(line, {
        StatusCallback: `http://127.0.0.1:${server.port}/`,
        StatusCallbackEvent: ["ringing", "answered", "completed"],
      });
      await line.clock.runUntilIdle();
      expect(line.carrier.find(sid)).toMatchObject({ status: "completed", duration: "20" });
      expect(line.carrier.alerts(sid).map(({ code, level }) => [code, level])).toEqual(
        Array(3).fill([15003, "warning"]),
      );
      expect(server.requests.length).toBe(3);
    } finally {
      await server.close();
      await line.close();
    }
  });

  test("a message's callback: the failure itself, as Twilio logs it for messages", async () => {
    const line = await openLine();
    try {
      const { rest } = await import("./testdata/line.ts");
      await rest(line, "POST", "/Messages.json", {
        To: "+15550150001",
        From: number,
        Body: "Hi",
        StatusCallback: "http://127.0.0.1:9/",
      });
      await line.clock.runUntilIdle();
      expect(line.carrier.alerts().map(({ code }) => code)).toEqual([11202, 11202, 11202]);
      expect(line.carrier.messages()[0]?.status).toBe("delivered");
    } finally {
      await line.close();
    }
  });
});

describe("documents without end", () => {
  const rows: [what: string, verbs: string, requests: number, heard: number, codes: (number | null)[]][] = [
    ["redirects to themselves", "<Redirect/>", 200, 1, [null]],
    [
      "a loop with a pause goes on for four hours",
      '<Play digits="W"/><Pause length="59"/><Redirect/>',
      240,
      0,
      [],
    ],
    ["5,000 pauses", '<Pause length="1"/>'.repeat(3000), 1, 0, []],
    ["5,000 unknown elements are warned of fifty times", "<Zork/>".repeat(5000), 1, 0, Array(51).fill(12200)],
    ["5,000 wrong attributes", '<Pause z="1"/>'.repeat(4000), 1, 0, Array(51).fill(12200)],
    ["a Say of 60,000 characters", `<Say>${"x".repeat(60_000)}</Say>`, 1, 1, [13521]],
    ["a URL of 60,000 characters", `<Redirect>/${"x".repeat(60_000)}</Redirect>`, 1, 1, [11200]],
  ];
  test.each(rows)("%s", async (_what, verbs, requests, heard, codes) => {
    const line = await openLine();
    try {
      line.on("/voice", twiml(verbs));
      const call = line.carrier.call({ from: caller, to: number });
      await line.clock.runUntilIdle();
      expect([line.received.length, heardBy(call).length]).toEqual([requests, heard]);
      expect(line.carrier.alerts(call.sid).map(({ code }) => code)).toEqual(codes);
      expect(line.carrier.find(call.sid)?.status).toBe("completed");
      expect(line.carrier.liveCalls()).toBe(0);
    } finally {
      await line.close();
    }
  });
});

describe("cookies", () => {
  const long = "x".repeat(4000);
  const rows: [what: string, cookies: string[], sent: string | undefined][] = [
    [
      "many",
      Array.from({ length: 200 }, (_, at) => `c${at}=1`),
      Array.from({ length: 50 }, (_, at) => `c${at + 150}=1`).join("; "),
    ],
    [
      "long ones: as many as fit",
      [`a=${long}`, `b=${long}`, `c=${long}`, "d=1"],
      `a=${long}; b=${long}; d=1`,
    ],
    ["one too long", [`a=${"x".repeat(5000)}`], undefined],
    ["without a name, without a value, without sense", ["=1", "x", ";;;", "a=", " b = c ;"], "a=; b=c"],
    ["a prototype's name", ["__proto__=1", "constructor=2"], "__proto__=1; constructor=2"],
    ["a date that is none", ["a=1; Expires=soon", "b=1; Max-Age=later"], "a=1; b=1"],
    ["one that is over", ["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], undefined],
    ["latin letters", ["a=caf\u00e9"], "a=caf\u00e9"],
  ];
  test.each(rows)("%s", async (_what, cookies, sent) => {
    const line = await openLine();
    const seen: (string | undefined)[] = [];
    const lines = cookies.map((one) => `Set-Cookie: ${one}\r\n`).join("");
    const body = "<Response><Redirect>/next</Redirect></Response>";
    const server = await openRawServer(line.clock, (socket) => {
      const request = server.requests.at(-1)!;
      seen.push(/^cookie: (.*)$/im.exec(request)?.[1]);
      const [text, extra] = request.startsWith("POST /next") ? ["<Response/>", ""] : [body, lines];
      const head = `Content-Type: text/xml\r\nContent-Length: ${text.length}\r\n${extra}\r\n`;
      socket.write(`HTTP/1.1 200 OK\r\n${head}${text}`, "latin1");
    });
    try {
      line.carrier.setNumber(number, { voiceUrl: `http://127.0.0.1:${server.port}/voice` });
      const call = line.carrier.call({ from: caller, to: number });
      await line.clock.runUntilIdle();
      expect(seen).toEqual([undefined, sent]);
      expect([heardBy(call), line.carrier.alerts()]).toEqual([[], []]);
    } finally {
      await server.close();
      await line.close();
    }
  });
});

test("a call that rings on and on, as its document only pauses, is over after four hours too", async () => {
  const line = await openLine();
  try {
    line.on("/voice", twiml('<Pause length="60"/><Redirect/>'));
    const call = line.carrier.call({ from: caller, to: number });
    await line.clock.runUntilIdle();
    expect(line.received.length).toBe(240);
    expect(line.carrier.find(call.sid)).toMatchObject({ status: "no-answer", duration: "0" });
    expect(line.carrier.liveCalls()).toBe(0);
  } finally {
    await line.close();
  }
});

test("five hundred rounds of the worst leave no call, no connection and no memory behind", async () => {
  setFlagsFromString("--expose-gc");
  // Node's own collector, by the flag above.
  const collect = runInNewContext("gc") as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const line = await openLine();
  const zipped = gzipSync(Buffer.alloc(4 * 1024 * 1024));
  const full = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 999999\r\n\r\n`);
  let round = 0;
  const server = await openRawServer(line.clock, (socket, silent) => {
    switch (round % 5) {
      case 0:
        socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`);
        return void socket.write(zipped);
      case 1:
        return void socket.write(full, () => socket.resetAndDestroy());
      case 2:
        return silent();
      case 3:
        return void socket.write("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n");
      default:
        return void socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 65000\r\nSet-Cookie: a=${round}\r\n\r\n${"<a>".repeat(65_000 / 3)}`.padEnd(
            65_200,
          ),
        );
    }
  });
  try {
    line.carrier.setNumber(number, { voiceUrl: `http://127.0.0.1:${server.port}/voice` });
    let before = 0;
    for (round = 0; round < 600; round++) {
      if (round === 100) before = used();
      line.carrier.call({ from: caller, to: number });
      await line.clock.runUntilIdle();
    }
    expect(line.carrier.liveCalls()).toBe(0);
    for (let turn = 0; turn < 1000 && server.open() > 0; turn++)
      await new Promise((resolve) => setImmediate(resolve));
    expect(server.open()).toBe(0);
    server.requests.length = 0;
    // Calls, transcripts, requests and alerts are remembered up to their limits: some 10 kB each.
    expect(used() - before).toBeLessThan(25);
  } finally {
    await server.close();
    await line.close();
  }
});
