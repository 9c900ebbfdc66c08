/**
 * `<Dial>` with a number or with nouns to its verb (protocol 5, Dial).
 * Null when it dials only what this carrier does not perform; that is then reported like any such verb.
 */

import { e164Of } from "../account/numbers.ts";
import { limits } from "../limits.ts";
import type { Invitation } from "../people/person.ts";
import {
  readFlag,
  readMethod,
  readNumber,
  readReference,
  readWord,
  readWords,
  type Warn,
} from "./attributes.ts";
import { type DialTarget, type DialVerb, progressEvents } from "./document.ts";
import { readMachineDetection } from "./machine-detection.ts";
import {
  applicationAddress,
  clientAddress,
  numberIn,
  ownText,
  sipAddress,
  sipInvitation,
} from "./read-address.ts";
import { readConference } from "./read-conference.ts";
import { parametersOf } from "./read-connect.ts";
import { readQueue } from "./read-queue.ts";
import { readRecordingCallback } from "./read-record.ts";
import { type Element, elementsOf } from "./xml.ts";

const dialled = ["Number", "Client", "Sip", "Sim", "WhatsApp"];
/** Is rung alone: there is no ringing together with an application (Twilio, Application). */
const application = "Application";
const recordings = [
  "do-not-record",
  "record-from-answer",
  "record-from-ringing",
  "record-from-answer-dual",
  "record-from-ringing-dual",
] as const;

export function readDial(element: Element, warn: Warn): DialVerb | null {
  const nouns = elementsOf(element);
  const ringing = nouns.filter(({ name }) => dialled.includes(name));
  const named = ringing.length > 0 ? ringing : nouns.filter(({ name }) => name === application).slice(0, 1);
  const alone = (wanted: string) =>
    named.length === 0 ? nouns.find(({ name }) => name === wanted) : undefined;
  const room = alone("Conference");
  const queue = room ? undefined : alone("Queue");
  if (nouns.length > 0 && named.length === 0 && !room && !queue) return null;
  for (const { name } of nouns)
    if (name === (room ?? queue)?.name) continue;
    else if (name === "Conference") warn(13000, "Conference cannot be mixed with numbers: it is left out");
    else if (!named.some((noun) => noun.name === name))
      warn(13215, `<${name}> cannot be dialled beside numbers: it is left out`);
  if (named.length > limits.dialTargets)
    warn(13250, `at most ${limits.dialTargets} can be dialled at once, found ${named.length}`);
  const given = element.attributes;
  const track = readWord(element, "recordingTrack", ["both", "inbound", "outbound"]);
  return {
    kind: "dial",
    action: given.action ?? null,
    method: readMethod(element, "method"),
    timeoutSeconds: readNumber(element, "timeout", 30),
    limitSeconds: readNumber(element, "timeLimit", limits.callMs / 1000, limits.callMs / 1000),
    callerId: given.callerId ? (e164Of(given.callerId) ?? given.callerId) : null,
    hangupOnStar: readFlag(element, "hangupOnStar", false),
    answerOnBridge: readFlag(element, "answerOnBridge", false),
    sequential: readFlag(element, "sequential", false),
    targets:
      nouns.length === 0
        ? readPlainNumber(element, warn)
        : named.slice(0, limits.dialTargets).flatMap((noun) => readNoun(noun, warn)),
    conference: room ? readConference(room, warn) : null,
    queue: queue ? readQueue(queue, warn) : null,
    record: readDialRecording(element, track),
    refer: readReference(element, "referUrl", "referMethod"),
    unperformed: [
      ...["callReason", "events", "recordingConfigurationId"].filter((name) => given[name] !== undefined),
      ...(named.some(({ attributes }) => attributes.byoc !== undefined) ? ["byoc"] : []),
    ],
  };
}

function readDialRecording(
  element: Element,
  track: NonNullable<DialVerb["record"]>["track"],
): DialVerb["record"] {
  const how = readWord(element, "record", recordings);
  if (how === "do-not-record") return null;
  return {
    fromRinging: how.startsWith("record-from-ringing"),
    channels: how.endsWith("-dual") ? 2 : 1,
    track,
    trimsSilence: readWord(element, "trim", ["do-not-trim", "trim-silence"]) === "trim-silence",
    statusCallback: readRecordingCallback(element),
  };
}

const uninvited: Invitation = { details: [], credentials: null };
const plain = {
  application: null,
  sendDigits: null,
  whisper: null,
  statusCallback: null,
  detection: null,
} as const;

function readPlainNumber(element: Element, warn: Warn): DialTarget[] {
  const address = numberIn(ownText(element), warn);
  return address === null ? [] : [{ ...plain, address, invitation: uninvited }];
}

function readNoun(element: Element, warn: Warn): DialTarget[] {
  const address = addressOf(element, warn);
  if (address === null) return [];
  const told = readReference(element, "statusCallback", "statusCallbackMethod");
  return [
    {
      address,
      invitation: invitationOf(element, warn),
      application:
        element.name === application
          ? {
              copiesTo: readFlag(element, "copyParentTo", false),
              customerId: element.attributes.customerId ?? null,
            }
          : null,
      sendDigits: element.attributes.sendDigits || null,
      whisper: readReference(element, "url", "method"),
      statusCallback: told && {
        ...told,
        events: readWords(element, "statusCallbackEvent", progressEvents, ["completed"]),
      },
      detection: readDetection(element, warn),
    },
  ];
}

/** On nouns a verdict always comes by `amdStatusCallback`; the Async* names of REST are wrong here (protocol 7). */
function readDetection(element: Element, warn: Warn): DialTarget["detection"] {
  const given = element.attributes;
  const settings = readMachineDetection((suffix) => given[`machineDetection${suffix}`]);
  // The grammar has let nothing wrong through.
  if (settings === null || typeof settings === "string") return null;
  if (!given.amdStatusCallback) warn(21262, `<${element.name}>: no amdStatusCallback for the verdict`);
  return { settings, callback: readReference(element, "amdStatusCallback", "amdStatusCallbackMethod") };
}

function addressOf(element: Element, warn: Warn): string | null {
  const text = ownText(element);
  switch (element.name) {
    case "Client":
      return clientAddress(element, warn);
    case "Sip":
      return sipAddress(element, warn);
    case "WhatsApp": {
      const number = numberIn(text.replace(/^whatsapp:/i, ""), warn);
      return number && `whatsapp:${number}`;
    }
    case application:
      return applicationAddress(element, warn);
    case "Sim":
      if (/^DE[0-9a-fA-F]{32}$/.test(text)) return `sim:${text}`;
      warn(13223, `<Sim>: expected a SIM's SID, found ${text.slice(0, 40)}`);
      return null;
    default:
      return numberIn(text, warn);
  }
}

function invitationOf(element: Element, warn: Warn): Invitation {
  if (element.name === "Sip") return sipInvitation(element, warn);
  return element.name === "Client" || element.name === application
    ? { ...uninvited, details: parametersOf(element) }
    : uninvited;
}
