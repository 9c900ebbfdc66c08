/**
 * Documents in the forms met in public applications (helper libraries of all ages, templates, strings put together by hand), in our own
 * words: what is warned of, and what is performed. Whatever Twilio takes has to be taken here.
 */
import { expect, test } from "vitest";
import { seededRandom } from "../ids.ts";
import { readTwiml } from "./read-twiml.ts";

const declared = '<?xml version="1.0" encoding="UTF-8"?>';
/** What it is, the document, the codes of its warnings, and the kinds of its verbs. */
type Row = readonly [what: string, document: string, codes: readonly number[], kinds: string];

const forms: readonly Row[] = [
  ["Node's library", `${declared}<Response><Say>Hello</Say></Response>`, [], "say"],
  [
    "Python's: a blank in empty tags",
    `${declared}<Response><Pause length="2" /><Hangup /></Response>`,
    [],
    "pause hangup",
  ],
  [
    "Ruby's: indented, a newline at the end",
    `${declared}\n<Response>\n<Say>Hello</Say>\n</Response>\n`,
    [],
    "say",
  ],
  [
    "C#'s: utf-8, Windows lines",
    '<?xml version="1.0" encoding="utf-8"?>\r\n<Response>\r\n  <Say>Hello</Say>\r\n</Response>',
    [],
    "say",
  ],
  [
    "Perl's: a blank before the end of the declaration",
    '<?xml version="1.0" encoding="UTF-8" ?>\n<Response><Say>Hello</Say></Response>',
    [],
    "say",
  ],
  [
    "lxml's: single quotes",
    "<?xml version='1.0' encoding='UTF-8'?>\n<Response><Say voice='woman'>Hello</Say></Response>",
    [],
    "say",
  ],
  [
    "Java's: standalone",
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Response><Say>Hello</Say></Response>',
    [],
    "say",
  ],
  ["without a declaration", "<Response><Say>Hello</Say></Response>", [], "say"],
  ["blank lines before the root", "\n\n   <Response><Say>Hello</Say></Response>", [], "say"],
  ["a byte order mark", `\uFEFF${declared}<Response><Say>Hello</Say></Response>`, [], "say"],
  [
    "comments everywhere",
    `${declared}<!-- page located at http://example.com/a.xml --><Response><!--<Say>old</Say>--><Say>Hello<!-- there --></Say></Response><!-- end -->`,
    [],
    "say",
  ],
  [
    "a stylesheet's instruction",
    `${declared}<?xml-stylesheet href="a.css"?><Response><Say>Hello</Say></Response>`,
    [],
    "say",
  ],
  ["a DOCTYPE", `${declared}<!DOCTYPE Response><Response><Say>Hello</Say></Response>`, [], "say"],
  [
    "a schema's namespace",
    '<Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="twiml.xsd"><Say>Hello</Say></Response>',
    [],
    "say",
  ],
  ["CDATA", "<Response><Say><![CDATA[Fish & chips < 5]]></Say></Response>", [], "say"],
  [
    "entities and characters by number",
    "<Response><Say>It&apos;s &quot;A&amp;B&quot; &#8212; caf&#xE9;</Say></Response>",
    [],
    "say",
  ],
  [
    "letters of any language",
    `${declared}<Response><Say language="es-MX" voice="Polly.Mia">¿Qué tal? 你好 🎉</Say></Response>`,
    [],
    "say",
  ],
  ["empty", "<Response/>", [], ""],
  ["empty, with both tags", `${declared}<Response></Response>`, [], ""],
  [
    "tabs and newlines in attributes",
    '<Response><Dial callerId="+15550100001"\n\t      timeout="20"\n\t      record="false">\n\t<Number>+15550150009</Number></Dial></Response>',
    [],
    "dial",
  ],
  [
    "an attribute nobody knows",
    '<Response><Say voice="alice" colour="red">Hello</Say></Response>',
    [12200],
    "say",
  ],
];

const broken: readonly (readonly [what: string, document: string, code: number])[] = [
  ["a template that begins with a newline before its declaration", `\n    ${declared}<Response/>`, 12100],
  ["a bare & in a URL", '<Response><Gather action="/a?b=1&c=2"/></Response>', 12100],
  ["a bare & in words", "<Response><Say>Tom & Ann</Say></Response>", 12100],
  ["HTML's entities", "<Response><Say>a&nbsp;b</Say></Response>", 12100],
  ["a complaint of PHP's before the document", `Notice: Undefined index Digits${declared}<Response/>`, 12100],
  ["JSON", '{"message":"ok"}', 12100],
  ["an error page", "<!DOCTYPE html><html><body><h1>Not found</h1></body></html>", 12102],
  ["tags of different letter case", "<Response><Say>Hello</say></Response>", 12100],
  ["attributes without quotes", "<Response><Pause length=2/></Response>", 12100],
  ["the same attribute twice", '<Response><Say voice="man" voice="woman">a</Say></Response>', 12100],
  ["the root in small letters", "<response><Say>Hello</Say></response>", 12102],
  ["verbs without a root", "<Say>Hello</Say>", 12102],
  ["two documents one after the other", "<Response/><Response/>", 12100],
];

const speech: readonly Row[] = [
  [
    "voices of all times",
    '<Response><Say voice="man">a</Say><Say voice="woman" language="en-gb">b</Say><Say voice="alice" language="fr-FR">c</Say></Response>',
    [],
    "say say say",
  ],
  ["a short language", '<Response><Say voice="woman" language="en">Code 42</Say></Response>', [], "say"],
  [
    "providers' voices",
    '<Response><Say voice="Polly.Joanna-Neural">a</Say><Say voice="Polly.Ruth-Generative">b</Say><Say voice="Google.en-US-Chirp3-HD-Aoede">c</Say><Say voice="Polly.Mía-Generative">d</Say></Response>',
    [],
    "say say say say",
  ],
  [
    "a voice of another house",
    '<Response><Say voice="Azure.en-US-JennyNeural">Hello</Say></Response>',
    [13511],
    "say",
  ],
  [
    "a voice without its provider",
    '<Response><Say voice="joey" language="en-US">Hold on</Say></Response>',
    [13511],
    "say",
  ],
  ["an empty template value", "<Response><Say></Say><Hangup/></Response>", [13520], "say hangup"],
  [
    "SSML as in Twilio's guide",
    '<Response><Say voice="Polly.Joanna">Hi<break strength="x-weak" time="100ms"/><emphasis level="moderate">words</emphasis><lang xml:lang="it-IT">ciao</lang><p>one</p><phoneme alphabet="x-sampa" ph="pI&quot;kA:n">pecan</phoneme><prosody volume="-6dB" rate="85%" pitch="+5%">quiet</prosody><s>two</s><say-as interpret-as="spell-out">NPI</say-as><sub alias="World Wide Web">WWW</sub><w role="amazon:VB">read</w></Say></Response>',
    [],
    "say",
  ],
  [
    "SSML's own root, and a whisper",
    '<Response><Say voice="Polly.Ivy"><speak>Psst <amazon:effect name="whispered">secret</amazon:effect></speak></Say></Response>',
    [12200, 12200],
    "say",
  ],
  ["bold words", "<Response><Say>Press <b>one</b> now</Say></Response>", [12200], "say"],
  ["a pause in a Say, from a tutorial", "<Response><Say>Hello<Pause/>there</Say></Response>", [12200], "say"],
  [
    "half a second",
    '<Response><Say>a</Say><Pause length=".5"/><Say>b</Say></Response>',
    [13910],
    "say pause say",
  ],
  [
    "music for ever",
    `${declared}<Response><Play loop="0">http://com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3</Play></Response>`,
    [],
    "play",
  ],
  [
    "a prompt beside the document",
    "<Response><Play>../prompts/hello.mp3?v=2&amp;x=1</Play></Response>",
    [],
    "play",
  ],
  ["keys, and a blank as body", '<Response><Play digits="ww1wwW9#"> </Play></Response>', [], "play"],
];

const gathering: readonly Row[] = [
  [
    "a menu",
    '<Response><Gather numDigits="1" action="/menu" method="POST"><Say>Press 1.</Say></Gather><Say>We got nothing.</Say><Redirect>/voice</Redirect></Response>',
    [],
    "gather say redirect",
  ],
  [
    "small letters in values",
    '<Response><Gather input="DTMF Speech" method="post" timeout=" 4 " numDigits="4"/></Response>',
    [],
    "gather",
  ],
  [
    "speech as Twilio's samples have it",
    '<Response><Gather input="speech" action="/completed" speechTimeout="auto" language="en-US" hints="claims, benefits, $OOV_CLASS_DIGIT_SEQUENCE" profanityFilter="false"><Say>What is it about?</Say></Gather></Response>',
    [],
    "gather",
  ],
  [
    "a model and auto",
    '<Response><Gather input="speech" enhanced="true" speechModel="phone_call" speechTimeout="auto"/></Response>',
    [13335],
    "gather",
  ],
  [
    "newer models",
    '<Response><Gather input="speech" speechModel="googlev2_telephony" speechTimeout="2"/><Gather input="speech" speechModel="deepgram_nova-3" language="multi" speechTimeout="1"/></Response>',
    [],
    "gather gather",
  ],
  ["commas between inputs", '<Response><Gather input="dtmf,speech"/></Response>', [13326], "gather"],
  [
    "no key ends it",
    '<Response><Gather finishOnKey="" timeout="3" numDigits="10"/></Response>',
    [],
    "gather",
  ],
  ["every key ends it", '<Response><Gather finishOnKey="any"/></Response>', [13310], "gather"],
  [
    "a value the template left out",
    '<Response><Gather numDigits="" timeout=""/></Response>',
    [13314, 13313],
    "gather",
  ],
  [
    "nested verbs that may not be",
    '<Response><Gather><Say>Wait.</Say><Redirect>/a</Redirect><Pause length="1"/></Gather></Response>',
    [12200],
    "gather",
  ],
  [
    "words beside the prompts",
    "<Response><Gather>Press 1<Say>Press 1.</Say></Gather></Response>",
    [12200],
    "gather",
  ],
  [
    "no input and a loop of its own",
    '<Response><Gather actionOnEmptyResult="true" bargeIn="false" debug="true"><Say loop="2">Say yes.</Say></Gather></Response>',
    [],
    "gather",
  ],
  [
    "partial results",
    '<Response><Gather input="speech" partialResultCallback="/partial" partialResultCallbackMethod="GET" maxSpeechTime="30"/></Response>',
    [],
    "gather",
  ],
];

const dialling: readonly Row[] = [
  [
    "as on Twilio's first page",
    "<Response><Dial>415-123-4567</Dial><Say>Goodbye</Say></Response>",
    [],
    "dial say",
  ],
  [
    "a number on a line of its own",
    '<Response><Dial timeout="10" record="true">\n        (415) 123-4567\n    </Dial></Response>',
    [],
    "dial",
  ],
  [
    "dots, blanks, a leading one",
    "<Response><Dial><Number>415.123.4567</Number><Number>+1 415 123 4568</Number><Number>1-415-123-4569</Number><Number>tel:+14151234570</Number></Dial></Response>",
    [],
    "dial",
  ],
  [
    "numbers of the world",
    "<Response><Dial><Number>+44 20 7946 0958</Number><Number>011 49 30 901820</Number></Dial></Response>",
    [],
    "dial",
  ],
  ["spelt", "<Response><Dial>1-800-FLOWERS</Dial></Response>", [], "dial"],
  ["seven digits", "<Response><Dial><Number>123-4833</Number></Dial></Response>", [13223], "dial"],
  ["an extension", "<Response><Dial><Number>415-123-4567 x12</Number></Dial></Response>", [13223], "dial"],
  [
    "a name the template left in",
    "<Response><Dial><Number>{{agent}}</Number></Dial></Response>",
    [13223],
    "dial",
  ],
  [
    "the extension as it is done",
    '<Response><Dial callerId="415-799-4622"><Number sendDigits="wwww1928#">317-662-2952</Number></Dial></Response>',
    [],
    "dial",
  ],
  [
    "who is called by what they are",
    '<Response><Dial answerOnBridge="true" timeLimit="3600" hangupOnStar="true" action="/after" method="GET"><Client>jenny</Client><Number url="/screen" method="GET">+14151234567</Number><Sip>sip:kate@example.com</Sip></Dial></Response>',
    [],
    "dial",
  ],
  [
    "a client with parameters",
    '<Response><Dial><Client statusCallbackEvent="initiated ringing answered completed" statusCallback="/events"><Identity>user_jane</Identity><Parameter name="FirstName" value="Jane"/></Client></Dial></Response>',
    [],
    "dial",
  ],
  [
    "SIP with headers, transport, credentials",
    '<Response><Dial><Sip username="admin" password="1234">sip:jack@example.com;transport=tcp?x-customname=Madhu%2CM%3BTitle%3DManager&amp;x-other=bar&amp;User-to-User=123%3Bencoding%3Dhex</Sip></Dial></Response>',
    [],
    "dial",
  ],
  ["SIP without its scheme", "<Response><Dial><Sip>kate@example.com</Sip></Dial></Response>", [], "dial"],
  [
    "a speech model's SIP address",
    "<Response><Dial><Sip>sip:proj_AbC123@sip.api.openai.com;transport=tls</Sip></Dial></Response>",
    [],
    "dial",
  ],
  [
    "a header of nobody's",
    "<Response><Dial><Sip>sip:a@example.com?callId=7&amp;x-a=1</Sip></Dial></Response>",
    [13252],
    "dial",
  ],
  [
    "attributes that belong on the Number",
    '<Response><Dial callerId="+15550100001" statusCallback="/s" statusCallbackEvent="initiated" statusCallbackMethod="POST"><Number>+14151234567</Number></Dial></Response>',
    [12200, 12200, 12200],
    "dial",
  ],
  [
    "an attribute of old",
    '<Response><Dial ifMachine="Hangup" timeout="12">+14151234567</Dial></Response>',
    [12200],
    "dial",
  ],
  [
    "a ring too short, and too long",
    '<Response><Dial timeout="3">+14151234567</Dial><Dial timeout="1000">+14151234567</Dial></Response>',
    [13212, 13212],
    "dial dial",
  ],
  [
    "recordings of all kinds",
    '<Response><Dial record="record-from-ringing-dual" recordingStatusCallback="/r" recordingStatusCallbackEvent="in-progress completed" recordingTrack="both" trim="trim-silence">+14151234567</Dial><Dial record="record-from-answer">+14151234567</Dial></Response>',
    [],
    "dial dial",
  ],
  [
    "commas between events",
    '<Response><Dial><Number statusCallback="/s" statusCallbackEvent="initiated,ringing,answered">+14151234567</Number></Dial></Response>',
    [],
    "dial",
  ],
  [
    "machine detection",
    '<Response><Dial><Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd" machineDetectionTimeout="20">+14151234567</Number></Dial></Response>',
    [],
    "dial",
  ],
  [
    "a conference",
    '<Response><Dial><Conference startConferenceOnEnter="false" endConferenceOnExit="true" beep="false" waitUrl="http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient" waitMethod="GET" statusCallback="/events" statusCallbackEvent="start end join leave mute hold" participantLabel="caller" maxParticipants="10">\n  Room 1234\n</Conference></Dial></Response>',
    [],
    "dial",
  ],
  [
    "a conference recorded the short way",
    '<Response><Dial><Conference record="true" waitUrl="" trim="do-not-trim" region="us1" jitterBufferSize="small">room</Conference></Dial></Response>',
    [],
    "dial",
  ],
  [
    "a conference and a number",
    "<Response><Dial><Conference>a</Conference><Number>+14151234567</Number></Dial></Response>",
    [13000],
    "dial",
  ],
  [
    "a queue",
    '<Response><Dial><Queue url="about_to_connect.xml">support</Queue></Dial><Redirect/></Response>',
    [],
    "dial redirect",
  ],
  ["nobody", "<Response><Dial></Dial><Say>Nobody.</Say></Response>", [13223], "dial say"],
  [
    "an application",
    '<Response><Dial><Application customerId="acme" copyParentTo="true"><ApplicationSid>AP00000000000000000000000000000001</ApplicationSid><Parameter name="ticket" value="9876"/></Application></Dial></Response>',
    [],
    "dial",
  ],
  ["a branded call", '<Response><Dial callReason="Your claim">+14151234567</Dial></Response>', [], "dial"],
];

const rest: readonly Row[] = [
  [
    "voicemail",
    '<Response><Say>Leave a message.</Say><Record maxLength="60" playBeep="true" finishOnKey="#*" action="/done" transcribe="true" transcribeCallback="/text"/><Say>Nothing heard.</Say></Response>',
    [],
    "say record say",
  ],
  [
    "two hours transcribed",
    '<Response><Record transcribe="true" maxLength="7200"/></Response>',
    [13615],
    "record",
  ],
  [
    "a recording's own callback",
    '<Response><Record timeout="10" trim="do-not-trim" recordingStatusCallback="https://example.com/r" recordingStatusCallbackMethod="get" recordingStatusCallbackEvent="completed absent"/></Response>',
    [],
    "record",
  ],
  [
    "waiting in a queue",
    '<Response><Enqueue waitUrl="wait-music.xml" waitUrlMethod="GET" action="/left">\n  support\n</Enqueue></Response>',
    [],
    "enqueue",
  ],
  [
    "a task for a worker",
    '<Response><Enqueue workflowSid="WW00000000000000000000000000000001"><Task priority="5" timeout="200">{"account_number":"12345abcdef"}</Task></Enqueue></Response>',
    [],
    "enqueue",
  ],
  [
    "a fork of the sound",
    '<Response><Start><Stream name="copilot" url="wss://example.com/audio" track="both_tracks"><Parameter name="call" value="7"/></Stream></Start><Dial>+14151234567</Dial></Response>',
    [],
    "start dial",
  ],
  [
    "a Stream without Start",
    '<Response><Stream url="wss://example.com/a" status="started"/><Hangup/></Response>',
    [12200],
    "hangup",
  ],
  [
    "the end of a fork",
    '<Response><Stop><Stream name="copilot"/><Transcription name="t"/><Siprec name="s"/></Stop></Response>',
    [],
    "stop",
  ],
  [
    "words as they are said",
    '<Response><Start><Transcription name="t" statusCallbackUrl="https://example.com/t" track="both_tracks" partialResults="true" inboundTrackLabel="agent" outboundTrackLabel="customer" languageCode="en-US" transcriptionEngine="deepgram" speechModel="nova-3"><Config name="a" value="b"/></Transcription></Start></Response>',
    [],
    "start",
  ],
  [
    "a recording beside the call",
    '<Response><Start><Recording recordingStatusCallback="/r" channels="dual" track="both"/></Start><Pause length="10"/></Response>',
    [],
    "start pause",
  ],
  [
    "a SIPREC fork",
    '<Response><Start><Siprec name="s" connectorName="Gridspace1" track="both_tracks" statusCallback="/s"><Parameter name="a" value="b"/></Siprec></Start></Response>',
    [],
    "start",
  ],
  [
    "a model that talks",
    '<Response><Connect action="/after"><ConversationRelay url="wss://example.com/ws?id=7&amp;t=abc" welcomeGreeting="Hi! How can I help?" welcomeGreetingInterruptible="speech" language="en-US" ttsProvider="ElevenLabs" voice="UgBBYS2sOqTuMpoF3BR0" transcriptionProvider="Deepgram" speechModel="nova-3-general" interruptible="true" interruptSensitivity="high" dtmfDetection="true" debug="debugging speaker-events" events="tokens-played" preemptible="true" hints="NPI, EOB"><Language code="es-MX" ttsProvider="google" voice="es-US-Journey-F"/><Parameter name="claim" value="7"/></ConversationRelay></Connect></Response>',
    [],
    "connect",
  ],
  [
    "a relay that is no WebSocket",
    '<Response><Connect><ConversationRelay url="https://example.com/ws"/></Connect></Response>',
    [64106],
    "connect",
  ],
  [
    "sessions of other services",
    '<Response><Connect><Room participantIdentity="ann">den</Room></Connect><Connect action="/a"><VirtualAgent connectorName="project" statusCallback="/s"><Config name="language" value="en-us"/></VirtualAgent></Connect><Connect><Autopilot>UA00000000000000000000000000000001</Autopilot></Connect></Response>',
    [],
    "session session session",
  ],
  [
    "a payment",
    '<Response><Say>Calling Pay</Say><Pay chargeAmount="20.45" currency="USD" paymentConnector="Stripe_Connector" tokenType="one-time" postalCode="false" securityCode="true" validCardTypes="visa amex" maxAttempts="2" action="https://example.com/paid"><Prompt for="payment-card-number" attempt="1 2" errorType="timeout invalid-card-number"><Say>Your card.</Say></Prompt><Parameter name="claim" value="7"/></Pay></Response>',
    [],
    "say pay",
  ],
  [
    "a text message",
    '<Response><Sms from="(415) 555-0100" to="+14155550101">Thanks for calling.</Sms><Say>Goodbye.</Say></Response>',
    [],
    "sms say",
  ],
  [
    "an answer meant for messages",
    "<Response><Message><Body>Thanks</Body></Message></Response>",
    [12200],
    "",
  ],
  ["refusals", '<Response><Reject reason="busy"/></Response>', [], "reject"],
  ["a refusal with a reason of one's own", '<Response><Reject reason="spam"/></Response>', [13810], "reject"],
  [
    "a transfer by SIP",
    '<Response><Refer action="/handleRefer"><Sip>sip:alice@example.com?X-AcctNumber=123456&amp;User-to-User=12%3Bencoding%3Dhex</Sip></Refer></Response>',
    [],
    "refer",
  ],
  [
    "elsewhere",
    '<Response><Redirect method="get">\n  ../nextInstructions?digits=1&amp;from=menu\n</Redirect></Response>',
    [],
    "redirect",
  ],
  [
    "the old names of verbs",
    '<Response><GetDigits/><Wait length="2"/><Speak>a</Speak><Hangup></Hangup></Response>',
    [12200, 12200, 12200],
    "hangup",
  ],
];

test.each([...forms, ...speech, ...gathering, ...dialling, ...rest])(
  "%s",
  (_what, document, codes, kinds) => {
    const reading = readTwiml(document);
    if (!reading.ok) throw new Error(reading.message);
    expect(reading.warnings.map(({ code, message }) => (codes.includes(code) ? code : message))).toEqual(
      codes,
    );
    expect(reading.verbs.map(({ kind }) => kind).join(" ")).toBe(kinds);
  },
);

test.each(broken)("%s", (_what, document, code) => {
  expect(readTwiml(document)).toMatchObject({ ok: false, code });
});

test("mutilated in any place, a document is still an answer", () => {
  const random = seededRandom(11);
  const at = (text: string) => Math.floor(random() * (text.length + 1));
  const whole = [...forms, ...speech, ...gathering, ...dialling, ...rest].map(([, document]) => document);
  for (const document of whole)
    for (let round = 0; round < 40; round++) {
      const [from, to] = [at(document), at(document)].toSorted((one, other) => one - other) as [
        number,
        number,
      ];
      const piece = whole[Math.floor(random() * whole.length)]!.slice(from, from + 40);
      const reading = readTwiml(document.slice(0, from) + (round % 2 ? piece : "") + document.slice(to));
      if (reading.ok) for (const { code } of reading.warnings) expect(code).toBeGreaterThanOrEqual(11_100);
      else expect([12100, 12101, 12102]).toContain(reading.code);
    }
});

const heard: readonly (readonly [document: string, words: string])[] = [
  [
    '<Say voice="Polly.Ivy"><speak>Psst <amazon:effect name="whispered">secret</amazon:effect></speak></Say>',
    "Psst secret",
  ],
  ["<Say>Press <b>one</b> now</Say>", "Press one now"],
  ["<Say>Hello<Pause/>there</Say>", "Hellothere"],
  ["<Say>\n   Thank you for\n   calling.\n</Say>", "Thank you for calling."],
  ["<Say><![CDATA[Fish & chips]]></Say>", "Fish & chips"],
];
test.each(heard)("%s is heard", (document, words) => {
  const reading = readTwiml(`<Response>${document}</Response>`);
  expect(reading).toMatchObject({ ok: true, verbs: [{ kind: "say", text: words }] });
});

const dialled: readonly (readonly [written: string, address: string])[] = [
  ["415-123-4567", "+14151234567"],
  [" (415) 123-4567 ", "+14151234567"],
  ["415.123.4567", "+14151234567"],
  ["1 415 123 4567", "+14151234567"],
  ["+1-415-123-4567", "+14151234567"],
  ["tel:+14151234567", "+14151234567"],
  ["1-800-FLOWERS", "+18003569377"],
  ["1-800-GOT-JUNK", "+18004685865"],
  ["011 49 30 901820", "+4930901820"],
  ["+44 20 7946 0958", "+442079460958"],
];
test.each(dialled)("%s is dialled as %s", (written, address) => {
  const reading = readTwiml(`<Response><Dial>${written}</Dial></Response>`);
  expect(reading).toMatchObject({ ok: true, verbs: [{ targets: [{ address }] }] });
});
