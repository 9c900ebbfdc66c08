/**
 * What the runtime asks of a telephone company's translator. A provider translates both ways, stores nothing and
 * decides nothing; a second one is a new folder and one line in app.ts.
 *
 * Doorway for `routes`, `calls` and `effects`; only app.ts imports a provider's folder. `verify`, `parse` and
 * `render` are pure; the rest uses the network and rejects when the carrier refuses.
 */
import type { DialStatus, EndReason, Verb, Verdict } from "@trunkline/schema/call";

/** Why the phone asks for a turn: the last part of the address it asks at. */
export const turnKinds = ["input", "no-input", "done", "poll", "recording", "dial"] as const;
export type TurnKind = (typeof turnKinds)[number];

/** A webhook as it came in. `target` is the raw path and query, byte for byte: what was signed. */
export interface WebhookRequest {
  readonly method: string;
  readonly target: string;
  header(name: string): string | null;
  /** Null when it was too long to be read. */
  readonly body: string | null;
}

export interface Refusal {
  readonly ok: false;
  readonly status: 400 | 403 | 405 | 413 | 415 | 503;
}

/** Form fields of an authentic request: every name once, text that a database can hold. */
export type Fields = ReadonlyMap<string, string>;

export type Verified = { readonly ok: true; readonly fields: Fields } | Refusal;

/** A controlling request: the phone waits for orders. */
export interface VoiceRequest {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly direction: "inbound" | "outbound";
  /** What the caller did, when this request brings it. */
  readonly input: Pick<InputFields, "digits" | "speech"> | null;
  /** What was recorded, when this request brings it; null when nothing was heard. */
  readonly recording: { readonly address: string; readonly seconds: number } | null;
  /** The far end hung up, by which a recording or a transfer ended: nobody is there to be given orders. */
  readonly hungUp: boolean;
  /** How dialling another party ended, when this request brings it. */
  readonly dialled: { readonly status: DialStatus; readonly seconds: number | null } | null;
  /** Who answered, when the carrier listened before it asked. */
  readonly answered: Verdict | null;
  /** Set on the request that follows a failed one: where it failed, and whether our document was at fault. */
  readonly failure: { readonly target: string | null; readonly document: boolean } | null;
}

interface InputFields {
  readonly digits?: string;
  readonly speech?: { readonly text: string; readonly confidence: number | null };
}

/** An informing request: how the call goes at the carrier. */
export interface StatusReport {
  readonly callId: string;
  /** Unique among the call's reports: a repeated report has the same. */
  readonly key: string;
  /** The carrier's status as a rank that only grows; 4 is over. */
  readonly rank: number;
  readonly status: string;
  /** Set when the call is over. */
  readonly ended: { readonly reason: EndReason; readonly seconds: number | null } | null;
}

/** An informing request: the carrier's verdict on who answered a call, ours or one that we dialled. */
export interface VerdictReport {
  /** The leg that was listened to. */
  readonly callId: string;
  readonly verdict: Verdict;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

/** Absolute addresses for the orders' ways back. */
export type Links = Readonly<Record<TurnKind, string>> & {
  /** Where the verdict on a dialled party is told. */
  readonly legVerdict: string;
};

/** What a phone is answered. */
export interface Rendered {
  readonly contentType: string;
  readonly body: string;
}

export interface NumberLinks {
  readonly voice: string;
  readonly fallback: string;
  readonly status: string;
}

/** Where a call that we place asks and tells. */
export interface PlacedLinks extends NumberLinks {
  readonly verdict: string;
}

export interface PlaceOrder {
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly ringSeconds: number;
  readonly limitSeconds: number;
  /** Listen for a machine: before the first question for orders, or beside the call. */
  readonly detection: "off" | "first" | "meanwhile";
  /** Is a machine's verdict wanted when its greeting has begun, or when it is over? */
  readonly greeting: "begun" | "over";
  readonly links: PlacedLinks;
}

/** `refused`: it did not happen, with the carrier's code. `ambiguous`: nobody knows; never ask again. */
export type Placed =
  | { readonly state: "placed"; readonly callId: string }
  | { readonly state: "refused"; readonly code: string }
  | { readonly state: "ambiguous" };

/** A call as the carrier lists it. */
export interface ListedCall {
  readonly callId: string;
  readonly status: string;
  /** Epoch milliseconds; null when it has none yet. */
  readonly createdAt: number | null;
}

export interface MessageOrder {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** `busy`: not accepted, and may be asked again. `refused` and `ambiguous` as of a placed call. */
export type Sent =
  | { readonly state: "sent" }
  | { readonly state: "busy" }
  | { readonly state: "refused"; readonly code: string }
  | { readonly state: "ambiguous" };

export interface Provider {
  readonly name: string;
  /** Is it authentic and well formed? There is no way to switch this off. */
  verify(request: WebhookRequest): Verified;
  parseVoice(fields: Fields): Parsed<VoiceRequest>;
  parseStatus(fields: Fields): Parsed<StatusReport>;
  parseVerdict(fields: Fields): Parsed<VerdictReport>;
  render(verbs: readonly Verb[], links: Links): Rendered;
  /** The numbers that belong to the account, E.164, each with the name the carrier has for it. */
  listNumbers(): Promise<readonly { readonly number: string; readonly label: string }[]>;
  /** Tells the carrier where to ask when this number rings. */
  configureNumber(number: string, links: NumberLinks): Promise<void>;
  /** Makes the phone drop what it does and ask at this address. Resolves quietly when the call is over already. */
  updateCall(callId: string, url: string): Promise<void>;
  /** Exactly one request, never repeated. Never rejects. */
  placeCall(order: PlaceOrder): Promise<Placed>;
  /** Calls we placed between these two, newest first, begun at or after a moment. */
  findCalls(from: string, to: string, since: number): Promise<readonly ListedCall[]>;
  /** Exactly one request, never repeated. Never rejects. */
  sendMessage(order: MessageOrder): Promise<Sent>;
}
