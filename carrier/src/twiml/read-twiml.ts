/**
 * TwiML text to typed verbs, plus everything Twilio would complain about (protocol 5).
 * Pure and total: bad documents are answers, not exceptions. A wrong value warns and its default is used; an unknown element
 * or attribute warns with 12200 and is skipped, and the rest is performed.
 */
import { limits } from "../limits.ts";
import { readFlag, readMethod, readNumber, readReference, readWord, type Warn } from "./attributes.ts";
import type { GatherVerb, PlayVerb, Prompt, Reading, SayVerb, Verb, Warning } from "./document.ts";
import { parametersOf, readConnect, readStart, readStop } from "./read-connect.ts";
import { readDial } from "./read-dial.ts";
import { readEnqueue } from "./read-queue.ts";
import { readRecord } from "./read-record.ts";
import { readPay, readRefer, readSession, readSms } from "./read-side-verbs.ts";
import { spokenBy } from "./speech.ts";
import { tidy } from "./tidy.ts";
import type { Element } from "./xml.ts";
import { elementsOf, readXml, textOf } from "./xml.ts";

/** `version` of Response. Twilio, error 12101: the API versions. */
const versions: readonly string[] = ["2008-08-01", "2010-04-01"];

export function readTwiml(text: string): Reading {
  const xml = readXml(text);
  if (!xml.ok) return { ok: false, code: 12100, message: `Document parse failure: ${xml.message}` };
  if (xml.version !== null && xml.version !== "1.0" && xml.version !== "1.1")
    return { ok: false, code: 12100, message: `Document parse failure: XML version ${xml.version}` };
  if (xml.root.name !== "Response")
    return { ok: false, code: 12102, message: `The root element must be Response, found ${xml.root.name}` };
  const { version, ...attributes } = xml.root.attributes;
  if (version !== undefined && !versions.includes(version))
    return {
      ok: false,
      code: 12101,
      message: `Invalid Twilio Markup XML version: expected ${versions.join(" or ")}, found ${version}`,
    };
  const warnings: Warning[] = [];
  const warn: Warn = (code, message) => void warnings.push({ code, message });
  const verbs = elementsOf(tidy({ ...xml.root, attributes }, warn)).map((element) => readVerb(element, warn));
  return { ok: true, verbs, warnings };
}

function readVerb(element: Element, warn: Warn): Verb {
  switch (element.name) {
    case "Say":
      return readSay(element, warn);
    case "Play":
      return readPlay(element);
    case "Pause":
      return readPause(element);
    case "Gather":
      return readGather(element, warn);
    case "Redirect":
      return {
        kind: "redirect",
        url: textOf(element).trim(),
        method: readMethod(element, "method"),
      };
    case "Hangup":
      return { kind: "hangup", returned: parametersOf(element) };
    case "Reject":
      return {
        kind: "reject",
        reason: readWord(element, "reason", ["rejected", "busy"]),
        returned: parametersOf(element),
      };
    case "Record":
      return readRecord(element, warn);
    case "Dial":
      return readDial(element, warn) ?? { kind: "other", element };
    case "Enqueue":
      return readEnqueue(element, warn);
    case "Connect":
      return readConnect(element) ?? readSession(element) ?? { kind: "other", element };
    case "Start":
      return readStart(element);
    case "Stop":
      return readStop(element);
    case "Sms":
      return readSms(element, warn) ?? { kind: "other", element };
    case "Echo":
      return { kind: "echo" };
    case "Refer":
      return readRefer(element, warn);
    case "Pay":
      return readPay(element, warn);
    case "Leave":
      return { kind: "leave" };
    default:
      return { kind: "other", element };
  }
}

function readSay(element: Element, warn: Warn): SayVerb {
  const { text, estimatedMs } = spokenBy(element);
  if (text === "") warn(13520, "Say: Invalid text: expected words to speak, found none");
  const voice = element.attributes.voice ?? "man";
  const basic = /^(man|woman|alice)$/i.test(voice);
  const most = basic ? limits.sayCharacters : limits.providerCharacters;
  const encoded = basic ? 0 : new URLSearchParams({ a: text }).toString().length - "a=".length;
  if (text.length > most || encoded > limits.encodedCharacters)
    warn(
      13521,
      `<Say>: expected ${most} characters, ${limits.encodedCharacters} of them encoded for a URL, found ${text.length} and ${encoded}`,
    );
  return {
    kind: "say",
    text,
    voice,
    language: element.attributes.language ?? "en-US",
    loop: readLoop(element),
    estimatedMs,
  };
}

function readPlay(element: Element): PlayVerb {
  const digits = element.attributes.digits ?? null;
  const url = textOf(element).trim();
  return {
    kind: "play",
    url: digits === null && url !== "" ? url : null,
    digits,
    loop: readLoop(element),
  };
}

const readPause = (element: Element): Prompt => ({
  kind: "pause",
  seconds: readNumber(element, "length", 1),
});

function readGather(element: Element, warn: Warn): GatherVerb {
  const given = element.attributes;
  const timeoutSeconds = readNumber(element, "timeout", 5);
  const input = (given.input ?? "dtmf").split(" ");
  // Twilio, warning 13335: with a model of one's own choice the first pause does not end speech.
  const automatic = given.speechTimeout === "auto";
  const modelled = given.speechModel !== undefined;
  if (automatic && modelled)
    warn(
      13335,
      `<Gather> speechTimeout: expected a whole number with speechModel ${given.speechModel}, found auto`,
    );
  return {
    kind: "gather",
    dtmf: input.includes("dtmf"),
    speech: input.includes("speech"),
    action: given.action === undefined || given.action === "" ? null : given.action,
    method: readMethod(element, "method"),
    timeoutSeconds,
    finishOnKey: given.finishOnKey ?? "#",
    numDigits: readNumber(element, "numDigits", null),
    actionOnEmptyResult: readFlag(element, "actionOnEmptyResult", false),
    speechTimeoutSeconds: automatic
      ? modelled
        ? timeoutSeconds
        : "auto"
      : readNumber(element, "speechTimeout", timeoutSeconds),
    maxSpeechSeconds: readNumber(element, "maxSpeechTime", 60),
    language: given.language ?? "en-US",
    bargeIn: readFlag(element, "bargeIn", true),
    partialResults: readReference(element, "partialResultCallback", "partialResultCallbackMethod"),
    prompts: readPrompts(element, warn),
  };
}

function readPrompts(gather: Element, warn: Warn): Prompt[] {
  const prompts: Prompt[] = [];
  for (const element of elementsOf(gather)) {
    if (element.name === "Say") prompts.push(readSay(element, warn));
    else if (element.name === "Pause") prompts.push(readPause(element));
    else if (element.attributes.digits !== undefined) warn(13320, "<Play digits> is not allowed in <Gather>");
    else prompts.push(readPlay(element));
  }
  return prompts;
}

function readLoop(element: Element): number {
  const loop = readNumber(element, "loop", 1, limits.loops);
  return loop === 0 ? limits.loops : loop;
}
