/**
 * The rules of documents (protocol 5), one by one, and the test that holds each: its file and a part of its name. A rule whose test is
 * renamed or dropped is found here.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const files: Readonly<Record<string, readonly (readonly [rule: string, test: string])[]>> = {
  "twiml/read-twiml.test.ts": [
    ["the root is Response", "TwiML 5: wrong root"],
    ["names are case-sensitive", "TwiML 5: names are case-sensitive"],
    ["comments are ignored", "nothing wrong"],
    ["not well-formed is 12100", "TwiML 5: not closed"],
    ["a bad version is 12101", "TwiML 5: wrong version"],
    [
      "unknown and misplaced parts are 12200, the rest runs",
      "TwiML 5: unknown verb is skipped, the rest runs",
    ],
    ["Say: man, en-US, once", "Say 5: defaults"],
    ["Say: 4096 characters", "Say 5: too long"],
    ["Say: 3000 with providers' voices", "Say 5: a provider's voice"],
    ["Say: SSML tags are not counted", "Say 5: SSML does not count"],
    ["Say: 4500 characters encoded", "Say 5: encoded for a URL"],
    ["Say: empty is 13520", "Say 5: empty"],
    ["loops end at a thousand", "Play 5: no more than a thousand"],
    ["Play: no keys within a Gather", "Play 5: not with digits inside Gather"],
    ["Pause: one second", "Pause 5: defaults"],
    ["Gather: defaults", "Gather 5: defaults"],
    ["Gather: speechTimeout follows timeout", "Gather 5: speechTimeout follows timeout"],
    ["Record: defaults", "Record 5: defaults"],
    ["Record: 120 s when transcribing", "Record 5: two minutes when transcribing"],
    ["Dial: defaults", "Dial 5: defaults"],
    ["Dial: ten at once", "Dial 5: at most ten"],
    ["Dial: no conference with numbers, 13000", "Dial 5: Conference and Number"],
  ],
  "twiml/grammar.test.ts": [
    ["every element, attribute, parent and value; each code", "wrong values of %s"],
    ["and where words may stand", "words may not stand there"],
  ],
  "twiml/wild.test.ts": [
    ["Gather: auto is not for every model, 13335", "a model and auto"],
    ["Gather: at most 500 hints", "speech as Twilio's samples have it"],
  ],
  "calls/exchange.test.ts": [
    ["verbs run from top to bottom, then the call is hung up", "TwiML 5: verbs run in order"],
    ["relative URLs, the empty Redirect", "Redirect 5: relative URLs, methods and the current document"],
    ["inline TwiML has no base: 15004", "Create 6: inline TwiML, whose Gather needs an absolute action"],
    ["the fallback of section 2", "the fallback is asked, with ErrorCode and ErrorUrl"],
    ["Play: w and W", "Play 5: digits with w and W"],
    ["Reject: rejected is no-answer", "Reject 5: first, rejected"],
    ["Reject: busy", "Reject 5: first, busy"],
    ["Reject: later it hangs up", "Reject 5: later it just hangs up"],
    ["Gather 1: the first key stops all prompts", "Gather 1: the first key stops all prompts"],
  ],
  "calls/gather.test.ts": [
    ["1: keys count from the start", "Gather 1: a key is accepted while"],
    ["1: the clock starts after the prompts", "Gather 1: the timeout clock starts when"],
    ["1: speech stops the prompts", "Gather 1: speech stops the prompts"],
    ["1: but not with bargeIn false", "Gather 1: but not with bargeIn"],
    ["2: numDigits", "Gather 2: numDigits ends at once"],
    ["2: finishOnKey is no digit", "Gather 2: finishOnKey ends and is not p"],
    ["2: timeout without a further key", "Gather 2: every key starts the timeout"],
    ["3: speechTimeout", "Gather 3: speech ends after speechTimeo"],
    ["3: auto", "Gather 3: auto is the first pause"],
    ["3: 60 s in all", "Gather 3: at most 60 s of speech"],
    ["3: the first kind wins, finishOnKey is then ignored", "finishOnKey is ignored"],
    ["4: fewer digits are submitted", "Gather 4: fewer digits than numDigits"],
    ["5: no input, the next verb", "Gather 5: without input the next verb"],
    ["5: finishOnKey first is no input", "Gather 5: so it does with finishOnKey"],
    ["5: actionOnEmptyResult", "Gather 5: actionOnEmptyResult asks anyw"],
    ["6: the current document", "Gather 6: the default action is the current document"],
  ],
  "calls/record.test.ts": [
    ["silence, or never with 0", "timeout 0 never ends it"],
    ["a set of keys", "only the keys of finishOnKey"],
    ["the action's parameters; Digits is the key", "any key ends it and is told"],
    ["a hangup asks the action too", "a hangup ends it; the action is asked a"],
    ["the file is ready when the callback says so", "ready when the callback says so"],
    ["11100 without action inline", "which inline TwiML has not: 11100"],
  ],
  "calls/dial.test.ts": [
    ["several ring, the first wins, the rest are canceled", "several ring together"],
    ["sequential", "sequential: one after the other"],
    ["timeout", "nobody answers within 30 s"],
    ["timeLimit", "timeLimit ends the two"],
    ["callerId", "somebody else's callerId rings nobody"],
    ["hangupOnStar", "hangupOnStar: the caller goes on alone"],
    ["answerOnBridge", "answerOnBridge keeps the caller ringing until the callee answers"],
    ["record, and its old names", "by the old name"],
    ["a caller who hangs up: the action is asked, not performed", "the caller hangs up while they talk"],
    ["a whisper before the two are joined", "is heard by the called person before th"],
    ["which must not dial, 13201", "must not dial"],
    ["and refuses by Hangup", "may refuse by Hangup"],
    ["sendDigits", "sendDigits are pressed when the callee answers"],
    ["statusCallback of a noun", "statusCallback on the noun"],
  ],
  "calls/invitation.test.ts": [
    ["Client: Identity and Parameter", "Twilio, Client: parameters in order"],
    ["Sip: headers", "Twilio, Sip: headers in the URI"],
    ["Sip: username and password", "Twilio, Sip: credentials"],
    ["referUrl", "Twilio, REFER: without answerOnBridge"],
    ["Application", "Twilio, Dial Application"],
  ],
  "testdata/behaviours-conference.ts": [
    ["starts when two are in", "starts when two are in"],
    ["ends with endConferenceOnExit: the others' Dials go on", "one with endConferenceOnExit ends it"],
    ["events come from the first participant's", "events come from the first participant"],
    ["a wait document allows four verbs, 13238", "a wait document must not"],
    ["and is not looped", "a wait document is heard once: no loop"],
    ["full is 16020", "a full room is 16020"],
    ["labels are unique, 16025", "a label is unique: 16025"],
  ],
  "testdata/behaviours-queue.ts": [
    ["the wait document is looped", "the waitUrl is asked again when its document"],
    ["Leave", "Leave goes on behind the Enqueue"],
    ["the action after the bridge", "the action comes after the bridge"],
    ["full is queue-full, 14207", "a full queue is 14207"],
    ["Dial takes the front, or waits", "whoever comes is joined"],
    ["the Queue's url is heard by the waiting caller", "its url is heard by the waiting caller"],
  ],
  "testdata/behaviours-verbs.ts": [
    ["what stands after each verb", "what stands after it"],
    ["partial results", "partial results are told while somebody speaks"],
    ["Pay: results", "internal-error"],
  ],
  "testdata/behaviours-background.ts": [
    ["a transcription's events", "both tracks; it stops with the call"],
    ["partial ones", "partial results"],
    ["Stop by name", "Stop by name"],
  ],
  "testdata/behaviours-media.ts": [["Play: media types, 13420", "13420"]],
  "calls/relay.test.ts": [
    ["setup, prompt, text", "the greeting, a prompt, an answer by to"],
    ["interrupt", "speech interrupts; what was heard until"],
    ["dtmf", "keys are told with dtmfDetection"],
    ["play, sendDigits, language", "play, sendDigits and language"],
    ["ten wrong messages end it", "ten invalid messages in a row close the"],
  ],
  "calls/stream.test.ts": [
    [
      "Stream: connected, start, media, stop; numbers are strings",
      "one way: connected, start, media every 20 ms, stop",
    ],
    ["marks come back", "marks come back when what is before them was heard"],
    ["clear", "clear drops what has not been heard"],
    ["a closed socket is an end", "an application that closes the socket ends it"],
  ],
};

const rows = Object.entries(files).flatMap(([file, rules]) =>
  rules.map(([rule, named]) => [rule, file, named] as const),
);
test.each(rows)("%s: %s", (_rule, file, named) => {
  expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).toContain(named);
});
