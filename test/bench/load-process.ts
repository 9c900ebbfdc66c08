/**
 * The carrier's side of the webhook benchmark: keep-alive connections over loopback, each busy with one webhook at a
 * time, every webhook a signed POST of a live call's next turn. `load-process.ts <port> <connections> <seconds>`;
 * prints its figures as JSON.
 */
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { account, benchNumber, hookToken, publicBaseUrl } from "./account.ts";
import { quantile } from "./statistics.ts";

export interface LoadFigures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly done: number;
  readonly wrong: number;
}

interface Call {
  readonly sid: string;
  target: string;
  turns: number;
}

const [port, connections, seconds] = process.argv.slice(2).map(Number);
if (!port || !connections || !seconds) throw new Error("Expected port, connections and seconds.");
const callsEach = 8;
/** The engine ends a call after a thousand visits; a call is left for a fresh one long before. */
const mostTurns = 300;
const latencies: number[] = [];
let wrong = 0;
let counting = false;

const sockets = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
const calls = await Promise.all(
  sockets.map(async (socket) => {
    const mine: Call[] = [];
    for (let at = 0; at < callsEach; at++) mine.push(await ring(socket));
    return mine;
  }),
);
const warmUntil = performance.now() + 1000;
const until = warmUntil + seconds * 1000;
let began = warmUntil;
await Promise.all(sockets.map((socket, at) => busy(socket, calls[at] ?? [])));
const took = (performance.now() - began) / 1000;
const figures: LoadFigures = {
  perSecond: latencies.length / took,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  done: latencies.length,
  wrong,
};
console.log(JSON.stringify(figures));
for (const socket of sockets) socket.destroy();

async function busy(socket: Socket, mine: Call[]): Promise<void> {
  for (let at = 0; ; at = (at + 1) % mine.length) {
    const now = performance.now();
    if (now >= until) return;
    if (!counting && now >= warmUntil) {
      counting = true;
      began = now;
    }
    let call = mine[at];
    if (!call) return;
    if (call.turns >= mostTurns) {
      call = await ring(socket);
      mine[at] = call;
    }
    const sent = performance.now();
    const answer = await post(socket, call.target, {
      ...form(call.sid, "in-progress"),
      Digits: "1",
      msg: "Gather End",
    });
    if (counting) latencies.push(performance.now() - sent);
    follow(call, answer);
  }
}

async function ring(socket: Socket): Promise<Call> {
  const call = { sid: `CA${randomBytes(16).toString("hex")}`, target: "", turns: 0 };
  const answer = await post(socket, `/hooks/${hookToken}/voice`, form(call.sid, "ringing"));
  follow(call, answer);
  if (!call.target) throw new Error(`Expected a call to open, found: ${answer.slice(0, 500)}`);
  return call;
}

/** Where the gather leads is where the next key goes. */
function follow(call: Call, answer: string): void {
  const action = /<Gather[^>]* action="([^"]+)"/.exec(answer)?.[1];
  if (!answer.startsWith("HTTP/1.1 200") || !action) {
    wrong += 1;
    if (wrong === 1) console.error(`Unexpected answer: ${answer.slice(0, 600)}`);
    call.turns = mostTurns;
    return;
  }
  call.target = action.replaceAll("&amp;", "&").replace(/^https?:\/\/[^/]+/, "");
  call.turns += 1;
}

function form(sid: string, status: string): Record<string, string> {
  return {
    AccountSid: account.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: sid,
    CallStatus: status,
    Called: benchNumber,
    Caller: "+15550199042",
    Direction: "inbound",
    From: "+15550199042",
    To: benchNumber,
  };
}

/** Sends one signed form and gives the whole answer; the answers of both sides say how long they are. */
function post(socket: Socket, target: string, fields: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(fields).toString();
  const signature = webhooks.getExpectedTwilioSignature(account.authToken, publicBaseUrl + target, fields);
  socket.write(
    `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
      `X-Twilio-Signature: ${signature}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return new Promise((resolve, reject) => {
    let heard = "";
    const hear = (chunk: Buffer) => {
      heard += chunk.toString("latin1");
      const head = heard.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = /content-length: *(\d+)/i.exec(heard.slice(0, head))?.[1];
      const whole = length ? heard.length >= head + 4 + Number(length) : heard.endsWith("0\r\n\r\n");
      if (!whole) return;
      socket.off("data", hear);
      socket.off("close", lost);
      resolve(heard);
    };
    const lost = () => reject(new Error("Expected an answer, found the connection closed."));
    socket.on("data", hear);
    socket.once("close", lost);
  });
}

function openConnection(at: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: at, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}
