/** `<Connect>`, `<Start>` and `<Stop>` to what they begin and end (protocol 5). */
import { readFlag, readMethod, readReference, readWord, wholeNumber } from "./attributes.ts";
import type {
  ConnectVerb,
  RecordingNoun,
  RelayNoun,
  RelayRecogniser,
  StartVerb,
  StopVerb,
  StreamNoun,
  TranscriptionNoun,
} from "./document.ts";
import { readRecordingCallback } from "./read-record.ts";
import { type Element, elementsOf } from "./xml.ts";

/** Null for everything but a ConversationRelay or a Stream. */
export function readConnect(element: Element): ConnectVerb | null {
  const noun = elementsOf(element).find(({ name }) => name === "ConversationRelay" || name === "Stream");
  if (!noun) return null;
  const stream = noun.name === "Stream" ? readStream(noun) : null;
  return {
    kind: "connect",
    action: element.attributes.action ?? null,
    method: readMethod(element, "method"),
    relay: stream ? null : readRelay(noun),
    stream,
  };
}

const inputs = ["any", "none", "dtmf", "speech"] as const;

function readRelay(noun: Element): RelayNoun {
  const given = noun.attributes;
  const language = given.language ?? "en-US";
  const recogniser = readRecogniser(given);
  // `events` is the newer name; `debug` knows `debugging` too.
  const asked = `${given.debug ?? ""} ${given.events ?? ""}`.split(/\s+/);
  return {
    url: given.url ?? "",
    greeting: given.welcomeGreeting || null,
    greetingInterruptible: readWord(noun, "welcomeGreetingInterruptible", inputs),
    interruptible: readWord(noun, "interruptible", inputs),
    reportInput: readWord(noun, "reportInputDuringAgentSpeech", ["none", "any", "dtmf", "speech"]),
    dtmf: readFlag(noun, "dtmfDetection", false),
    preemptible: readFlag(noun, "preemptible", false),
    language: given.transcriptionLanguage ?? language,
    ttsLanguage: given.ttsLanguage ?? language,
    voice: given.voice ?? "",
    recogniser,
    languages: elementsOf(noun)
      .filter(({ name }) => name === "Language")
      .map(({ attributes }) => ({
        code: attributes.code ?? "",
        // Another provider has a default voice of its own.
        voice: attributes.voice ?? (attributes.ttsProvider ? "" : (given.voice ?? "")),
        recogniser: readRecogniser(attributes, recogniser),
      })),
    partialPrompts: readFlag(noun, "partialPrompts", false),
    silenceMs: wholeNumber(given.speechTimeout, 600, 5000) ?? 0,
    events: relayEvents.filter((event) => asked.includes(event)),
    parameters: Object.fromEntries(parametersOf(noun)),
    unperformed: [
      ...["intelligenceService", "conversationConfiguration", "ignoreBackchannel"].filter(
        (name) => given[name] !== undefined && given[name] !== "false",
      ),
      ...(given.interruptSensitivity === "low" || given.interruptSensitivity === "medium"
        ? ["interruptSensitivity"]
        : []),
      ...(asked.includes("debugging") ? ['debug="debugging"'] : []),
    ],
  };
}

const relayEvents = ["speaker-events", "tokens-played"] as const;

/** Deepgram unless told otherwise (Twilio, <ConversationRelay>); a language's is that of the session. */
const readRecogniser = (
  given: Element["attributes"],
  otherwise: RelayRecogniser = { provider: "deepgram", model: "" },
): RelayRecogniser => ({
  provider: given.transcriptionProvider?.toLowerCase() ?? otherwise.provider,
  model: given.speechModel?.toLowerCase() ?? otherwise.model,
});

/** Name and value of the Parameters below an element, in order; those without a name are left out. */
export const parametersOf = (noun: Element): (readonly [name: string, value: string])[] =>
  elementsOf(noun).flatMap(({ name, attributes }) =>
    name === "Parameter" && attributes.name ? [[attributes.name, attributes.value ?? ""] as const] : [],
  );

export function readStart(element: Element): StartVerb {
  const nouns = elementsOf(element);
  return {
    kind: "start",
    streams: nouns.filter(({ name }) => name === "Stream").map((noun) => readStream(noun)),
    transcriptions: nouns
      .filter(({ name }) => name === "Transcription")
      .map((noun) => readTranscription(noun)),
    recordings: nouns.filter(({ name }) => name === "Recording").map(readRecording),
    siprecs: nouns
      .filter(({ name }) => name === "Siprec")
      .map((noun) => ({
        name: noun.attributes.name || null,
        connector: noun.attributes.connectorName ?? "",
        statusCallback: readReference(noun, "statusCallback", "statusCallbackMethod"),
      })),
    unperformed: nouns.some(({ attributes }) => attributes.recordingConfigurationId !== undefined)
      ? ["Recording recordingConfigurationId"]
      : [],
  };
}

/** Two channels unless told otherwise, and trimmed. [obs] */
const readRecording = (noun: Element): RecordingNoun => ({
  name: noun.attributes.name || null,
  track: readWord(noun, "track", ["both", "inbound", "outbound"]),
  channels: readWord(noun, "channels", ["dual", "mono"]) === "mono" ? 1 : 2,
  trimsSilence: readWord(noun, "trim", ["trim-silence", "do-not-trim"]) === "trim-silence",
  statusCallback: readRecordingCallback(noun),
});

function readStream(noun: Element): StreamNoun {
  const given = noun.attributes;
  return {
    url: given.url ?? "",
    name: given.name || null,
    track: readWord(noun, "track", ["inbound_track", "outbound_track", "both_tracks"]),
    parameters: Object.fromEntries(parametersOf(noun)),
    statusCallback: readReference(noun, "statusCallback", "statusCallbackMethod"),
  };
}

function readTranscription(noun: Element): TranscriptionNoun {
  const given = noun.attributes;
  return {
    name: given.name || null,
    track: readWord(noun, "track", ["both_tracks", "inbound_track", "outbound_track"]),
    language: given.languageCode ?? "en-US",
    engine: given.transcriptionEngine ?? "google",
    partialResults: readFlag(noun, "partialResults", false),
    inboundLabel: given.inboundTrackLabel ?? null,
    outboundLabel: given.outboundTrackLabel ?? null,
    statusCallback: readReference(noun, "statusCallbackUrl", "statusCallbackMethod"),
  };
}

export function readStop(element: Element): StopVerb {
  const nouns = elementsOf(element);
  const named = (wanted: string) =>
    nouns.filter(({ name }) => name === wanted).map(({ attributes }) => attributes.name || null);
  return {
    kind: "stop",
    streams: named("Stream"),
    transcriptions: named("Transcription"),
    recordings: named("Recording"),
    unperformed: nouns.map(({ name }) => name).filter((name) => name === "Siprec"),
  };
}
