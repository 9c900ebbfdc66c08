/**
 * Every number at which this carrier stops, in one place.
 * "Protocol" means a documented limit of Twilio's; the others protect the process itself.
 */
export const limits = {
  /** Largest document an application may answer with, bytes. Protocol 2: over it 11750. */
  documentBytes: 64 * 1024,
  /** Largest request body we read ourselves, bytes. */
  bodyBytes: 64 * 1024,
  /** All attempts of one request that controls a call, ms. Protocol 2. */
  webhookMs: 15_000,
  /** Connecting, one attempt, ms. Protocol 2. */
  connectMs: 5_000,
  /** Calls whose cookies are kept, cookies per host, characters of one and of all that are sent at once. */
  cookieJars: 2_000,
  cookieHeaderCharacters: 8_192,
  cookiesPerHost: 50,
  cookieCharacters: 4096,
  /** Answers kept because their servers allow it: how many, bytes of all together and of one. */
  cacheEntries: 1_000,
  cacheBytes: 32 * 1024 * 1024,
  cachedAnswerBytes: 8 * 1024 * 1024,
  /** Media of one `<Play>`, bytes. */
  mediaBytes: 16 * 1024 * 1024,
  /** One message on a WebSocket, bytes and frames, and wrong ones in a row that end it. Protocol 5, ConversationRelay. Pings unanswered. */
  socketMessageBytes: 1024 * 1024,
  socketFragments: 10_000,
  socketPings: 10_000,
  wrongMessages: 10,
  /** Samples that wait to be heard over a two-way stream (5 minutes), pieces and marks of them, characters of a mark, messages in 20 ms. */
  streamBufferSamples: 8000 * 300,
  streamQueue: 100_000,
  markCharacters: 1000,
  streamMessagesPerFrame: 5_000,
  /** Samples kept as one piece of streamed sound (10 minutes). */
  streamSoundSamples: 8000 * 600,
  /** Sounds at once in a stream. */
  streamStretches: 1_000,
  /** Tracks of one call that are streamed at once, and characters of a parameter, name and value. Protocol 10; Twilio, <Stream>. */
  streamTracks: 4,
  streamParameterCharacters: 500,
  /** Utterances an application may have waiting in a relay session. */
  relayQueue: 1_000,
  /** HTTP redirects followed per request. Protocol 2: then 11215. */
  redirects: 10,
  /** `loop` of Say and Play; 0 means this many. Protocol 10. */
  loops: 1000,
  /** Inline TwiML of a REST request, characters. Protocol 6: over it 32018. */
  inlineTwimlCharacters: 4000,
  /** Spoken characters of one Say, with the basic voices, with those of providers, and of these encoded for a URL. Protocol 5:
   *  over it 13521. */
  sayCharacters: 4096,
  providerCharacters: 3000,
  encodedCharacters: 4500,
  /** Phrases a Gather may expect, and characters of one. Protocol 5: over it 13330. */
  hints: 500,
  hintCharacters: 100,
  /** Speech of one Gather, ms. Protocol 5. */
  gatherSpeechMs: 60_000,
  /** One Record unless it says otherwise, s. Protocol 5. */
  recordSeconds: 3600,
  /** A SIP address and its headers, characters. Twilio, Sip: over them 13243 and 13253. */
  sipCharacters: 255,
  sipHeaderCharacters: 1024,
  /** Partial results of one Gather. */
  partialResults: 200,
  /** Participants of a conference, and characters of a label. Protocol 10. */
  conferenceParticipants: 250,
  labelCharacters: 128,
  /** Callers in one queue, by default and at most, and characters of its name. Protocol 10. */
  queueSize: 1000,
  queueSizeMost: 5000,
  queueNameCharacters: 64,
  /** Queues of an account. */
  queues: 1_000,
  /** Conferences that REST can still show after their end; the oldest are forgotten first. */
  keptConferences: 1_000,
  /** Telephones one Dial rings together. Protocol 10. */
  dialTargets: 10,
  /** Keys of a call's SendDigits. Protocol 6: over it 21206. */
  sendDigits: 32,
  /** Body of a message, characters. Protocol 6: over it 21617. */
  messageCharacters: 1600,
  /** One call, ms. Protocol 10. */
  callMs: 14_400_000,
  /** Ring time of an outbound call, s: default and most. Protocol 6. */
  ringSeconds: 60,
  ringSecondsMost: 600,
  /** Numbers of which a name or a place is known. */
  directoryEntries: 10_000,
  /** Warnings about one document, one by one; of more only their number is told. */
  documentWarnings: 50,
  /** Documents one call may fetch within a minute; more is a loop and ends the call. */
  documentsPerMinute: 200,
  /** Numbers of the carrier's own that one call is put through, one after the other; more is a loop and fails. */
  numbersPassed: 20,
  /** Calls in progress at once; more is refused with 10004. */
  liveCalls: 1000,
  /** Ended calls that REST can still show; the oldest are forgotten first. */
  keptCalls: 10_000,
  /** Recordings that REST can still show; the oldest are forgotten first. */
  keptRecordings: 2_000,
  /** Spoken stretches kept of one recording; what follows counts for its length alone. */
  recordingStretches: 10_000,
  /** Pauses of one recording; later ones are not kept. */
  recordingPauses: 1_000,
  /** Messages that REST can still show; the oldest are forgotten first. */
  keptMessages: 10_000,
  /** Menus of a scripted phone system, and question-and-answer pairs of one of its people. */
  phoneSystemMenus: 200,
  /** Requests that the console can show and replay, characters of an answer it keeps; calls and requests of one look. */
  journalEntries: 2_000,
  journalCharacters: 16_384,
  consoleCalls: 100,
  consoleRequests: 200,
  consoleMoments: 500,
  /** Entries of the alert log; the oldest are forgotten first. */
  keptAlerts: 5_000,
  /** Scripted people remembered after their calls; the oldest are forgotten first. */
  keptPeople: 5_000,
  /** Entries in what one scripted person remembers of a call. */
  transcriptEntries: 5_000,
  /** Events kept for one browser phone call, so that it can reconnect without loss. */
  phoneEvents: 2_000,
  /** Browser phone calls remembered after their end. */
  keptPhoneCalls: 100,
  /** Lines of browsers at which calls can come in. */
  phoneLines: 100,
  /** One piece of a browser's music on hold, ms: it plays again and again. */
  phoneHoldMs: 30_000,
  /** Calls and lines that one stream of events follows. */
  phoneFollowed: 32,
  /** A browser phone without an open event stream hangs up after this long, ms. */
  phoneGoneMs: 30_000,
  /** Accounts that the main one may open; Twilio allows 1000. */
  subaccounts: 100,
  /** Media of one message, as at Twilio; documents that one incoming message may lead to; people who have stopped messages. */
  messageMedia: 10,
  replyDocuments: 10,
  optOuts: 100_000,
  /** Applications of an account, as at Twilio, and numbers of others it has verified. */
  applications: 1_000,
  callerIds: 1_000,
  /** REST lists. Protocol 6. */
  pageSize: 50,
  pageSizeMost: 1000,
  /** Characters of a TaskRouter expression, and conditions within one another. */
  expressionCharacters: 10_000,
  expressionDepth: 50,
  /** Workspaces of an account; activities, task channels, queues, workflows and workers of a workspace. */
  workspaces: 20,
  activities: 100,
  taskChannels: 50,
  taskQueues: 500,
  workflows: 500,
  workers: 1_000,
  /** Tasks of a workspace, those that are over and not yet forgotten among them; characters of a task's or worker's attributes, as at Twilio. */
  tasks: 5_000,
  attributesCharacters: 4096,
  /** Characters of a workflow's configuration, its filters, and targets of one filter. */
  configurationCharacters: 65_536,
  workflowFilters: 500,
  workflowTargets: 50,
  /** Longest life of a task and of a reservation, s. Protocol 8. */
  taskSeconds: 86_400,
  taskSecondsMost: 1_209_600,
  reservationSeconds: 120,
  reservationSecondsMost: 86_400,
  /** Workers reserved for one task at once. */
  reservedWorkersMost: 50,
  /** Rejections after which a task is canceled, as at Twilio. */
  taskRejections: 1_000,
  /** A worker who has refused a task and stays available is not asked again for this long, ms: nobody is asked in a tight circle. */
  askAgainMs: 5_000,
  /** A task that is over is forgotten after this long, ms. Twilio, "Lifecycle of a Task". */
  taskKeptMs: 300_000,
  /** An application's answer to an assignment, ms. Protocol 8. */
  assignmentMs: 5_000,
  /** Events of a workspace that REST can still show; the oldest are forgotten first. */
  keptTaskEvents: 2_000,
  /** Steps of a caller's script. */
  scriptSteps: 500,
  /** Standing reactions of a script, and how often one thing in it may be repeated. */
  scriptReactions: 100,
  scriptTimes: 100,
  /** What somebody remembers to have heard without having waited for it. */
  scriptHears: 1_000,
  /** Numbers of which it is known who is there, and what happens there in turn. */
  farEnds: 10_000,
  farEndTurns: 100,
  /** Numbers of which it is known what becomes of messages there. */
  textFates: 10_000,
  /** Variations of one script asked for together. */
  variations: 1_000,
  /** A sound in a script, as a data URL. */
  scriptSoundCharacters: 4 * 1024 * 1024,
} as const;
