/** `<Connect>`, `<Start>` and `<Stop>` to what they begin and end (protocol 5). */
import { readFlag, readMethod, readWord, type Warn } from "./attributes.ts";
import type {
  ConnectVerb,
  RelayNoun,
  StartVerb,
  StopVerb,
  StreamNoun,
  TranscriptionNoun,
} from "./document.ts";
import type { Element } from "./xml.ts";

/** Null for everything but a ConversationRelay. */
export function readConnect(element: Element, nouns: readonly Element[], warn: Warn): ConnectVerb | null {
  const noun = nouns.find(({ name }) => name === "ConversationRelay");
  if (!noun) return null;
  return {
    kind: "connect",
    action: element.attributes.action ?? null,
    method: readMethod(element, "method", warn, 12200),
    relay: readRelay(noun, warn),
  };
}

const inputs = ["any", "none", "dtmf", "speech", "true", "false"] as const;
const kinds = (word: (typeof inputs)[number]): RelayNoun["interruptible"] =>
  word === "true" ? "any" : word === "false" ? "none" : word;

function readRelay(noun: Element, warn: Warn): RelayNoun {
  const given = noun.attributes;
  const language = given.language ?? "en-US";
  return {
    url: given.url ?? "",
    greeting: given.welcomeGreeting || null,
    greetingInterruptible: kinds(readWord(noun, "welcomeGreetingInterruptible", inputs, warn, 64106)),
    interruptible: kinds(readWord(noun, "interruptible", inputs, warn, 64106)),
    reportInput: kinds(
      given.reportInputDuringAgentSpeech === undefined
        ? "none"
        : readWord(noun, "reportInputDuringAgentSpeech", inputs, warn, 64106),
    ),
    dtmf: readFlag(noun, "dtmfDetection", false, warn, 64106),
    preemptible: readFlag(noun, "preemptible", false, warn, 64106),
    language: given.transcriptionLanguage ?? language,
    ttsLanguage: given.ttsLanguage ?? language,
    voice: given.voice ?? "",
    parameters: parametersOf(noun),
    unperformed: [
      "debug",
      "events",
      "partialPrompts",
      "intelligenceService",
      "conversationConfiguration",
    ].filter((name) => given[name] !== undefined && given[name] !== "false"),
  };
}

const parametersOf = (noun: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(
    noun.children.flatMap((child) =>
      typeof child !== "string" && child.name === "Parameter" && child.attributes.name
        ? [[child.attributes.name, child.attributes.value ?? ""]]
        : [],
    ),
  );

export function readStart(nouns: readonly Element[], warn: Warn): StartVerb {
  return {
    kind: "start",
    streams: nouns.filter(({ name }) => name === "Stream").map((noun) => readStream(noun, warn)),
    transcriptions: nouns
      .filter(({ name }) => name === "Transcription")
      .map((noun) => readTranscription(noun, warn)),
    unperformed: nouns.map(({ name }) => name).filter((name) => name === "Siprec" || name === "Recording"),
  };
}

function readStream(noun: Element, warn: Warn): StreamNoun {
  const given = noun.attributes;
  return {
    url: given.url ?? "",
    name: given.name || null,
    track: readWord(noun, "track", ["inbound_track", "outbound_track", "both_tracks"], warn, 31941),
    parameters: parametersOf(noun),
    statusCallback: given.statusCallback
      ? { url: given.statusCallback, method: readMethod(noun, "statusCallbackMethod", warn, 12200) }
      : null,
  };
}

function readTranscription(noun: Element, warn: Warn): TranscriptionNoun {
  const given = noun.attributes;
  return {
    name: given.name || null,
    track: readWord(noun, "track", ["both_tracks", "inbound_track", "outbound_track"], warn, 12200),
    language: given.languageCode ?? "en-US",
    engine: given.transcriptionEngine ?? "google",
    partialResults: readFlag(noun, "partialResults", false, warn, 12200),
    inboundLabel: given.inboundTrackLabel ?? null,
    outboundLabel: given.outboundTrackLabel ?? null,
    statusCallback: given.statusCallbackUrl
      ? { url: given.statusCallbackUrl, method: readMethod(noun, "statusCallbackMethod", warn, 12200) }
      : null,
  };
}

export function readStop(nouns: readonly Element[]): StopVerb {
  const named = (wanted: string) =>
    nouns.filter(({ name }) => name === wanted).map(({ attributes }) => attributes.name || null);
  return {
    kind: "stop",
    streams: named("Stream"),
    transcriptions: named("Transcription"),
    unperformed: nouns.map(({ name }) => name).filter((name) => name === "Siprec"),
  };
}
