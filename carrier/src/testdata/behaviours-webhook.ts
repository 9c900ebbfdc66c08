/** How applications are asked (protocol 2): limits, retries, redirects, cookies, content types, fallback. */
import type { Behaviour } from "./behaviour.ts";

const source = "HTTP 2";
const next = (fragment: string) => `<Redirect>/next${fragment.replaceAll("&", "&amp;")}</Redirect>`;
const fail = { status: 500 };
const hang = { afterSeconds: 60 };
const apology = "We're sorry, an application error has occurred. Goodbye.";
const typed = (type: string, body: string) => ({ headers: { "content-type": type }, body });
const xml = '<?xml version="1.0"?><Response><Say>Hi.</Say></Response>';

export const webhooks: readonly Behaviour[] = [
  {
    source,
    rule: "#rc=2&rp=5xx: three attempts; the fragment is neither sent nor signed",
    on: { "/voice": next("#rc=2&rp=5xx"), "/next": [fail, fail, "<Say>Hi.</Say>"] },
    asked: ["0 /next", "0 /next", "0 /next"],
    heard: [["Hi."]],
  },
  {
    source,
    rule: "#rc=1&rp=5xx: when the last attempt fails too, it is 11200",
    on: { "/voice": next("#rc=1&rp=5xx"), "/next": [fail, fail, ""] },
    asked: ["0 /next", "0 /next"],
    heard: [[apology]],
    codes: [11200],
  },
  {
    source,
    rule: "without overrides a 5xx is not asked again",
    on: { "/voice": next(""), "/next": [fail, ""] },
    asked: ["0 /next"],
    codes: [11200],
  },
  {
    source,
    rule: "#rc=2 alone is for failed connections: a 5xx is not asked again",
    on: { "/voice": next("#rc=2"), "/next": [fail, ""] },
    asked: ["0 /next"],
    codes: [11200],
  },
  {
    source,
    rule: "#rp=4xx covers no 5xx",
    on: { "/voice": next("#rc=3&rp=4xx"), "/next": [fail, ""] },
    asked: ["0 /next"],
    codes: [11200],
  },
  {
    source,
    rule: "#rp=4xx",
    on: { "/voice": next("#rc=3&rp=4xx"), "/next": [{ status: 404 }, "<Say>Hi.</Say>"] },
    asked: ["0 /next", "0 /next"],
    heard: [["Hi."]],
  },
  {
    source,
    rule: "#rp=all",
    on: { "/voice": next("#rc=3&rp=all"), "/next": [{ status: 404 }, fail, "<Say>Hi.</Say>"] },
    asked: ["0 /next", "0 /next", "0 /next"],
    heard: [["Hi."]],
  },
  {
    source,
    rule: "#rt=2000: an answer that is late is asked for again only with rp=rt",
    on: { "/voice": next("#rt=2000&rp=rt"), "/next": [{ afterSeconds: 3 }, "<Say>Hi.</Say>"] },
    asked: ["0 /next", "2 /next"],
    heard: [["Hi."]],
  },
  {
    source,
    rule: "#rt=2000 alone: 11203 after two seconds",
    on: { "/voice": next("#rt=2000"), "/next": [hang, ""] },
    asked: ["0 /next"],
    codes: [11203],
    calls: ["completed 4"],
  },
  {
    source,
    rule: "#tt=3000 ends all attempts together",
    on: { "/voice": next("#rt=2000&rc=5&rp=rt&tt=3000"), "/next": hang },
    asked: ["0 /next", "2 /next"],
    codes: [11203],
    calls: ["completed 4"],
  },
  {
    source,
    rule: "15 s are the limit",
    on: { "/voice": next(""), "/next": hang },
    codes: [11203],
    calls: ["completed 4"],
  },
  ...["#rc=6", "#rc=x", "#ct=50", "#ct=10001", "#rt=99", "#rt=15001", "#tt=0", "#rp=ct,sometimes"].map(
    (fragment) => ({
      source,
      rule: `${fragment} is 11243`,
      on: { "/voice": next(fragment) },
      asked: [],
      codes: [11243],
    }),
  ),
  ...["#top", "#sni=y&e=ashburn", "#ct=100&rt=15000&tt=15000&rc=0&rp=4xx,5xx,ct,rt"].map((fragment) => ({
    source,
    rule: `${fragment} is nothing wrong`,
    on: { "/voice": next(fragment) },
    asked: ["0 /next"],
  })),
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
    on: { "/voice": typed("audio/mpeg", "…") },
    calls: ["completed 5"],
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
