/**
 * TwiML text to typed verbs, plus everything Twilio would complain about (protocol 5).
 * Pure and total: bad documents are answers, not exceptions. A wrong value warns and its default is used; an unknown element
 * or attribute warns with 12200 and is skipped, and the rest is performed.
 */
import { limits } from "../limits.ts";
import { readFlag, readMethod, readNumber, type Warn, wholeNumber } from "./attributes.ts";
import type { GatherVerb, PlayVerb, Prompt, Reading, SayVerb, Verb, Warning } from "./document.ts";
import { grammar } from "./grammar.ts";
import { readConnect, readStart, readStop } from "./read-connect.ts";
import { readDial } from "./read-dial.ts";
import { readEnqueue } from "./read-queue.ts";
import { readRecord } from "./read-record.ts";
import { spokenBy } from "./speech.ts";
import type { Element } from "./xml.ts";
import { readXml, textOf } from "./xml.ts";

export function readTwiml(text: string): Reading {
  const xml = readXml(text);
  if (!xml.ok) return { ok: false, code: 12100, message: `Document parse failure: ${xml.message}` };
  if (xml.version !== null && xml.version !== "1.0")
    return { ok: false, code: 12101, message: `expected XML version 1.0, found ${xml.version}` };
  if (xml.root.name !== "Response")
    return { ok: false, code: 12102, message: `The root element must be Response, found ${xml.root.name}` };
  const warnings: Warning[] = [];
  const warn: Warn = (code, message) => void warnings.push({ code, message });
  checkAttributes(xml.root, [], warn);
  const verbs: Verb[] = [];
  for (const element of childrenOf(xml.root, warn)) verbs.push(readVerb(element, warn));
  return { ok: true, verbs, warnings };
}

/** The child elements that may stand in `parent`; the others, and loose text, are reported. */
function childrenOf(parent: Element, warn: Warn): Element[] {
  return parent.children.filter((child): child is Element => {
    if (typeof child === "string") {
      if (child.trim() !== "")
        warn(12200, `text is not allowed in <${parent.name}>: "${child.trim().slice(0, 40)}"`);
      return false;
    }
    const known = wordOf(child.name);
    if (!known) warn(12200, `<${child.name}> is not a TwiML element`);
    else if (!known.parents.includes(parent.name))
      warn(12200, `<${child.name}> is not allowed in <${parent.name}>`);
    else {
      checkAttributes(child, known.attributes, warn);
      return true;
    }
    return false;
  });
}

/** The nouns of a Dial; unlike in other places loose text may stand there, it is the number. */
const nounsOf = (dial: Element, warn: Warn) =>
  childrenOf({ ...dial, children: dial.children.filter((child) => typeof child !== "string") }, warn);

/** Element names come from outside: `constructor` is not a word of the grammar. */
const wordOf = (name: string) => (Object.hasOwn(grammar, name) ? grammar[name] : undefined);

function checkAttributes(element: Element, known: readonly string[], warn: Warn): void {
  for (const name of Object.keys(element.attributes))
    if (/^asyncAmd/i.test(name))
      warn(21263, `attribute ${name} is not for <${element.name}>: its callback is amdStatusCallback`);
    else if (!known.includes(name) && !name.startsWith("xmlns") && !name.startsWith("xsi:"))
      warn(12200, `attribute ${name} is not known on <${element.name}>`);
}

function readVerb(element: Element, warn: Warn): Verb {
  switch (element.name) {
    case "Say":
      return readSay(element, warn, 13510);
    case "Play":
      return readPlay(element, warn);
    case "Pause":
      return readPause(element);
    case "Gather":
      return readGather(element, warn);
    case "Redirect":
      return {
        kind: "redirect",
        url: textOf(element).trim(),
        method: readMethod(element, "method", warn, 12200),
      };
    case "Hangup":
      return { kind: "hangup" };
    case "Reject":
      return { kind: "reject", reason: element.attributes.reason === "busy" ? "busy" : "rejected" };
    case "Record":
      return readRecord(element, warn);
    case "Dial":
      return readDial(element, nounsOf(element, warn), warn) ?? { kind: "other", element };
    case "Enqueue":
      return readEnqueue(element, warn) ?? { kind: "other", element };
    case "Connect":
      return readConnect(element, childrenOf(element, warn), warn) ?? { kind: "other", element };
    case "Start":
      return readStart(childrenOf(element, warn), warn);
    case "Stop":
      return readStop(childrenOf(element, warn));
    case "Leave":
      return { kind: "leave" };
    default:
      return { kind: "other", element };
  }
}

function readSay(element: Element, warn: Warn, loopCode: number): SayVerb {
  for (const child of element.children) if (typeof child !== "string") checkSsml(element.name, child, warn);
  const { text, estimatedMs } = spokenBy(element);
  if (text === "") warn(13520, "Say: Invalid text: expected words to speak, found none");
  if (text.length > limits.sayCharacters)
    warn(13521, `<Say> character limit of ${limits.sayCharacters} exceeded: ${text.length}`);
  return {
    kind: "say",
    text,
    voice: element.attributes.voice ?? "man",
    language: element.attributes.language ?? "en-US",
    loop: readLoop(element, warn, loopCode),
    estimatedMs,
  };
}

function checkSsml(parent: string, element: Element, warn: Warn): void {
  const known = wordOf(element.name);
  if (!known?.parents.includes(parent)) warn(12200, `<${element.name}> is not allowed in <${parent}>`);
  for (const child of element.children) if (typeof child !== "string") checkSsml(element.name, child, warn);
}

function readPlay(element: Element, warn: Warn): PlayVerb {
  const digits = element.attributes.digits ?? null;
  const wellFormed = digits === null || /^[0-9A-DwW#*]*$/.test(digits);
  if (!wellFormed) warn(13430, `Play: Invalid DTMF String: ${digits}`);
  const url = textOf(element).trim();
  return {
    kind: "play",
    url: digits === null && url !== "" ? url : null,
    digits: wellFormed ? digits : "",
    loop: readLoop(element, warn, 13410),
  };
}

function readPause(element: Element): Prompt {
  return { kind: "pause", seconds: wholeNumber(element.attributes.length, 1, 86_400) ?? 1 };
}

function readGather(element: Element, warn: Warn): GatherVerb {
  const given = element.attributes;
  const input = readInput(given.input, warn);
  const timeoutSeconds = readNumber(element, "timeout", 0, 5, warn, 13313);
  return {
    kind: "gather",
    ...input,
    action: given.action === undefined || given.action === "" ? null : given.action,
    method: readMethod(element, "method", warn, 13312),
    timeoutSeconds,
    finishOnKey: readFinishOnKey(given.finishOnKey, warn),
    numDigits: given.numDigits === undefined ? null : readNumber(element, "numDigits", 1, null, warn, 13314),
    actionOnEmptyResult: readFlag(element, "actionOnEmptyResult", false, warn, 13338),
    speechTimeoutSeconds:
      given.speechTimeout === "auto"
        ? "auto"
        : readNumber(element, "speechTimeout", 0, timeoutSeconds, warn, 13327),
    maxSpeechSeconds: readNumber(element, "maxSpeechTime", 1, 60, warn, 13328),
    language: given.language ?? "en-US",
    bargeIn: readFlag(element, "bargeIn", true, warn, 13332),
    partialResultCallback: given.partialResultCallback ?? null,
    prompts: readPrompts(element, warn),
  };
}

function readPrompts(gather: Element, warn: Warn): Prompt[] {
  const prompts: Prompt[] = [];
  for (const element of childrenOf(gather, warn)) {
    if (element.name === "Say") prompts.push(readSay(element, warn, 13322));
    else if (element.name === "Pause") prompts.push(readPause(element));
    else if (element.attributes.digits !== undefined) warn(13320, "<Play digits> is not allowed in <Gather>");
    else prompts.push(readPlay(element, warn));
  }
  return prompts;
}

function readInput(value: string | undefined, warn: Warn): { dtmf: boolean; speech: boolean } {
  const words = (value ?? "dtmf").split(/\s+/).filter((word) => word !== "");
  if (words.length === 0 || words.some((word) => word !== "dtmf" && word !== "speech")) {
    warn(13326, `Gather: Invalid input value: ${value}`);
    return { dtmf: true, speech: false };
  }
  return { dtmf: words.includes("dtmf"), speech: words.includes("speech") };
}

function readFinishOnKey(value: string | undefined, warn: Warn): string {
  if (value === undefined || /^[0-9#*]?$/.test(value)) return value ?? "#";
  warn(13310, `Gather: Invalid finishOnKey value: ${value}`);
  return "#";
}

function readLoop(element: Element, warn: Warn, code: number): number {
  const value = element.attributes.loop;
  if (value === undefined) return 1;
  const loop = wholeNumber(value, 0, Number.MAX_SAFE_INTEGER);
  if (loop === null) warn(code, `<${element.name}> loop: expected a whole number, found ${value}`);
  return loop === 0 ? limits.loops : Math.min(loop ?? 1, limits.loops);
}
