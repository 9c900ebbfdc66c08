/** TwiML in, verbs or complaints out (protocol 5). Each row names the rule it holds. */
import { expect, test } from "vitest";
import { readTwiml } from "./read-twiml.ts";

const response = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

const broken: [rule: string, text: string, code: number][] = [
  ["TwiML 5: nothing", "", 12100],
  ["TwiML 5: not XML", "hello", 12100],
  ["TwiML 5: not closed", "<Response><Say>a</Response>", 12100],
  ["TwiML 5: bare ampersand", "<Response><Say>a & b</Say></Response>", 12100],
  ["TwiML 5: two roots", "<Response/><Response/>", 12100],
  ["TwiML 5: an undeclared entity", '<!DOCTYPE a [<!ENTITY x "y">]><Response>&x;</Response>', 12100],
  [
    "nested deeper than anybody writes",
    `<Response>${"<Say>".repeat(20_000)}${"</Say>".repeat(20_000)}</Response>`,
    12100,
  ],
  ["TwiML 5: wrong XML version", '<?xml version="2.0"?><Response/>', 12100],
  ["TwiML 5: wrong version", '<?xml version="1.0"?><Response version="3"/>', 12101],
  ["TwiML 5: wrong root", "<response/>", 12102],
  ["TwiML 5: root of another language", "<html><body/></html>", 12102],
];
test.each(broken)("%s", (_rule, text, code) => {
  expect(readTwiml(text)).toMatchObject({ ok: false, code });
});

const warned: [rule: string, inner: string, codes: number[], kinds: string[]][] = [
  ["nothing wrong", "<!-- note --><Say>a</Say> <Hangup/>", [], ["say", "hangup"]],
  ["TwiML 5: unknown verb is skipped, the rest runs", "<Sing>la</Sing><Hangup/>", [12200], ["hangup"]],
  ["TwiML 5: names are case-sensitive", "<say>a</say><Hangup/>", [12200], ["hangup"]],
  ["TwiML 5: attributes too", '<Say Voice="alice">a</Say>', [12200], ["say"]],
  ["a name from JavaScript's own objects", "<constructor/><Hangup/>", [12200], ["hangup"]],
  ["TwiML 5: wrong nesting", "<Gather><Hangup/></Gather>", [12200], ["gather"]],
  ["TwiML 5: a noun is no verb", "<Number>1</Number>", [12200], []],
  ["TwiML 5: loose text", "hello<Hangup/>", [12200], ["hangup"]],
  ["a real verb that is not performed", "<Queue>a</Queue>", [], ["other"]],
  ["Dial: a SIM that is none", "<Dial><Sim>DE1</Sim></Dial>", [13223], ["dial"]],
  ["Dial 5: a number", "<Dial>+15550100009</Dial>", [], ["dial"]],
  ["Dial 5: a number of no sense", "<Dial>12</Dial>", [13223], ["dial"]],
  [
    "Dial 5: Conference and Number",
    "<Dial><Number>+15550100009</Number><Conference>a</Conference></Dial>",
    [13000],
    ["dial"],
  ],
  ["Dial 5: at most ten", `<Dial>${"<Number>+15550100009</Number>".repeat(11)}</Dial>`, [13250], ["dial"]],
  ["Dial: bad timeout", '<Dial timeout="4">+15550100009</Dial>', [13212], ["dial"]],
  ["Dial: bad timeLimit", '<Dial timeLimit="x">+15550100009</Dial>', [13216], ["dial"]],
  ["Dial: bad hangupOnStar", '<Dial hangupOnStar="1">+15550100009</Dial>', [13213], ["dial"]],
  ["Dial: bad sequential", '<Dial sequential="1">+15550100009</Dial>', [13218], ["dial"]],
  ["Dial: bad answerOnBridge", '<Dial answerOnBridge="1">+15550100009</Dial>', [13219], ["dial"]],
  ["Dial: bad ringTone", '<Dial ringTone="xx">+15550100009</Dial>', [13220], ["dial"]],
  ["Dial: a SIP address that is none", "<Dial><Sip>bob at example.com</Sip></Dial>", [13243], ["dial"]],
  ["Dial: bad sendDigits", '<Dial><Number sendDigits="1x">+15550100009</Number></Dial>', [13222], ["dial"]],
  [
    "Detection 7: a value out of bounds",
    '<Dial><Number machineDetection="Enable" machineDetectionTimeout="61" amdStatusCallback="/a">+15550100009</Number></Dial>',
    [21263],
    ["dial"],
  ],
  [
    "Detection 7: nobody to tell",
    '<Dial><Number machineDetection="Enable">+15550100009</Number></Dial>',
    [21262],
    ["dial"],
  ],
  [
    "Detection 7: the names of REST are wrong on nouns",
    '<Dial><Number asyncAmdStatusCallback="/a">+15550100009</Number></Dial>',
    [21263],
    ["dial"],
  ],
  ["Record: bad method", '<Record method="PUT"/>', [13610], ["record"]],
  ["Record: bad timeout", '<Record timeout="-1"/>', [13611], ["record"]],
  ["Record: bad maxLength", '<Record maxLength="1"/>', [13612], ["record"]],
  ["Record: bad finishOnKey", '<Record finishOnKey="x"/>', [13613], ["record"]],
  ["Record: bad transcribe", '<Record transcribe="1"/>', [13614], ["record"]],
  ["Record: bad playBeep", '<Record playBeep="1"/>', [13616], ["record"]],
  [
    "Record: bad event",
    '<Record recordingStatusCallback="/r" recordingStatusCallbackEvent="done"/>',
    [13621],
    ["record"],
  ],
  ["Record: bad trim", '<Record trim="yes"/>', [13699], ["record"]],
  ["Say 5: empty", "<Say/>", [13520], ["say"]],
  ["Say 5: too long", `<Say>${"a".repeat(4097)}</Say>`, [13521], ["say"]],
  ["Say 5: a provider's voice", `<Say voice="Polly.Joanna">${"a".repeat(3001)}</Say>`, [13521], ["say"]],
  ["Say 5: which a basic voice may say", `<Say voice="alice">${"a".repeat(3001)}</Say>`, [], ["say"]],
  [
    "Say 5: encoded for a URL",
    `<Say voice="Google.de-DE-Wavenet-B">${"ä".repeat(751)}</Say>`,
    [13521],
    ["say"],
  ],
  [
    "Say 5: SSML does not count",
    `<Say voice="Polly.Joanna">${`<emphasis level="strong">aaaaaaaaaa</emphasis>`.repeat(300)}</Say>`,
    [],
    ["say"],
  ],
  ["Say 5: unknown SSML", "<Say><blink>a</blink></Say>", [12200], ["say"]],
  ["Say: bad loop", '<Say loop="often">a</Say>', [13510], ["say"]],
  ["Play: bad keys", '<Play digits="12x"/>', [13430], ["play"]],
  ["Gather: bad finishOnKey", '<Gather finishOnKey="##"/>', [13310], ["gather"]],
  ["Gather: bad method", '<Gather method="PUT"/>', [13312], ["gather"]],
  ["Gather: bad timeout", '<Gather timeout="soon"/>', [13313], ["gather"]],
  ["Gather: bad numDigits", '<Gather numDigits="0"/>', [13314], ["gather"]],
  ["Gather: bad input", '<Gather input="dtmf,speech"/>', [13326], ["gather"]],
  ["Gather: bad speechTimeout", '<Gather speechTimeout="-1"/>', [13327], ["gather"]],
  ["Gather: bad bargeIn", '<Gather bargeIn="no"/>', [13332], ["gather"]],
  ["Gather: bad actionOnEmptyResult", '<Gather actionOnEmptyResult="1"/>', [13338], ["gather"]],
  ["Play 5: not with digits inside Gather", '<Gather><Play digits="1"/></Gather>', [13320], ["gather"]],
];
test.each(warned)("%s", (_rule, inner, codes, kinds) => {
  const reading = readTwiml(response(inner));
  if (!reading.ok) throw new Error(reading.message);
  expect(reading.warnings.map(({ code }) => code)).toEqual(codes);
  expect(reading.verbs.map(({ kind }) => kind)).toEqual(kinds);
});

const values: [rule: string, inner: string, verb: object][] = [
  [
    "Gather 5: defaults",
    "<Gather/>",
    {
      dtmf: true,
      speech: false,
      action: null,
      method: "POST",
      timeoutSeconds: 5,
      finishOnKey: "#",
      numDigits: null,
      actionOnEmptyResult: false,
      speechTimeoutSeconds: 5,
      language: "en-US",
      bargeIn: true,
      prompts: [],
    },
  ],
  ["Gather 5: speechTimeout follows timeout", '<Gather timeout="9"/>', { speechTimeoutSeconds: 9 }],
  ["Gather 5: no finish key", '<Gather finishOnKey=""/>', { finishOnKey: "" }],
  [
    "Gather 5: both inputs",
    '<Gather input="dtmf speech" speechTimeout="auto"/>',
    { dtmf: true, speech: true, speechTimeoutSeconds: "auto" },
  ],
  ["Say 5: defaults", "<Say>a</Say>", { voice: "man", language: "en-US", loop: 1 }],
  ["Say 5: loop 0 is a thousand", '<Say loop="0">a</Say>', { loop: 1000 }],
  [
    "Say 5: SSML is heard, not read",
    '<Say>Hello <emphasis>dear</emphasis> <sub alias="doctor">Dr</sub><break time="2s"/> you</Say>',
    {
      text: "Hello dear doctor you",
      estimatedMs: 1500 + 2000,
    },
  ],
  ["XML: entities and CDATA", "<Say>A &amp; B <![CDATA[<C>]]></Say>", { text: "A & B <C>" }],
  [
    "Record 5: defaults",
    "<Record/>",
    {
      action: null,
      method: "POST",
      timeoutSeconds: 5,
      finishOnKeys: "1234567890*#",
      maxSeconds: 3600,
      playBeep: true,
      trimsSilence: true,
      statusCallback: null,
    },
  ],
  [
    "Dial 5: defaults",
    "<Dial>(415) 555-1212</Dial>",
    {
      action: null,
      method: "POST",
      timeoutSeconds: 30,
      limitSeconds: 14400,
      callerId: null,
      hangupOnStar: false,
      answerOnBridge: false,
      sequential: false,
      targets: [{ address: "+14155551212", sendDigits: null, whisper: null, statusCallback: null }],
    },
  ],
  [
    "Dial 5: nouns",
    "<Dial><Client><Identity>ann</Identity></Client><Sip>sip:a@example.com</Sip></Dial>",
    { targets: [{ address: "client:ann" }, { address: "sip:a@example.com" }] },
  ],
  ["Record 5: two minutes when transcribing", '<Record transcribe="true"/>', { maxSeconds: 120 }],
  ["Record 5: no longer than a call", '<Record maxLength="86400"/>', { maxSeconds: 14_400 }],
  ["Dial 5: no longer than a call", '<Dial timeLimit="86400">+15550100009</Dial>', { limitSeconds: 14_400 }],
  ["Play 5: loop 0 is a thousand", '<Play loop="0">a.mp3</Play>', { loop: 1000 }],
  ["Play 5: no more than a thousand", '<Play loop="5000">a.mp3</Play>', { loop: 1000 }],
  [
    "Gather 5: its method, partial results by theirs",
    '<Gather method="get" partialResultCallback="/p" partialResultCallbackMethod="get"/>',
    { method: "GET", partialResults: { url: "/p", method: "GET" } },
  ],
  [
    "Enqueue 5: at most 5000, else the default",
    '<Enqueue maxQueueSize="5000">a</Enqueue>',
    { maxSize: 5000 },
  ],
  ["Redirect 5: defaults", "<Redirect/>", { url: "", method: "POST" }],
  ["Pause 5: defaults", "<Pause/>", { seconds: 1 }],
  ["Reject 5: defaults", "<Reject/>", { reason: "rejected" }],
  ["Reject 5: busy", '<Reject reason="busy"/>', { reason: "busy" }],
];
test.each(values)("%s", (_rule, inner, verb) => {
  expect(readTwiml(response(inner))).toMatchObject({ ok: true, verbs: [verb] });
});
