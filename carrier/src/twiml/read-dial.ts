/**
 * `<Dial>` with a number or with nouns Number, Client and Sip to its verb (protocol 5, Dial).
 * Null when it dials only what this carrier does not perform (Conference, Queue, …); that is then reported like any such verb.
 */
import { limits } from "../limits.ts";
import { readFlag, readMethod, readNumber, readWord, readWords, type Warn } from "./attributes.ts";
import { type DialTarget, type DialVerb, progressEvents } from "./document.ts";
import { readMachineDetection } from "./machine-detection.ts";
import { readConference } from "./read-conference.ts";
import { readQueue } from "./read-queue.ts";
import { readRecordingCallback } from "./read-record.ts";
import { type Element, textOf } from "./xml.ts";

const ringTones =
  "us at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us-old tw ve za";
const dialled = ["Number", "Client", "Sip"];
const recordings = [
  "do-not-record",
  "false",
  "true",
  "record-from-answer",
  "record-from-ringing",
  "record-from-answer-dual",
  "record-from-ringing-dual",
] as const;

/** `nouns` are the elements within, already checked against the grammar. */
export function readDial(element: Element, nouns: readonly Element[], warn: Warn): DialVerb | null {
  const named = nouns.filter(({ name }) => dialled.includes(name));
  const alone = (wanted: string) =>
    named.length === 0 ? nouns.find(({ name }) => name === wanted) : undefined;
  const room = alone("Conference");
  const queue = room ? undefined : alone("Queue");
  if (nouns.length > 0 && named.length === 0 && !room && !queue) return null;
  for (const { name } of nouns)
    if (name === (room ?? queue)?.name) continue;
    else if (name === "Conference") warn(13000, "Conference cannot be mixed with numbers: it is left out");
    else if (!dialled.includes(name))
      warn(13215, `<${name}> cannot be dialled beside numbers: it is left out`);
  if (named.length > limits.dialTargets)
    warn(13250, `at most ${limits.dialTargets} can be dialled at once, found ${named.length}`);
  const given = element.attributes;
  readWord(element, "ringTone", ringTones.split(" ") as [string, ...string[]], warn, 13220);
  const track = readWord(element, "recordingTrack", ["both", "inbound", "outbound"], warn, 13217);
  return {
    kind: "dial",
    action: given.action ?? null,
    method: readMethod(element, "method", warn, 13210),
    timeoutSeconds: readNumber(element, "timeout", 5, 30, warn, 13212, limits.ringSecondsMost),
    limitSeconds: readNumber(
      element,
      "timeLimit",
      1,
      limits.callMs / 1000,
      warn,
      13216,
      limits.callMs / 1000,
    ),
    callerId: given.callerId || null,
    hangupOnStar: readFlag(element, "hangupOnStar", false, warn, 13213),
    answerOnBridge: readFlag(element, "answerOnBridge", false, warn, 13219),
    sequential: readFlag(element, "sequential", false, warn, 13218),
    targets:
      nouns.length === 0
        ? readPlainNumber(element, warn)
        : named.slice(0, limits.dialTargets).flatMap((noun) => readNoun(noun, warn)),
    conference: room ? readConference(room, warn) : null,
    queue: queue ? readQueue(queue, warn) : null,
    record: readDialRecording(element, track !== "inbound", warn),
    unperformed: [
      ...(track === "outbound" ? ["recordingTrack"] : []),
      ...["referUrl", "events", "recordingConfigurationId"].filter((name) => given[name] !== undefined),
    ],
  };
}

function readDialRecording(element: Element, bothSides: boolean, warn: Warn): DialVerb["record"] {
  const how = readWord(element, "record", recordings, warn, 13217);
  if (how === "do-not-record" || how === "false") return null;
  return {
    fromRinging: how.startsWith("record-from-ringing"),
    channels: how.endsWith("-dual") ? 2 : 1,
    bothSides,
    trimsSilence: readWord(element, "trim", ["do-not-trim", "trim-silence"], warn, 13239) === "trim-silence",
    statusCallback: readRecordingCallback(element, warn, 13210),
  };
}

const plain = { sendDigits: null, whisper: null, statusCallback: null, detection: null } as const;

function readPlainNumber(element: Element, warn: Warn): DialTarget[] {
  const address = numberIn(ownText(element), warn);
  return address === null ? [] : [{ ...plain, address }];
}

function readNoun(element: Element, warn: Warn): DialTarget[] {
  const address = addressOf(element, warn);
  if (address === null) return [];
  const given = element.attributes;
  const callback = given.statusCallback;
  const sendDigits = given.sendDigits || null;
  const wellFormed = sendDigits === null || /^[0-9A-DwW#*]+$/.test(sendDigits);
  if (!wellFormed) warn(13222, `<${element.name}> sendDigits: expected keys, found ${sendDigits}`);
  return [
    {
      address,
      sendDigits: wellFormed ? sendDigits : null,
      whisper: given.url ? { url: given.url, method: readMethod(element, "method", warn, 13221) } : null,
      statusCallback: callback
        ? {
            url: callback,
            method: readMethod(element, "statusCallbackMethod", warn, 13221),
            events: readWords(element, "statusCallbackEvent", progressEvents, ["completed"], warn, 12200),
          }
        : null,
      detection: readDetection(element, warn),
    },
  ];
}

/** On nouns a verdict always comes by `amdStatusCallback`; the Async* names of REST are wrong here (protocol 7). */
function readDetection(element: Element, warn: Warn): DialTarget["detection"] {
  const given = element.attributes;
  const settings = readMachineDetection((suffix) => given[`machineDetection${suffix}`]);
  if (typeof settings === "string") warn(21263, settings);
  if (settings === null || typeof settings === "string") return null;
  if (!given.amdStatusCallback) warn(21262, `<${element.name}>: no amdStatusCallback for the verdict`);
  return {
    settings,
    callback: given.amdStatusCallback
      ? { url: given.amdStatusCallback, method: readMethod(element, "amdStatusCallbackMethod", warn, 21263) }
      : null,
  };
}

function addressOf(element: Element, warn: Warn): string | null {
  const inner = element.children.find(
    (child): child is Element => typeof child !== "string" && ["Identity", "Uri"].includes(child.name),
  );
  const text = inner ? textOf(inner).trim() : ownText(element);
  if (element.name === "Number") return numberIn(text, warn);
  if (element.name === "Client") {
    if (text === "") warn(13223, "<Client>: expected an identity, found none");
    return text === "" ? null : `client:${text}`;
  }
  if (/^sips?:\S+$/.test(text)) return text;
  warn(13243, `<Sip>: expected a URI such as sip:name@example.com, found ${text}`);
  return null;
}

/** E.164; numbers as they are written in the USA are accepted too. */
function numberIn(text: string, warn: Warn): string | null {
  const digits = text.replace(/[\s().-]/g, "");
  const number = /^\d{10}$/.test(digits) ? `+1${digits}` : /^1\d{10}$/.test(digits) ? `+${digits}` : digits;
  if (/^\+[1-9]\d{1,14}$/.test(number)) return number;
  warn(13223, `Dial: expected a number such as +15550100001, found ${text.slice(0, 40)}`);
  return null;
}

const ownText = (element: Element) =>
  element.children
    .filter((child) => typeof child === "string")
    .join("")
    .trim();
