/**
 * The closed list of what one can ask any telephone to do, named by what the caller experiences.
 * Kinds are open, verbs are not: a provider renders every member of this union or does not compile.
 */

export interface SayVerb {
  readonly verb: "say";
  /** Plain text, already filled in; never markup. */
  readonly text: string;
  /** BCP 47, such as `en-US`. */
  readonly language: string;
  /** A provider's voice name; absent means the provider's default for the language. */
  readonly voice?: string;
}

export interface PauseVerb {
  readonly verb: "pause";
  readonly seconds: number;
}

/** Speak the prompts and collect keys or speech; the prompts stop at the first key. */
export interface GatherVerb {
  readonly verb: "gather";
  readonly input: readonly ("keys" | "speech")[];
  readonly prompts: readonly (SayVerb | PauseVerb)[];
  /** Silence after the prompts, or between keys, that ends the gathering. */
  readonly timeoutSeconds: number;
  /** The gathering ends at once with this many keys. */
  readonly maxDigits?: number;
  /** One key that ends the gathering and is not part of the digits; empty for none. */
  readonly finishOnKey: string;
  /** May speech interrupt the prompts? Keys always may. */
  readonly bargeIn: boolean;
  /** Words to expect, for the recogniser. */
  readonly hints: readonly string[];
}

/**
 * Come back for the next turn. Only the engine makes it.
 * `why` becomes the event the phone brings: it heard no input, is done with the verbs, or polls for a slow effect.
 */
export interface NextVerb {
  readonly verb: "next";
  readonly why: "no-input" | "done" | "poll";
}

export interface HangUpVerb {
  readonly verb: "hang-up";
}

export type Verb = SayVerb | PauseVerb | GatherVerb | NextVerb | HangUpVerb;
export type VerbName = Verb["verb"];
