/** The nouns of Connect, Start and Stop, and their parameters. */
import { element, recordingCallback, type Table, trim } from "./element.ts";
import { anyText, flag, matching, method, url, whole, word } from "./values.ts";
import { conversationEvents } from "./verbs.ts";

const wrong = 64106;
const interrupting = word("none dtmf speech any", wrong, { true: "any", false: "none" });
const track = (code?: number) => word("inbound_track outbound_track both_tracks", code);
const textOnly = { name: anyText, value: anyText };
/** What ConversationRelay and Assistant have in common. */
const spoken = {
  debug: anyText,
  dtmfDetection: flag(wrong),
  elevenlabsTextNormalization: word("on off auto", wrong),
  hints: anyText,
  intelligenceService: anyText,
  interruptSensitivity: word("low medium high", wrong),
  interruptible: interrupting,
  language: anyText,
  partialPrompts: flag(wrong),
  preemptible: flag(wrong),
  profanityFilter: flag(wrong),
  reportInputDuringAgentSpeech: interrupting,
  speechModel: anyText,
  transcriptionLanguage: anyText,
  transcriptionProvider: anyText,
  ttsLanguage: anyText,
  ttsProvider: anyText,
  voice: anyText,
  welcomeGreeting: anyText,
  welcomeGreetingInterruptible: interrupting,
};

export const sessions: Table = {
  AiSession: element("Connect", "no text", { aiConnector: anyText, aiSessionConfiguration: anyText }),
  Assistant: element("Connect", "no text", { ...spoken, id: anyText }),
  Autopilot: element("Connect", "text"),
  Config: element("Transcription VirtualAgent", "no text", textOnly),
  Conversation: element("Connect", "no text", {
    inboundAutocreation: flag(),
    inboundTimeout: whole(0),
    method: method(),
    record: word(
      "do-not-record record-from-answer record-from-ringing record-from-answer-dual record-from-ringing-dual true false",
    ),
    ...recordingCallback(13256),
    routingAssignmentTimeout: whole(0),
    serviceInstanceSid: anyText,
    ...conversationEvents,
    trim: trim(),
    url: anyText,
  }),
  ConversationRelay: element("Connect", "no text", {
    ...spoken,
    backgroundNoiseReduction: anyText,
    backgroundnoisereduction: anyText,
    conversationConfiguration: anyText,
    deepgramSmartFormat: anyText,
    deepgramsmartformat: anyText,
    eotThreshold: matching(/^\s*0?\.([5-8]\d*|90*)\s*$/, "a number from 0.5 to 0.9", wrong),
    events: anyText,
    ignoreBackchannel: anyText,
    ignorebackchannel: anyText,
    speechTimeout: anyText,
    speechtimeout: anyText,
    url: matching(/^\s*wss?:\/\/\S+\s*$/i, "a wss URL", wrong),
  }),
  ConversationRelaySession: element("Connect", "no text", {
    connector: anyText,
    sessionConfiguration: anyText,
  }),
  Language: element("Assistant ConversationRelay", "no text", {
    code: anyText,
    speechModel: anyText,
    transcriptionProvider: anyText,
    ttsProvider: anyText,
    voice: anyText,
  }),
  Parameter: element(
    "Application Assistant Client ConversationRelay Hangup Pay Reject Siprec Stream Transcription VirtualAgent",
    "no text",
    textOnly,
  ),
  // Its name, and that it may be stopped, are newer than Twilio's published schema (Twilio, <Recording>, 2026).
  Recording: element("Start Stop", "no text", {
    channels: word("dual mono"),
    name: anyText,
    recordingConfigurationId: anyText,
    ...recordingCallback(13256),
    track: word("both inbound outbound"),
    trim: trim(),
  }),
  Room: element("Connect", "text", { participantIdentity: anyText }),
  Siprec: element("Start Stop", "no text", {
    connectorName: anyText,
    name: anyText,
    statusCallback: anyText,
    statusCallbackMethod: method(),
    track: track(),
  }),
  Stream: element("Connect Start Stop", "no text", {
    connectorName: anyText,
    name: anyText,
    statusCallback: url(11100),
    statusCallbackMethod: method(),
    track: track(31941),
    url: anyText,
  }),
  Transcription: element("Start Stop", "no text", {
    conversationConfiguration: anyText,
    conversationId: anyText,
    enableAutomaticPunctuation: flag(),
    enableProviderData: flag(),
    hints: anyText,
    inboundTrackLabel: anyText,
    intelligenceService: anyText,
    languageCode: anyText,
    name: anyText,
    outboundTrackLabel: anyText,
    partialResults: flag(),
    profanityFilter: flag(),
    speechModel: anyText,
    statusCallbackMethod: method(),
    statusCallbackUrl: anyText,
    track: track(),
    transcriptionEngine: anyText,
  }),
  VirtualAgent: element("Connect", "no text", {
    connectorName: anyText,
    language: anyText,
    sentimentAnalysis: flag(),
    statusCallback: anyText,
    statusCallbackMethod: method(),
  }),
};
