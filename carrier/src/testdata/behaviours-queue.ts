/** Queues (protocol 5, Enqueue and Queue; protocol 6, queues and members). */
import { holdMusic } from "../calls/line.ts";
import type { Behaviour, Steps } from "./behaviour.ts";

const source = "Enqueue 5";
const enqueue = (attributes = "") => `<Enqueue ${attributes}>support</Enqueue>`;
const dial = (attributes = "", queue = "") => `<Dial ${attributes}><Queue ${queue}>support</Queue></Dial>`;
const leavesAfter = (seconds: number): Steps => [{ silentSeconds: seconds }, { hangUp: true }];
const results = ["QueueResult", "QueueTime"];
/** One waits from the start, one dials the queue after ten seconds. */
const two = (caller: Steps, agent: Steps): Behaviour["callers"] => [
  [0, 1, caller],
  [10, 2, agent],
];

export const queues: readonly Behaviour[] = [
  {
    source: "Twilio, Enqueue, waitUrl",
    rule: "Twilio's own hold music is not asked for over the network",
    on: {
      "/voice":
        '<Enqueue waitUrl="http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient">q</Enqueue>',
    },
    callers: [[0, 1, [{ silentSeconds: 5 }, { hangUp: true }]]],
    heard: [["hold music"]],
  },
  {
    source,
    rule: "who dials the queue is joined with the first; the action comes after the bridge",
    on: { "/voice": enqueue('action="/next" waitUrl=""'), "/agent": dial('action="/done"') },
    callers: two([], leavesAfter(7)),
    names: [...results, "DialCallStatus", "DialCallDuration", "DialBridged"],
    asked: [
      "17 /done QueueTime=10 DialCallStatus=completed DialCallDuration=7 DialBridged=true",
      "17 /next QueueResult=bridged QueueTime=10",
    ],
    calls: ["completed 17", "completed 7"],
  },
  {
    source,
    rule: "without an action the next verb runs after the bridge",
    on: { "/voice": `${enqueue('waitUrl=""')}<Redirect>/next</Redirect>`, "/agent": dial() },
    callers: two([], leavesAfter(7)),
    names: results,
    asked: ["17 /next"],
  },
  {
    source,
    rule: "the two hear one another",
    on: { "/voice": enqueue('waitUrl=""'), "/agent": dial() },
    callers: two(
      [{ hear: "how can I help", say: "a claim" }],
      [{ say: "how can I help" }, ...leavesAfter(9)],
    ),
    heard: [["how can I help"], ["a claim"]],
  },
  {
    source,
    rule: "when the queued caller hangs up, the Dial's document goes on",
    on: { "/voice": enqueue('action="/next" waitUrl=""'), "/agent": dial('action="/done"') },
    callers: two(leavesAfter(15), []),
    names: [...results, "DialCallStatus"],
    asked: ["15 /done QueueTime=10 DialCallStatus=completed", "15 /next QueueResult=bridged QueueTime=10"],
  },
  {
    source,
    rule: "who waits hears music by default",
    on: { "/voice": enqueue() },
    callers: [[0, 1, leavesAfter(5)]],
    heard: [[holdMusic]],
  },
  {
    source,
    rule: "the waitUrl is asked again when its document has run out, and told the position",
    on: { "/voice": enqueue('waitUrl="/wait"'), "/wait": "<Pause length='10'/>" },
    callers: [[0, 1, leavesAfter(25)]],
    names: ["QueuePosition", "QueueTime", "AvgQueueTime", "CurrentQueueSize", "MaxQueueSize"],
    asked: [0, 10, 20].map(
      (at) =>
        `${at} /wait QueuePosition=1 QueueTime=${at} AvgQueueTime=${at} CurrentQueueSize=1 MaxQueueSize=1000`,
    ),
  },
  {
    source,
    rule: "positions move up",
    on: {
      "/voice": enqueue('waitUrl="/wait"'),
      "/wait": "<Pause length='10'/>",
      "/agent": enqueue('waitUrl=""'),
    },
    callers: [
      [0, 2, leavesAfter(8)],
      [2, 1, leavesAfter(15)],
    ],
    names: ["QueuePosition", "CurrentQueueSize"],
    asked: ["2 /wait QueuePosition=2 CurrentQueueSize=2", "12 /wait QueuePosition=1 CurrentQueueSize=1"],
  },
  {
    source,
    rule: "waitUrlMethod GET",
    on: { "/voice": enqueue('waitUrl="/wait?x=1" waitUrlMethod="GET"'), "/wait": "<Pause length='60'/>" },
    callers: [[0, 1, leavesAfter(5)]],
    names: ["QueuePosition"],
  },
  {
    source,
    rule: "Leave goes on behind the Enqueue, and the action is asked at once",
    on: { "/voice": enqueue('waitUrl="/wait" action="/next"'), "/wait": "<Pause length='4'/><Leave/>" },
    names: results,
    asked: ["0 /wait QueueTime=0", "4 /next QueueResult=leave QueueTime=4"],
  },
  {
    source,
    rule: "Leave without an action: the next verb",
    on: { "/voice": `${enqueue('waitUrl="/wait"')}<Redirect>/next</Redirect>`, "/wait": "<Leave/>" },
    asked: ["0 /wait", "0 /next"],
  },
  {
    source,
    rule: "Gather in a wait document: its action is heard in the queue too",
    on: {
      "/voice": enqueue('waitUrl="/wait" action="/next"'),
      "/wait": '<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>',
      "/key": "<Leave/>",
    },
    callers: [[0, 1, [{ hear: "press 1", press: "1" }]]],
    names: ["Digits", "QueueResult", "QueuePosition"],
    asked: ["0 /wait QueuePosition=1", "1.1 /key Digits=1 QueuePosition=1", "1.1 /next QueueResult=leave"],
  },
  {
    source,
    rule: "Hangup in a wait document ends the call; the action is asked, not performed",
    on: { "/voice": enqueue('waitUrl="/wait" action="/next"'), "/wait": "<Pause length='4'/><Hangup/>" },
    names: results,
    asked: ["0 /wait QueueTime=0", "4 /next QueueResult=hangup QueueTime=4"],
    calls: ["completed 4"],
  },
  {
    source,
    rule: "a caller who hangs up: the action is asked, not performed",
    on: { "/voice": enqueue('waitUrl="" action="/next"') },
    callers: [[0, 1, leavesAfter(5)]],
    names: results,
    asked: ["5 /next QueueResult=hangup QueueTime=5"],
  },
  {
    source,
    rule: "REST takes a caller out: redirected",
    on: { "/voice": enqueue('waitUrl="" action="/done"'), "/next": "<Hangup/>" },
    rest: [[5, "POST", "/Calls/$1.json", { Url: "$app/next" }]],
    names: results,
    asked: ["5 /done QueueResult=redirected QueueTime=5", "5 /next"],
  },
  {
    source,
    rule: "REST takes a caller out of a bridge: redirected-from-bridged",
    on: { "/voice": enqueue('waitUrl="" action="/done"'), "/agent": dial("", "") },
    callers: two([], []),
    rest: [[15, "POST", "/Calls/$1.json", { Url: "$app/next" }]],
    names: results,
    asked: ["15 /done QueueResult=redirected-from-bridged QueueTime=10", "15 /next"],
  },
  {
    source,
    rule: "a full queue is 14207 and queue-full",
    on: {
      "/voice": enqueue('waitUrl="" maxQueueSize="1"'),
      "/agent": enqueue('waitUrl="" action="/next"'),
    },
    callers: two(leavesAfter(20), []),
    names: results,
    asked: ["10 /next QueueResult=queue-full"],
    codes: [14207],
  },
  {
    source,
    rule: "a wait document must not Dial: reported, and silence",
    on: { "/voice": enqueue('waitUrl="/wait"'), "/wait": "<Dial>+15550150001</Dial>" },
    callers: [[0, 1, leavesAfter(5)]],
    asked: ["0 /wait"],
    codes: [14202],
  },
  {
    source,
    rule: "a waitUrl that fails leaves silence, not an apology",
    on: { "/voice": enqueue('waitUrl="/wait"'), "/wait": { status: 500 } },
    callers: [[0, 1, leavesAfter(5)]],
    heard: [[]],
    codes: [11200],
  },
  {
    source,
    rule: "an endless loop without a sound is stopped",
    on: { "/voice": enqueue('waitUrl="/wait"'), "/wait": "" },
    callers: [[0, 1, leavesAfter(5)]],
    codes: [null],
  },
  ...(
    [
      [enqueue('method="PUT"'), 14201],
      [enqueue('waitUrl="" waitUrlMethod="PUT"'), 14206],
      [enqueue('waitUrl="/quiet" waitUrlMethod="PUT"'), 14206],
      ["<Enqueue/>", 14204],
      [`<Enqueue>${"a".repeat(65)}</Enqueue>`, 14205],
      ["<Dial><Queue/></Dial>", 14212],
      [`<Dial><Queue>${"a".repeat(65)}</Queue></Dial>`, 14213],
      [dial('timeout="5"', 'url="/quiet" method="PUT"'), 14210],
      ["<Leave/>", "said"],
    ] as const
  ).map(([verb, code]) => ({
    source,
    rule: `${verb.slice(0, 60)} is ${code}`,
    on: { "/voice": verb, "/quiet": "<Pause length='60'/>" },
    callers: [[0, 1, leavesAfter(20)]] as Behaviour["callers"],
    codes: [code === "said" ? null : code],
  })),
  {
    source: "Queue 5",
    rule: "an empty queue: the Dial waits for somebody until its timeout",
    on: { "/agent": dial('action="/next" timeout="20"') },
    callers: [[0, 2, []]],
    names: ["DialCallStatus", "DialBridged"],
    asked: ["20 /next DialCallStatus=no-answer DialBridged=false"],
  },
  {
    source: "Queue 5",
    rule: "an empty queue: whoever comes is joined at once",
    on: { "/voice": enqueue('action="/next"'), "/agent": dial() },
    callers: [
      [0, 2, []],
      [5, 1, leavesAfter(5)],
    ],
    names: results,
    asked: ["10 /next QueueResult=bridged QueueTime=0"],
  },
  {
    source: "Queue 5",
    rule: "its url is heard by the waiting caller first",
    on: {
      "/voice": enqueue('waitUrl=""'),
      "/agent": dial("", 'url="/soon"'),
      "/soon": "<Say>Connecting you.</Say>",
    },
    callers: two([], leavesAfter(9)),
    names: ["QueueTime", "From"],
    asked: ["10 /soon QueueTime=10 From=+15550199001"],
    heard: [["Connecting you."], []],
  },
  {
    source: "Queue 5",
    rule: "its url must not gather",
    on: { "/voice": enqueue('waitUrl=""'), "/agent": dial("", 'url="/soon"'), "/soon": "<Gather/>" },
    callers: two([], leavesAfter(9)),
    codes: [14211],
  },
  {
    source: "Queue 5",
    rule: "the queue is first come, first served",
    on: { "/voice": enqueue('waitUrl="" action="/done"'), "/agent": dial(), "/third": dial() },
    callers: [
      [0, 1, []],
      [1, 1, []],
      [5, 2, leavesAfter(5)],
      [6, 3, leavesAfter(5)],
    ],
    names: ["From", ...results],
    asked: [
      "10 /done From=+15550199001 QueueResult=bridged QueueTime=5",
      "11 /done From=+15550199002 QueueResult=bridged QueueTime=5",
    ],
  },
  {
    source: "Members 6",
    rule: "Front is dequeued by Url",
    on: { "/voice": enqueue('waitUrl="" action="/done"') },
    rest: [
      [5, "POST", "/Queues/$queue/Members/Front.json", { Url: "$app/next" }],
      [6, "POST", "/Queues/$queue/Members/Front.json", { Url: "$app/next" }],
    ],
    names: results,
    asked: ["5 /done QueueResult=redirected QueueTime=5", "5 /next"],
    answers: ["200", "404 20404"],
  },
  ...(
    [
      ["GET", "/Queues.json", undefined, "200"],
      ["GET", "/Queues/$queue.json", undefined, "200"],
      ["GET", "/Queues/QU00000000000000000000000000000000.json", undefined, "404 20404"],
      ["POST", "/Queues.json", { FriendlyName: "second", MaxSize: "5000" }, "201"],
      ["POST", "/Queues.json", { FriendlyName: "second", MaxSize: "5001" }, "400 20001"],
      ["POST", "/Queues.json", { FriendlyName: "support" }, "400 20001"],
      ["POST", "/Queues.json", {}, "400 20001"],
      ["POST", "/Queues.json", { FriendlyName: "a".repeat(65) }, "400 20001"],
      ["POST", "/Queues/$queue.json", { FriendlyName: "other", MaxSize: "2" }, "200"],
      ["DELETE", "/Queues/$queue.json", undefined, "400 20001"],
      ["GET", "/Queues/$queue/Members.json", undefined, "200"],
      ["GET", "/Queues/$queue/Members/Front.json", undefined, "200"],
      ["GET", "/Queues/$queue/Members/$1.json", undefined, "200"],
      ["GET", "/Queues/$queue/Members/CA1.json", undefined, "404 20404"],
      ["POST", "/Queues/$queue/Members/$1.json", {}, "400 21205"],
      ["POST", "/Queues/$queue/Members/$1.json", { Url: "nowhere" }, "400 21205"],
    ] as const
  ).map(([method, path, form, answer]) => ({
    source: "Queues 6",
    rule: `${method} ${path} ${JSON.stringify(form ?? {}).slice(0, 50)} is ${answer}`,
    on: { "/voice": enqueue('waitUrl=""') },
    callers: [[0, 1, leavesAfter(20)]] as Behaviour["callers"],
    rest: [[5, method, path, form]] as Behaviour["rest"],
    answers: [answer],
  })),
];
