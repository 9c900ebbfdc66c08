/**
 * Which TwiML elements exist, where each may stand and which attributes it knows.
 *
 * Facts of the public grammar (Twilio's TwiML reference and the typings of its SDKs), copied, not
 * computed: element → [parents, attributes]. Names are case-sensitive. Other attributes may exist on
 * the real service; the reader only warns (12200) about what is not listed.
 */
export interface ElementGrammar {
  readonly parents: readonly string[];
  readonly attributes: readonly string[];
}

const word = (parents: string, attributes: string): ElementGrammar => ({
  parents: parents.split(" "),
  attributes: attributes === "" ? [] : attributes.split(" "),
});

export const grammar: Readonly<Record<string, ElementGrammar>> = {
  AiSession: word("Connect", "aiConnector aiSessionConfiguration"),
  Application: word(
    "Dial",
    "copyParentTo customerId method statusCallback statusCallbackEvent statusCallbackMethod url",
  ),
  ApplicationSid: word("Application", ""),
  Assistant: word(
    "Connect",
    "debug dtmfDetection elevenlabsTextNormalization hints id intelligenceService interruptSensitivity interruptible language partialPrompts preemptible profanityFilter reportInputDuringAgentSpeech speechModel transcriptionLanguage transcriptionProvider ttsLanguage ttsProvider voice welcomeGreeting welcomeGreetingInterruptible",
  ),
  Autopilot: word("Connect", ""),
  Client: word("Dial", "method statusCallback statusCallbackEvent statusCallbackMethod url"),
  Conference: word(
    "Dial",
    "beep coach endConferenceOnExit eventCallbackUrl jitterBufferSize maxParticipants muted participantLabel record recordingConfigurationId recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod region startConferenceOnEnter statusCallback statusCallbackEvent statusCallbackMethod trim waitMethod waitUrl",
  ),
  Config: word("Transcription VirtualAgent", "name value"),
  Connect: word("Response", "action method"),
  Conversation: word(
    "Connect",
    "inboundAutocreation inboundTimeout method record recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod routingAssignmentTimeout serviceInstanceSid statusCallback statusCallbackEvent statusCallbackMethod trim url",
  ),
  ConversationRelay: word(
    "Connect",
    "debug dtmfDetection elevenlabsTextNormalization events hints intelligenceService interruptSensitivity interruptible language partialPrompts preemptible profanityFilter reportInputDuringAgentSpeech speechModel transcriptionLanguage transcriptionProvider ttsLanguage ttsProvider url voice welcomeGreeting welcomeGreetingInterruptible backgroundNoiseReduction backgroundnoisereduction deepgramSmartFormat deepgramsmartformat ignoreBackchannel ignorebackchannel speechTimeout speechtimeout eotThreshold conversationConfiguration",
  ),
  ConversationRelaySession: word("Connect", "connector sessionConfiguration"),
  Dial: word(
    "Response",
    "action answerOnBridge callerId events hangupOnStar method record recordingConfigurationId recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod recordingTrack referMethod referUrl ringTone sequential timeLimit timeout trim",
  ),
  Echo: word("Response", ""),
  Enqueue: word("Response", "action maxQueueSize method waitUrl waitUrlMethod workflowSid"),
  Gather: word(
    "Response",
    "action actionOnEmptyResult bargeIn debug enhanced finishOnKey hints input language maxSpeechTime method numDigits partialResultCallback partialResultCallbackMethod profanityFilter speechModel speechTimeout timeout",
  ),
  Hangup: word("Response", ""),
  Header: word("Headers", "name value"),
  Headers: word("Sip", ""),
  Identity: word("Client", ""),
  Language: word("Assistant ConversationRelay", "code speechModel transcriptionProvider ttsProvider voice"),
  Leave: word("Response", ""),
  Number: word(
    "Dial",
    "amdStatusCallback amdStatusCallbackMethod byoc machineDetection machineDetectionSilenceTimeout machineDetectionSpeechEndThreshold machineDetectionSpeechThreshold machineDetectionTimeout method sendDigits statusCallback statusCallbackEvent statusCallbackMethod url",
  ),
  Parameter: word(
    "Application Assistant Client ConversationRelay Hangup Pay Reject Siprec Stream Transcription VirtualAgent",
    "name value",
  ),
  Pause: word("Gather Prompt Response", "length"),
  Pay: word(
    "Response",
    "action bankAccountType chargeAmount currency description input language maxAttempts minPostalCodeLength paymentConnector paymentMethod postalCode securityCode statusCallback statusCallbackMethod timeout tokenType validCardTypes",
  ),
  Play: word("Gather Prompt Response", "digits loop"),
  Prompt: word("Pay Response", "attempt cardType errorType for requireMatchingInputs"),
  Queue: word("Dial Response", "method postWorkActivitySid reservationSid url"),
  Record: word(
    "Response",
    "action finishOnKey maxLength method playBeep recordingConfigurationId recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod timeout transcribe transcribeCallback trim",
  ),
  Recording: word(
    "Start",
    "channels recordingConfigurationId recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod track trim",
  ),
  Redirect: word("Response", "method"),
  Refer: word("Response", "action method"),
  Reject: word("Response", "reason"),
  Room: word("Connect", "participantIdentity"),
  Say: word("Gather Prompt Response", "language loop voice"),
  Sim: word("Dial", ""),
  Sip: word(
    "Dial Refer",
    "amdStatusCallback amdStatusCallbackMethod machineDetection machineDetectionSilenceTimeout machineDetectionSpeechEndThreshold machineDetectionSpeechThreshold machineDetectionTimeout method password statusCallback statusCallbackEvent statusCallbackMethod url username",
  ),
  Siprec: word("Start Stop", "connectorName name statusCallback statusCallbackMethod track"),
  Sms: word("Response", "action from method statusCallback to"),
  Start: word("Response", "action method"),
  Stop: word("Response", ""),
  Stream: word("Connect Start Stop", "connectorName name statusCallback statusCallbackMethod track url"),
  Task: word("Enqueue", "priority timeout"),
  Transcription: word(
    "Start Stop",
    "enableAutomaticPunctuation hints inboundTrackLabel intelligenceService languageCode name outboundTrackLabel partialResults profanityFilter speechModel statusCallbackMethod statusCallbackUrl track transcriptionEngine enableProviderData conversationConfiguration conversationId",
  ),
  Uri: word("Sip", "password priority username weight"),
  VirtualAgent: word(
    "Connect",
    "connectorName language sentimentAnalysis statusCallback statusCallbackMethod",
  ),
  WhatsApp: word("Dial", "method statusCallback statusCallbackEvent statusCallbackMethod url"),
  break: word("Say emphasis lang p prosody s w", "strength time"),
  emphasis: word("Say emphasis lang p prosody s w", "level"),
  lang: word("Say emphasis lang p prosody s", "xml:lang"),
  p: word("Say lang prosody", ""),
  phoneme: word("Say emphasis lang p prosody s w", "alphabet ph"),
  prosody: word("Say emphasis lang p prosody s w", "pitch rate volume"),
  s: word("Say lang p prosody", ""),
  "say-as": word("Say emphasis lang p prosody s w", "format interpret-as"),
  sub: word("Say emphasis lang p prosody s w", "alias"),
  w: word("Say emphasis lang p prosody s", "role"),
};
