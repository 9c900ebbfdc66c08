/** How applications are asked (protocol 2): limits, retries, redirects, cookies, content types, fallback. */
import { wavFile } from "./audio.ts";
import type { Behaviour } from "./behaviour.ts";

const source = "HTTP 2";
const next = (fragment: string) => `<Redirect>/next${fragment.replaceAll("&", "&amp;")}</Redirect>`;
const fail = { status: 500 };
const apology = "We're sorry, an application error has occurred. Goodbye.";
const typed = (type: string, body: string | Uint8Array) => ({ headers: { "content-type": type }, body });
const xml = '<?xml version="1.0"?><Response><Say>Hi.</Say></Response>';

export const webhooks: readonly Behaviour[] = [
  {
    source,
    rule: "status callbacks have overrides too",
    on: { "/voice": "<Hangup/>", "/status": [fail, { status: 204 }] },
    rest: [
      [
        0,
        "POST",
        "/Calls.json",
        {
          To: "+15550150001",
          From: "+15550100002",
          Url: "$app/next",
          StatusCallback: "$app/status#rc=1&rp=5xx",
        },
      ],
    ],
    callers: [],
    names: ["CallStatus"],
    asked: [
      "2.5 /next CallStatus=in-progress",
      "2.5 /status CallStatus=completed",
      "2.5 /status CallStatus=completed",
    ],
  },
  {
    source,
    rule: "cookies come back within a call",
    on: {
      "/voice": {
        headers: { "content-type": "text/xml", "set-cookie": "session=42; Path=/; HttpOnly" },
        body: `<Response>${next("")}</Response>`,
      },
      "/next": "<Redirect>/done</Redirect>",
    },
    names: ["@cookie"],
    asked: ["0 /next @cookie=session=42", "0 /done @cookie=session=42"],
  },
  {
    source,
    rule: "cookies of another path stay",
    on: {
      "/voice": {
        headers: { "content-type": "text/xml", "set-cookie": "session=42; Path=/other" },
        body: `<Response>${next("")}</Response>`,
      },
    },
    names: ["@cookie"],
    asked: ["0 /next"],
  },
  {
    source,
    rule: "cookies are forgotten with Max-Age=0",
    on: {
      "/voice": {
        headers: { "content-type": "text/xml", "set-cookie": "session=42; Path=/" },
        body: `<Response>${next("")}</Response>`,
      },
      "/next": {
        headers: { "content-type": "text/xml", "set-cookie": "session=; Path=/; Max-Age=0" },
        body: "<Response><Redirect>/done</Redirect></Response>",
      },
    },
    names: ["@cookie"],
    asked: ["0 /next @cookie=session=42", "0 /done"],
  },
  {
    source,
    rule: "another call has cookies of its own",
    on: {
      "/voice": [
        {
          headers: { "content-type": "text/xml", "set-cookie": "session=42; Path=/" },
          body: `<Response>${next("")}</Response>`,
        },
        next(""),
      ],
    },
    callers: [
      [0, 1, []],
      [1, 1, []],
    ],
    names: ["@cookie"],
    asked: ["0 /next @cookie=session=42", "1 /next"],
  },
  {
    source,
    rule: "redirects are followed, ten of them",
    on: { "/voice": next(""), "/next": { status: 307, headers: { location: "/done" } } },
    asked: ["0 /next", "0 /done"],
  },
  {
    source,
    rule: "endless redirects are 11215",
    on: { "/voice": next(""), "/next": { status: 307, headers: { location: "/next" } } },
    asked: Array(11).fill("0 /next"),
    codes: [11215],
  },
  {
    source,
    rule: "a redirect to a host that is not allowed is 11210",
    on: { "/voice": next(""), "/next": { status: 302, headers: { location: "http://example.com/" } } },
    codes: [11210],
  },
  ...(["text/xml", "application/xml", "text/html", "text/xml; charset=utf-8", "text/plain"] as const).map(
    (type) => ({
      source,
      rule: `${type} is TwiML`,
      on: { "/voice": typed(type, xml) },
      heard: [["Hi."]],
    }),
  ),
  {
    source,
    rule: "text/plain that is no TwiML is read aloud, and the call ends",
    on: { "/voice": typed("text/plain", "Good morning.") },
    heard: [["Good morning."]],
    calls: ["completed 1"],
  },
  {
    source,
    rule: "audio is played, and the call ends",
    on: { "/voice": typed("audio/x-wav", wavFile({ seconds: 7 })) },
    calls: ["completed 7"],
  },
  ...(["application/json", "image/png", ""] as const).map((type) => ({
    source,
    rule: `content type "${type}" is 12300`,
    on: { "/voice": typed(type, xml) },
    heard: [[apology]],
    codes: [12300],
  })),
  {
    source,
    rule: "a body over 64 kB is 11750",
    on: { "/voice": typed("text/xml", `<Response><!--${"x".repeat(65_536)}--></Response>`) },
    heard: [[apology]],
    codes: [11750],
  },
  {
    source,
    rule: "a body of 64 kB is none too many",
    on: { "/voice": typed("text/xml", `<Response><!--${"x".repeat(65_508)}--></Response>`) },
    heard: [[]],
  },
  {
    source,
    rule: "a callback that informs is answered badly: 15003, and nothing else",
    on: {
      "/voice": '<Record recordingStatusCallback="/status" action="/next" timeout="1"/>',
      "/status": fail,
    },
    callers: [[0, 1, [{ silentSeconds: 1 }, { say: "hello" }]]],
    calls: ["completed 2"],
    codes: [15003],
  },
];
