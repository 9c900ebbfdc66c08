/** What a TwiML document says, after reading: the words the performer understands. */
import type { Element } from "./xml.ts";

export type Method = "GET" | "POST";

export interface SayVerb {
  readonly kind: "say";
  /** Words a person hears; SSML tags removed. */
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  /** 1 to 1000. */
  readonly loop: number;
  /** Estimated length of one repetition, ms. */
  readonly estimatedMs: number;
}
export interface PlayVerb {
  readonly kind: "play";
  /** Media URL as written, or null when keys are played. */
  readonly url: string | null;
  readonly digits: string | null;
  readonly loop: number;
}
export interface PauseVerb {
  readonly kind: "pause";
  readonly seconds: number;
}
export type Prompt = SayVerb | PlayVerb | PauseVerb;

export interface GatherVerb {
  readonly kind: "gather";
  readonly dtmf: boolean;
  readonly speech: boolean;
  /** null means the current document. */
  readonly action: string | null;
  readonly method: Method;
  readonly timeoutSeconds: number;
  /** One key, or "" for none. */
  readonly finishOnKey: string;
  /** null means no limit. */
  readonly numDigits: number | null;
  readonly actionOnEmptyResult: boolean;
  /** Silence that ends speech; `auto` is the first pause. */
  readonly speechTimeoutSeconds: number | "auto";
  readonly maxSpeechSeconds: number;
  readonly language: string;
  readonly bargeIn: boolean;
  readonly partialResultCallback: string | null;
  readonly prompts: readonly Prompt[];
}
export interface RedirectVerb {
  readonly kind: "redirect";
  /** "" means the current document. */
  readonly url: string;
  readonly method: Method;
}
export interface HangupVerb {
  readonly kind: "hangup";
}
export interface RejectVerb {
  readonly kind: "reject";
  readonly reason: "rejected" | "busy";
}
/** A real verb of Twilio's that this carrier does not perform yet. */
export interface OtherVerb {
  readonly kind: "other";
  readonly element: Element;
}

export type Verb = Prompt | GatherVerb | RedirectVerb | HangupVerb | RejectVerb | OtherVerb;

export interface Warning {
  readonly code: number;
  readonly message: string;
}

export type Reading =
  | { readonly ok: true; readonly verbs: readonly Verb[]; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly code: 12100 | 12101 | 12102; readonly message: string };
