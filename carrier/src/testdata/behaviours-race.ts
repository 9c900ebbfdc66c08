/** What happens when REST, a hangup or a late answer come in the middle of something (protocol 4, 5 and 6). */
import type { Behaviour, Steps } from "./behaviour.ts";
import type { Form } from "./line.ts";

const to = "+15550150001";
const from = "+15550100002";
const says = (words: string): Form => ({ Twiml: `<Response><Say>${words}</Say></Response>` });
const update = (at: number, form: Form) => [at, "POST", "/Calls/$1.json", form] as const;
const updateChild = (at: number, form: Form) => [at, "POST", "/Calls/$child.json", form] as const;
const updateNewest = (at: number, form: Form) => [at, "POST", "/Calls/$newest.json", form] as const;
const place = (form: Form = {}) =>
  [
    0,
    "POST",
    "/Calls.json",
    { To: to, From: from, Url: "$app/next", StatusCallback: "$app/status", ...form },
  ] as const;
const alone = (...steps: Steps) => [[0, 1, steps]] as const;
const nobody: Behaviour["callers"] = [];
const late = (body: string, afterSeconds = 5) => ({ afterSeconds, body: `<Response>${body}</Response>` });
const source = "REST 6, update";
const whisper = `<Dial action='/done'><Number url='/agent' statusCallback='/status'>${to}</Number></Dial>`;
const child = ["CallStatus", "DialCallStatus", "DialBridged", "CallDuration"];

export const races: readonly Behaviour[] = [
  {
    source: "Voice 4",
    rule: "a number whose document dials the number itself: the circle ends after twenty rounds",
    on: { "/voice": "<Dial action='/done'>+15550100001</Dial>" },
    callers: alone(),
    names: ["DialCallStatus"],
    codes: [null],
    calls: ["completed 11"],
  },
  {
    source,
    rule: "a Gather that is interrupted asks nothing, and keys pressed later go nowhere",
    on: { "/voice": "<Gather action='/done' timeout='20'><Say>Press.</Say></Gather>" },
    callers: alone({ silentSeconds: 1 }, { press: "4" }, { silentSeconds: 3 }, { press: "5#" }),
    rest: [update(2, { Twiml: "<Response><Say>New.</Say><Pause length='5'/></Response>" })],
    asked: [],
    heard: [["Press.", "New."]],
    calls: ["completed 7"],
  },
  {
    source,
    rule: "a Record that is interrupted keeps its recording and asks no action",
    on: {
      "/voice":
        "<Record action='/done' playBeep='false' timeout='20' recordingStatusCallback='/status'/><Say>Never.</Say>",
    },
    callers: alone({ say: "Well.", saySeconds: 1 }),
    rest: [update(4, says("New."))],
    names: ["RecordingStatus"],
    asked: ["5 /status RecordingStatus=completed"],
    heard: [["New."]],
  },
  {
    source,
    rule: "a participant who is sent elsewhere leaves its room by the API, and its Dial asks no action",
    on: {
      "/voice":
        "<Dial action='/done'><Conference waitUrl='' statusCallback='/status' statusCallbackEvent='leave'>r</Conference></Dial>",
    },
    rest: [update(3, says("New."))],
    names: ["StatusCallbackEvent", "ReasonParticipantLeft"],
    asked: [
      "3 /status StatusCallbackEvent=participant-leave ReasonParticipantLeft=participant_updated_via_api",
    ],
    heard: [["New."]],
  },
  {
    source,
    rule: "an answer that comes after an update is thrown away",
    on: {
      "/voice": "<Gather numDigits='1' action='/slow'/>",
      "/slow": late("<Say>Late.</Say>"),
    },
    callers: alone({ silentSeconds: 1 }, { press: "1" }),
    rest: [update(3, { Twiml: "<Response><Say>New.</Say><Pause length='10'/></Response>" })],
    asked: ["1 /slow"],
    heard: [["New."]],
    calls: ["completed 13"],
  },
  {
    source,
    rule: "the last of two updates counts, also when the document of the first is late",
    on: { "/voice": "<Say>Hi.</Say><Pause length='20'/>", "/slow": late("<Say>Late.</Say>") },
    callers: alone(),
    rest: [
      update(21, { Url: "$app/slow" }),
      update(2, { Url: "$app/slow" }),
      update(3, says("New.")),
      update(3, says("Newest.")),
    ],
    asked: ["2 /slow"],
    heard: [["Hi.", "New.", "Newest."]],
    answers: ["200", "200", "200", "400 21220"],
  },
  {
    source: "Voice 4",
    rule: "a hangup while the application is asked: its answer is not performed, nothing is complained about",
    on: {
      "/voice": "<Gather numDigits='1' action='/slow'/>",
      "/slow": late("<Dial>+15550150001</Dial>"),
    },
    callers: alone({ silentSeconds: 1 }, { press: "1" }, { silentSeconds: 2 }, { hangUp: true }),
    asked: ["1 /slow"],
    calls: ["completed 3"],
  },
  {
    source,
    rule: "a call that is not answered yet cannot be redirected; it can be hung up, and is then canceled",
    on: { "/voice": late("<Say>Late.</Say>") },
    rest: [update(1, says("New.")), update(2, { Status: "completed" })],
    heard: [[]],
    answers: ["400 21220", "200"],
    calls: ["canceled 0"],
  },
  {
    source,
    rule: "an outbound call that rings: no redirect; completed leaves canceled",
    on: {},
    callers: nobody,
    there: { [to]: "no-answer" },
    rest: [place(), updateNewest(2, says("New.")), updateNewest(3, { Status: "completed" })],
    names: ["CallStatus", "CallDuration"],
    asked: ["3 /status CallStatus=canceled CallDuration=0"],
    answers: ["201", "400 21220", "200"],
  },
  {
    source,
    rule: "canceled does nothing to a call in progress",
    on: { "/next": "<Pause length='5'/>" },
    callers: nobody,
    rest: [place(), updateNewest(4, { Status: "canceled" })],
    names: ["CallStatus", "CallDuration"],
    asked: ["2.5 /next CallStatus=in-progress", "7.5 /status CallStatus=completed CallDuration=5"],
    answers: ["201", "200"],
  },
  {
    source: "AMD 7",
    rule: "an update while a verdict is waited for: the first document is never asked for",
    on: { "/done": "<Say>New.</Say>" },
    callers: nobody,
    rest: [place({ MachineDetection: "Enable" }), updateNewest(4, { Url: "$app/done" })],
    names: ["CallStatus", "AnsweredBy"],
    asked: ["4 /done CallStatus=in-progress", "4.3 /status CallStatus=completed"],
  },
  {
    source: "AMD 7",
    rule: "a call ended while a verdict is waited for has none",
    on: {},
    callers: nobody,
    rest: [place({ MachineDetection: "DetectMessageEnd" }), updateNewest(4, { Status: "completed" })],
    names: ["CallStatus", "AnsweredBy"],
    asked: ["4 /status CallStatus=completed"],
  },
  {
    source: "REST 6, child",
    rule: "a child that rings cannot be redirected, and can be hung up",
    on: { "/voice": whisper },
    there: { [to]: "no-answer" },
    rest: [updateChild(2, says("New.")), updateChild(3, { Status: "completed" })],
    names: child,
    asked: [
      "3 /status CallStatus=canceled CallDuration=0",
      "3 /done CallStatus=in-progress DialCallStatus=canceled DialBridged=false",
    ],
    answers: ["400 21220", "200"],
  },
  {
    source: "REST 6, child",
    rule: "a child redirected in its whisper goes on alone; the Dial is over, nobody was joined",
    on: { "/voice": whisper, "/agent": "<Pause length='5'/>" },
    rest: [updateChild(4, { Twiml: "<Response><Pause length='10'/></Response>" })],
    names: child,
    asked: [
      "2.5 /agent CallStatus=in-progress",
      "4 /done CallStatus=in-progress DialCallStatus=no-answer DialBridged=false",
      "14 /status CallStatus=completed CallDuration=12",
    ],
  },
  {
    source: "REST 6, child",
    rule: "a child ended in its whisper: the Dial is over, nobody was joined",
    on: { "/voice": whisper, "/agent": "<Pause length='5'/>" },
    rest: [updateChild(4, { Status: "completed" })],
    names: child,
    asked: [
      "2.5 /agent CallStatus=in-progress",
      "4 /done CallStatus=in-progress DialCallStatus=no-answer DialBridged=false",
      "4 /status CallStatus=completed CallDuration=2",
    ],
  },
  {
    source: "REST 6, child",
    rule: "a parent redirected during the whisper hangs up the child and asks no action",
    on: { "/voice": whisper, "/agent": "<Pause length='5'/>" },
    rest: [update(4, says("New."))],
    names: child,
    asked: ["2.5 /agent CallStatus=in-progress", "4 /status CallStatus=completed CallDuration=2"],
    heard: [["New."]],
  },
  {
    source: "REST 6, child",
    rule: "parent and child both sent to a room meet there, though the Dial's action was asked meanwhile",
    on: { "/voice": `<Dial action='/slow'>${to}</Dial>`, "/slow": late("<Say>Late.</Say>") },
    there: { [to]: { steps: [{ silentSeconds: 8 }, { say: "Hello." }] } },
    rest: [
      updateChild(5, {
        Twiml: "<Response><Dial><Conference endConferenceOnExit='true'>r</Conference></Dial></Response>",
      }),
      update(6, {
        Twiml: "<Response><Dial><Conference waitUrl='' beep='false'>r</Conference></Dial></Response>",
      }),
    ],
    callers: alone({ silentSeconds: 15 }, { hangUp: true }),
    names: ["DialCallStatus"],
    asked: ["5 /slow DialCallStatus=completed"],
    heard: [["Hello."]],
    calls: ["completed 15"],
  },
  {
    source: "Queue 5",
    rule: "a caller redirected in the whisper before the bridge",
    on: {
      "/voice": "<Enqueue waitUrl='' action='/done'>q</Enqueue>",
      "/agent": "<Dial action='/next'><Queue url='/third'>q</Queue></Dial>",
      "/third": "<Pause length='5'/>",
    },
    callers: [
      [0, 1, []],
      [2, 2, []],
    ],
    rest: [update(4, says("New."))],
    names: ["QueueResult", "DialCallStatus", "DialBridged"],
    asked: [
      "4 /done QueueResult=redirected",
      "4 /next DialCallStatus=completed DialBridged=false",
      "2 /third",
    ],
    heard: [["New."], []],
  },
];
