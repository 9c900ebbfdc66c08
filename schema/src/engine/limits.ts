/** The limits that make every walk end, and the words for reaching one. */
export const limits = {
  /** Visits in one call. */
  visitsPerCall: 1000,
  /** Visits in one step: a loop that neither waits nor speaks is cut here. */
  visitsPerStep: 100,
  /** Characters told to the phone in one turn; what follows waits for the next (a carrier takes 64 kB). */
  charactersPerTurn: 10_000,
  /** Turns in one call. */
  turnsPerCall: 2000,
  /** Flows entered one inside the other. */
  flowsDeep: 8,
  /** Words a flow may put on a call. */
  tagsPerCall: 50,
  /** After a hang-up, how long the report of a recording that was being made is waited for. */
  recordingGraceSeconds: 30,
} as const;

/** The timer that ends a call nobody ever reports the end of. */
export const callLimitTimer = "call-limit";

/** Dispositions the engine gives when no hang-up node did. */
export const engineDispositions = {
  hungUp: "caller-hung-up",
  limit: "limit-reached",
  unwired: "unwired-outcome",
} as const;
