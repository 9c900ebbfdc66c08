/** The verbs: what may stand in a Response, and what stands in Gather and Pay (Twilio's TwiML reference; codes of its error dictionary). */
import { limits } from "../../limits.ts";
import { action, element, recordingCallback, statusCallback, type Table, trim } from "./element.ts";
import { gatherLanguage, sayLanguage, voice } from "./languages.ts";
import { anyText, either, flag, keys, matching, method, url, whole, word, words } from "./values.ts";

const ringTones =
  "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za";
const speechModels =
  /^\s*(default|numbers_and_commands|phone_call|experimental_conversations|experimental_utterances|googlev2_\w+|deepgram[_-][\w-]+)\s*$/i;
const cardTypes = "visa mastercard amex maestro discover optima jcb diners-club enroute";
/** At most 500 phrases of at most 100 characters each. */
const isHints = (value: string) => {
  const phrases = value.split(",");
  return phrases.length <= limits.hints && phrases.every((one) => one.trim().length <= limits.hintCharacters);
};

export const verbs: Table = {
  Connect: element("Response", "no text", action()),
  Dial: element("Response", "text", {
    ...action(13210),
    answerOnBridge: flag(13219),
    callerId: anyText,
    callReason: matching(/^.{0,50}$/s, "at most 50 characters"),
    events: word("call-progress-event"),
    hangupOnStar: flag(13213),
    record: word(
      "do-not-record record-from-answer record-from-ringing record-from-answer-dual record-from-ringing-dual",
      13217,
      { true: "record-from-answer", false: "do-not-record" },
    ),
    recordingConfigurationId: anyText,
    ...recordingCallback(13256, 13210),
    recordingTrack: word("both inbound outbound", 13217),
    referMethod: method(13210),
    referUrl: anyText,
    ringTone: word(ringTones, 13220),
    sequential: flag(13218),
    timeLimit: whole(1, 13216),
    timeout: whole(5, 13212, limits.ringSecondsMost),
    trim: trim(13239),
  }),
  Echo: element("Response", "no text"),
  Enqueue: element("Response", "text", {
    action: url(14203),
    maxQueueSize: whole(1, 12200, limits.queueSizeMost),
    method: method(14201),
    waitUrl: url(14202),
    waitUrlMethod: method(14206),
    workflowSid: anyText,
  }),
  Gather: element("Response", "no text", {
    ...action(13312),
    actionOnEmptyResult: flag(13338),
    bargeIn: flag(13332),
    debug: flag(),
    enhanced: flag(),
    finishOnKey: matching(/^[0-9#*]?$/, "one key, or none", 13310),
    hints: {
      ...anyText,
      code: 13330,
      expected: "at most 500 phrases",
      read: (value) => (isHints(value) ? value : null),
    },
    input: words("dtmf speech", 13326, /\s+/),
    language: gatherLanguage,
    maxSpeechTime: whole(1, 13328),
    numDigits: whole(1, 13314),
    partialResultCallback: anyText,
    partialResultCallbackMethod: method(13329),
    profanityFilter: flag(13333),
    speechModel: matching(speechModels, "one of the speech models", 13334),
    speechTimeout: either(whole(0, 13327), word("auto")),
    timeout: whole(1, 13313),
  }),
  Hangup: element("Response", "no text"),
  Leave: element("Response", "no text"),
  Pause: element("Response Gather Prompt", "no text", { length: whole(1, 13910) }),
  Pay: element("Response", "no text", {
    action: anyText,
    bankAccountType: word("consumer-checking consumer-savings commercial-checking commercial-savings", 64020),
    chargeAmount: matching(/^\s*\$?\d+(\.\d{1,2})?\s*$/, "an amount such as 20.45", 64003),
    currency: matching(/^\s*[a-z]{3}\s*$/i, "a currency such as usd", 64020),
    description: anyText,
    input: word("dtmf", 64020),
    language: word(
      "de-DE en-AU en-CA en-GB en-IN en-IE en-NZ en-PH en-ZA en-US es-ES es-US fr-CA fr-FR it-IT",
      64020,
    ),
    maxAttempts: whole(1, 64020, 3),
    minPostalCodeLength: whole(0, 64020),
    paymentConnector: matching(/^.{1,64}$/s, "a connector's name", 64004),
    paymentMethod: word("ach-debit credit-card", 64020),
    postalCode: matching(/^\s*(true|false|[\w -]{1,20})\s*$/i, "true, false or a postal code", 64020),
    securityCode: flag(64020),
    statusCallback: anyText,
    statusCallbackMethod: method(64020),
    timeout: whole(1, 64020),
    tokenType: word("one-time reusable payment-method", 64020),
    validCardTypes: words(cardTypes, 64020),
  }),
  Play: element("Response Gather Prompt", "text", { digits: keys(13430), loop: whole(0, 13410) }),
  Prompt: element("Pay Response", "no text", {
    attempt: matching(/^\s*\d{1,2}([\s,]+\d{1,2})*\s*$/, "numbers of attempts", 64020),
    cardType: words(cardTypes, 64020),
    errorType: words(
      "timeout invalid-card-number invalid-card-type invalid-date invalid-security-code internal-error input-matching-failed",
      64020,
    ),
    for: word(
      "payment-card-number expiration-date security-code postal-code payment-processing bank-account-number bank-routing-number",
      64020,
    ),
    requireMatchingInputs: flag(64020),
  }),
  Queue: element("Dial Response", "text", {
    method: method(14210),
    postWorkActivitySid: matching(/^WA[0-9a-fA-F]{32}$/, "an activity's SID", 14218),
    reservationSid: anyText,
    url: url(14211),
  }),
  Record: element("Response", "no text", {
    ...action(13610),
    finishOnKey: matching(/^[0-9#*]*$/, "keys", 13613),
    maxLength: whole(2, 13612, 86_400),
    playBeep: flag(13616),
    recordingConfigurationId: anyText,
    ...recordingCallback(13256, 13610),
    timeout: whole(0, 13611),
    transcribe: flag(13614),
    transcribeCallback: url(13257),
    trim: trim(13699),
  }),
  Redirect: element("Response", "text", { method: method(13710) }),
  Refer: element("Response", "no text", action()),
  Reject: element("Response", "no text", { reason: word("rejected busy", 13810) }),
  Say: element("Response Gather Prompt", "text", { language: sayLanguage, loop: whole(0, 13510), voice }),
  Sms: element("Response", "text", {
    ...action(14104),
    from: anyText,
    statusCallback: url(14105),
    to: anyText,
  }),
  Start: element("Response", "no text", action()),
  Stop: element("Response", "no text"),
};

/** What a Conversation is told of by its own names. */
export const conversationEvents = statusCallback("call-initiated call-ringing call-answered call-completed");
