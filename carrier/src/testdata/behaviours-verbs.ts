/** Verbs beside the great ones, partial results, and what is refused in the documented way (Twilio's page on each). */
import type { Behaviour, Steps } from "./behaviour.ts";

const told = ["DialCallStatus", "ReferCallStatus", "ReferSipResponseCode", "NotifySipResponseCode"];
const leavesAfter = (seconds: number): Steps => [{ silentSeconds: seconds }, { hangUp: true }];
const workflow = `WW${"0".repeat(32)}`;

const sms: readonly Behaviour[] = [
  {
    source: "Twilio, Sms",
    rule: "a message goes to the caller from the called number, and is told of",
    on: { "/voice": '<Sms statusCallback="/status">Your claim is paid.</Sms><Pause length="5"/>' },
    names: ["From", "To", "MessageStatus"],
    asked: ["queued", "sent", "delivered"].map(
      (status, at) => `${[0, 0.5, 2][at]} /status From=+15550100001 To=+15550199001 MessageStatus=${status}`,
    ),
    calls: ["completed 0"],
  },
  {
    source: "Twilio, Sms",
    rule: "with an action the rest is unreachable, and the action is told the message's SID",
    on: { "/voice": '<Sms to="(555) 015-0009" action="/next">Hi</Sms><Say>never</Say>' },
    names: ["SmsStatus"],
    asked: ["0 /next SmsStatus=sending"],
    heard: [[]],
  },
  ...(
    [
      ['to="nobody"', "Hi", 14101],
      ['from="+15550150009"', "Hi", 14102],
      ['method="PUT"', "Hi", 14104],
      ['statusCallback="http://"', "Hi", 14105],
    ] as const
  ).map(([attributes, body, code]) => ({
    source: "Twilio, Sms",
    rule: `${attributes} is ${code}`,
    on: { "/voice": `<Sms action="/next" ${attributes}>${body}</Sms>` },
    names: ["SmsStatus"],
    asked: [`0 /next SmsStatus=${code < 14103 ? "invalid" : "sending"}`],
    codes: [code],
  })),
  {
    source: "Twilio, Sms",
    rule: "nothing to say is 14103, and the rest runs",
    on: { "/voice": '<Sms action="/next"> </Sms><Say>Goodbye.</Say>' },
    heard: [["Goodbye."]],
    codes: [14103, null],
  },
];

const refused: readonly Behaviour[] = [
  {
    source: "Twilio, Pay",
    rule: "no payment is taken: internal-error, and without an action the current document is asked",
    on: { "/voice": ["<Pay/><Say>never</Say>", "<Say>No luck.</Say>"] },
    names: ["Result", "PayErrorCode", "PaymentMethod"],
    asked: ["0 /voice Result=internal-error PayErrorCode=64002 PaymentMethod=credit-card"],
    heard: [["No luck."]],
    codes: [null],
  },
  {
    source: "Twilio, Pay",
    rule: "what was wrong with it is a validation-error",
    on: { "/voice": '<Pay action="/next" paymentMethod="ach-debit"/>' },
    names: ["Result", "PayErrorCode", "PaymentMethod"],
    asked: ["0 /next Result=validation-error PayErrorCode=64014 PaymentMethod=ach-debit"],
    codes: [64014, null],
  },
  ...(
    [
      ["VirtualAgent", "VirtualAgentStatus=failed"],
      ["Room", ""],
      ["Conversation", ""],
      ["Autopilot", ""],
      ["AiSession", "SessionStatus=failed"],
      ["Assistant", "SessionStatus=failed"],
      ["ConversationRelaySession", "SessionStatus=failed"],
    ] as const
  ).map(([noun, result]) => ({
    source: `Twilio, Connect ${noun}`,
    rule: "is not held: the action is told so",
    on: { "/voice": `<Connect action="/next"><${noun}/></Connect><Say>never</Say>` },
    names: ["VirtualAgentStatus", "SessionStatus"],
    asked: [`0 /next ${result}`.trim()],
    heard: [[]],
    codes: [null],
  })),
  {
    source: "Twilio, Connect Room",
    rule: "without an action the next verb runs",
    on: { "/voice": "<Connect><Room>den</Room></Connect><Say>Goodbye.</Say>" },
    heard: [["Goodbye."]],
    codes: [null],
  },
  ...(
    [
      [`workflowSid="${workflow}"`, '<Task priority="5">{"claim":7}</Task>', 14222],
      [`workflowSid="${workflow}"`, "<Task>claim 7</Task>", 14221],
      ['workflowSid="support"', "<Task/>", 14220],
    ] as const
  ).map(([attributes, task, code]) => ({
    source: "Twilio, Enqueue",
    rule: `a task for a workflow is ${code}: ${task}`,
    on: { "/voice": `<Enqueue ${attributes} action="/next">${task}</Enqueue>` },
    names: ["QueueResult", "QueueSid"],
    asked: ["0 /next QueueResult=error"],
    codes: [code],
  })),
  ...(
    [
      [`WR${"0".repeat(32)}`, 14215],
      ["WR1", 14215],
    ] as const
  ).map(([reservation, code]) => ({
    source: "Twilio, Dial Queue",
    rule: `a reservation of a workflow's is ${code}`,
    on: { "/voice": `<Dial action="/next"><Queue reservationSid="${reservation}"/></Dial>` },
    names: told,
    asked: ["0 /next DialCallStatus=failed"],
    codes: [code],
  })),
];

const others: readonly Behaviour[] = [
  {
    source: "Twilio, Echo",
    rule: "what the caller says and presses comes back, until it hangs up",
    on: { "/voice": "<Echo/><Say>never</Say>" },
    callers: [[0, 1, [{ say: "hello there" }, { silentSeconds: 2 }, { press: "5" }, ...leavesAfter(3)]]],
    heard: [["hello there", "5"]],
    calls: ["completed 5"],
  },
  {
    source: "Twilio, Refer",
    rule: "a telephone that is no SIP one cannot be asked: 13801",
    on: { "/voice": '<Refer action="/next"><Sip>sip:ann@example.com</Sip></Refer>' },
    names: told,
    asked: ["0 /next ReferCallStatus=failed"],
    codes: [13801],
  },
  {
    source: "Gather 5",
    rule: "partial results are told while somebody speaks; their answer is ignored",
    on: {
      "/voice": '<Gather input="speech" action="/next" partialResultCallback="/partial" speechTimeout="1"/>',
      "/partial": "<Hangup/>",
    },
    callers: [[0, 1, [{ say: "I want to know about my claim", saySeconds: 2 }]]],
    names: ["SpeechResult", "SequenceNumber", "UnstableSpeechResult", "Stability"],
    asked: [
      "0.5 /partial SequenceNumber=0 UnstableSpeechResult=I Stability=0.25",
      "1 /partial SequenceNumber=1 UnstableSpeechResult=I want to Stability=0.50",
      "1.5 /partial SequenceNumber=2 UnstableSpeechResult=I want to know about Stability=0.75",
      "2 /partial SequenceNumber=3 UnstableSpeechResult=I want to know about my claim Stability=0.90",
      "3 /next SpeechResult=I want to know about my claim",
    ],
  },
  {
    source: "Gather 5",
    rule: "what was said before is stable",
    on: {
      "/voice": '<Gather input="speech" action="/next" partialResultCallback="/partial" speechTimeout="3"/>',
      "/partial": { status: 204 },
    },
    callers: [
      [0, 1, [{ say: "claims", saySeconds: 0.5 }, { silentSeconds: 1 }, { say: "please", saySeconds: 0.5 }]],
    ],
    names: ["StableSpeechResult", "UnstableSpeechResult"],
    asked: [
      "0.5 /partial StableSpeechResult= UnstableSpeechResult=claims",
      "1.5 /partial StableSpeechResult=claims UnstableSpeechResult=please",
      "4.5 /next",
    ],
  },
  {
    source: "Gather 5",
    rule: "a Gather for keys has no partial results",
    on: { "/voice": '<Gather action="/next" numDigits="1" partialResultCallback="/partial"/>' },
    callers: [
      [
        0,
        1,
        [
          { say: "one", saySeconds: 1 },
          { afterSeconds: 2, press: "1" },
        ],
      ],
    ],
    names: ["Digits"],
    asked: ["2 /next Digits=1"],
  },
];

/** What stands after a verb, and when it is heard (protocol 5; `unreachableAfter` of the grammar). */
const after = (source: string, rule: string, verb: string, row: Partial<Behaviour>): Behaviour => ({
  source,
  rule: `what stands after it: ${rule}`,
  on: { "/voice": `${verb}<Say>after</Say>` },
  callers: [[0, 1, []]],
  ...row,
});
const never = { heard: [[]] };
const heard = { heard: [["after"]] };
const gatherOne = [[0, 1, [{ press: "1" }]]] as const satisfies Behaviour["callers"];
const unreachable: readonly Behaviour[] = [
  after("Redirect 5", "never", "<Redirect>/next</Redirect>", never),
  after("Hangup 5", "never", "<Hangup/>", never),
  after("Reject 5", "never", "<Reject/>", never),
  after("Reject 5", "nor when the call has been answered", '<Play digits="1"/><Reject/>', { heard: [["1"]] }),
  after("Record 5", "never, once something was recorded", '<Record playBeep="false" action="/next"/>', {
    ...never,
    callers: [[0, 1, [{ say: "my claim" }]]],
  }),
  after("Gather 5", "without input", '<Gather timeout="1" action="/next"/>', heard),
  after("Gather 5", "not with input", '<Gather numDigits="1" action="/next"/>', {
    ...never,
    callers: gatherOne,
  }),
  after(
    "Gather 5",
    "nor with actionOnEmptyResult",
    '<Gather timeout="1" actionOnEmptyResult="true" action="/next"/>',
    never,
  ),
  after("Dial 5", "without action", "<Dial>+15550150009</Dial>", {
    ...heard,
    there: { "+15550150009": "busy" },
  }),
  after("Dial 5", "not with action", '<Dial action="/next">+15550150009</Dial>', {
    ...never,
    there: { "+15550150009": "busy" },
  }),
  after("Enqueue 5", "without action", '<Enqueue waitUrl="/wait">support</Enqueue>', {
    ...heard,
    on: { "/voice": '<Enqueue waitUrl="/wait">support</Enqueue><Say>after</Say>', "/wait": "<Leave/>" },
  }),
  after("Enqueue 5", "not with action", '<Enqueue waitUrl="/wait" action="/next">support</Enqueue>', {
    ...never,
    on: {
      "/voice": '<Enqueue waitUrl="/wait" action="/next">support</Enqueue><Say>after</Say>',
      "/wait": "<Leave/>",
    },
  }),
  after("Connect 5", "without action", "<Connect><Room>den</Room></Connect>", { ...heard, codes: [null] }),
  after("Connect 5", "not with action", '<Connect action="/next"><Room>den</Room></Connect>', {
    ...never,
    codes: [null],
  }),
  after("Start 5", "at once", '<Start><Transcription name="t"/></Start>', heard),
  after("Twilio, Echo", "not while the caller is there", "<Echo/>", {
    ...never,
    callers: [[0, 1, leavesAfter(5)]],
  }),
];

const unperformed: readonly Behaviour[] = [
  {
    source: "Dial 5",
    rule: "what has no effect here is said: byoc, callReason",
    on: { "/voice": '<Dial callReason="your claim"><Number byoc="BY1">+15550150009</Number></Dial>' },
    there: { "+15550150009": "busy" },
    codes: [null, null],
  },
  {
    source: "Pay 5",
    rule: "inline TwiML needs an absolute action: 15004",
    on: { "/voice": "<Say>Wait.</Say><Pause length='30'/>" },
    rest: [[5, "POST", "/Calls/$1.json", { Twiml: '<Response><Pay action="/paid"/></Response>' }]],
    heard: [["Wait.", "We're sorry, an application error has occurred. Goodbye."]],
    codes: [null, 15004],
  },
];

export const verbs: readonly Behaviour[] = [...sms, ...refused, ...others, ...unreachable, ...unperformed];
