/**
 * The closed list of what one can ask any telephone to do, named by what the caller experiences.
 * Kinds are open, verbs are not: a provider renders every member of this union or does not compile.
 *
 * `gather`, `record` and `dial` hand control back by an event of their own: what follows them in a reply is heard only
 * when they bring none.
 */

export interface SayVerb {
  readonly verb: "say";
  /** Plain text, already filled in; never markup. With `speech`, the same words without their delivery. */
  readonly text: string;
  /** BCP 47, such as `en-US`. */
  readonly language: string;
  /** A provider's voice name; absent means the provider's default for the language. */
  readonly voice?: string;
  /** The author's own delivery: SSML as a tree. Values are only ever in its texts. */
  readonly speech?: readonly SpeechPart[];
}

/** A text, or an SSML element with what is in it. */
export type SpeechPart = string | SpeechElement;

export const speechTags = [
  "break",
  "emphasis",
  "lang",
  "p",
  "phoneme",
  "prosody",
  "s",
  "say-as",
  "sub",
  "w",
] as const;
export type SpeechTag = (typeof speechTags)[number];

export interface SpeechElement {
  readonly tag: SpeechTag;
  readonly attributes: { readonly [name: string]: string };
  readonly parts: readonly SpeechPart[];
}

/** Play an audio file. */
export interface PlayVerb {
  readonly verb: "play";
  /** https address of a file the provider can fetch and play. */
  readonly url: string;
  readonly times: number;
}

/** What may be heard while the phone listens. */
export type PromptVerb = SayVerb | PlayVerb | PauseVerb;

export interface PauseVerb {
  readonly verb: "pause";
  readonly seconds: number;
}

/** Press keys towards the far end. */
export interface SendDigitsVerb {
  readonly verb: "send-digits";
  /** `0-9 * #`, with `w` for half a second and `W` for a second of silence. Never raw letters: `A`–`D` are tones. */
  readonly digits: string;
}

/** Speak the prompts and collect keys or speech; the prompts stop at the first key. */
export interface GatherVerb {
  readonly verb: "gather";
  readonly input: readonly ("keys" | "speech")[];
  readonly prompts: readonly PromptVerb[];
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
  /** The language the recogniser listens for, BCP 47; absent means `en-US`. */
  readonly language?: string;
}

/** Record what the far end says. Comes back as `recording-made`; as `no-input` when nothing was heard. */
export interface RecordVerb {
  readonly verb: "record";
  readonly maxSeconds: number;
  /** Silence that ends the recording. */
  readonly silenceSeconds: number;
  /** Keys of which any one ends the recording; empty for none. */
  readonly finishOnKeys: string;
  readonly beep: boolean;
}

export type DialTarget =
  | { readonly to: "number"; readonly number: string }
  | { readonly to: "sip"; readonly address: string }
  | { readonly to: "client"; readonly client: string };

/** Ring another party and join it with the caller. Comes back as `dial-ended` when that is over. */
export interface DialVerb {
  readonly verb: "dial";
  readonly target: DialTarget;
  /** Shown to the other party; absent means the carrier's own rule. */
  readonly callerId?: string;
  readonly ringSeconds: number;
  readonly limitSeconds: number;
  /** Listen for a machine at the other end; its verdict comes as `answered-by` with `leg: "dialled"`. */
  readonly detectMachine: boolean;
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

export type Verb =
  | SayVerb
  | PlayVerb
  | PauseVerb
  | SendDigitsVerb
  | GatherVerb
  | RecordVerb
  | DialVerb
  | NextVerb
  | HangUpVerb;
export type VerbName = Verb["verb"];
