/**
 * The doorway to the runtime: one function per route, each answering with the value or a fault; none throws.
 * Shapes follow the runtime's API; a fault always carries a sentence fit to be shown.
 */

import type { Api } from "@trunkline/runtime/api";
import type { Sensitivity, TraceEntry, Value } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { hc } from "hono/client";

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  readonly problems?: readonly { readonly pointer: string; readonly sentence: string }[];
  readonly current?: FlowDetail;
}
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export interface SessionInfo {
  readonly user: { readonly name: string };
  readonly client: { readonly name: string };
  readonly line: { readonly kind: "built-in" | "twilio" };
  readonly numbers: readonly {
    number: string;
    label: string;
    flowId: string | null;
    flowName: string | null;
  }[];
}
export interface FlowSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly updatedAt: number;
  readonly draftRevision: number;
  readonly publishedVersion: number | null;
  readonly draftDiffers: boolean;
  readonly numbers: readonly string[];
  readonly callsToday: number;
}
export interface Published {
  readonly version: number;
  readonly hash: string;
  readonly publishedAt: number;
  readonly note: string;
}
export interface FlowDetail {
  readonly id: string;
  readonly name: string;
  readonly document: FlowDocument;
  readonly revision: number;
  readonly savedAt: number;
  readonly published: Published | null;
  readonly draftDiffers: boolean;
  readonly numbers: readonly string[];
}
export interface VersionSummary extends Published {
  readonly publishedBy: string;
  readonly current: boolean;
  readonly calls: number;
}
export interface VersionDetail extends Published {
  readonly document: FlowDocument;
}
export interface NumberInfo {
  readonly number: string;
  readonly label: string;
  readonly flowId: string | null;
  readonly flowName: string | null;
  readonly webhookOk: boolean;
}
export interface CallSummary {
  readonly id: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly status: "live" | "ended";
  readonly reason: string | null;
  readonly disposition: string | null;
  readonly currentNode: string | null;
  readonly turns: number;
  readonly visits: number;
}
export interface CallValue {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity;
  readonly value: Value | null;
  readonly origin: { readonly source: string; readonly node: string; readonly turn: number };
}
export interface CallOutcome {
  readonly outcome: string;
  readonly fields: readonly { readonly name: string; readonly value: Value | null }[];
  readonly recordedAt: number;
}
export interface CallDetail extends CallSummary {
  readonly hash: string;
  readonly document: FlowDocument;
  readonly values: readonly CallValue[];
  readonly tags: readonly string[];
  /** The flows it entered, by the path of nodes that led into each. */
  readonly flows: readonly {
    readonly frame: string;
    readonly hash: string;
    readonly name: string;
    readonly document: FlowDocument;
  }[];
  readonly outcomes: readonly CallOutcome[];
}
/** A flow of this client that others can call, as its newest version is. */
export interface CalledFlow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly required?: boolean }[];
  readonly outputs: readonly { readonly name: string; readonly type: string }[];
  readonly ways: readonly string[];
}
export interface PlacedCall {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  /** Why it was refused. */
  readonly code: string | null;
}
export interface Saved {
  readonly revision: number;
  readonly savedAt: number;
  readonly draftDiffers: boolean;
}
export interface TracePage {
  readonly items: readonly TraceEntry[];
  readonly next: number | null;
}

const client = hc<Api>("/", { headers: { "X-Trunkline": "1" } }).api;

/** What hc gives: a response whose JSON has a type; an answer without a body has none. */
type Asked<T> = Promise<{ readonly ok: boolean; readonly status: number; json(): Promise<T> }>;

async function ask<T>(asked: Asked<T>): Promise<Answer<T>> {
  try {
    const response = await asked;
    const value = response.status === 204 ? null : await response.json();
    // The type is the runtime's own, by hc; a refusal is thrown there and so has none: `{ code, sentence, … }`.
    if (response.ok) return { ok: true, value: value as T };
    const told = value as Partial<Fault>;
    const sentence = `The server answered ${response.status}.`;
    return { ok: false, fault: { code: "unknown", sentence, ...told, status: response.status } };
  } catch {
    const sentence = "The server cannot be reached. Nothing is lost; this page tries again.";
    return { ok: false, fault: { status: 0, code: "offline", sentence } };
  }
}

/** The phone is the carrier's, handed through: no part of the API's types. */
function askPhone<T>(path: string, body: object): Promise<Answer<T>> {
  return askPath<T>(`/phone/calls${path}`, body);
}

/** Routes whose shapes are not part of the API's types. */
function askPath<T>(path: string, body?: object): Promise<Answer<T>> {
  const headers = { "X-Trunkline": "1", ...(body ? { "content-type": "application/json" } : {}) };
  const how = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  return ask<T>(fetch(`/api${path}`, how));
}

/** Query parameters as text, without those that are not set. */
function query<Key extends string>(
  values: { [key in Key]?: string | number | null | undefined },
): { [key in Key]?: string } {
  const held = Object.entries(values).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return Object.fromEntries(held.map(([key, value]) => [key, String(value)])) as { [key in Key]?: string }; // its own keys
}

type Told<T> = Promise<Answer<T>>;

export const api = {
  signIn: (token: string): Told<unknown> => ask(client["sign-in"].$post({ json: { token } })),
  signOut: (): Told<unknown> => ask(client["sign-out"].$post()),
  session: (): Told<SessionInfo> => ask(client.session.$get()),
  flows: (cursor?: string | null): Told<Page<FlowSummary>> =>
    ask(client.flows.$get({ query: query({ cursor }) })),
  createFlow: (json: { template?: string; name?: string }): Told<FlowDetail> =>
    ask(client.flows.$post({ json })),
  flow: (id: string): Told<FlowDetail> => ask(client.flows[":id"].$get({ param: { id } })),
  deleteFlow: (id: string): Told<unknown> => ask(client.flows[":id"].$delete({ param: { id } })),
  saveDraft: (id: string, document: FlowDocument, revision: number): Told<Saved> =>
    ask(client.flows[":id"].draft.$put({ param: { id }, json: { document, revision } })),
  versions: (id: string, cursor?: string | null): Told<Page<VersionSummary>> =>
    ask(client.flows[":id"].versions.$get({ param: { id }, query: query({ cursor }) })),
  version: (id: string, version: number): Told<VersionDetail> =>
    ask(client.flows[":id"].versions[":version"].$get({ param: { id, version: String(version) } })),
  publish: (id: string, revision: number, note: string): Told<{ version: number; hash: string }> =>
    ask(client.flows[":id"].publish.$post({ param: { id }, json: { revision, note } })),
  makeLive: (id: string, version: number): Told<{ version: number }> =>
    ask(client.flows[":id"].live.$put({ param: { id }, json: { version } })),
  numbers: (): Told<{ items: readonly NumberInfo[] }> => ask(client.numbers.$get()),
  setNumber: (number: string, flowId: string | null): Told<NumberInfo> =>
    ask(client.numbers[":number"].$put({ param: { number }, json: { flowId } })),
  calls: (filter: {
    flow?: string | undefined;
    cursor?: string | null;
    limit?: number;
  }): Told<Page<CallSummary>> => ask(client.calls.$get({ query: query(filter) })),
  call: (id: string): Told<CallDetail> => ask(client.calls[":id"].$get({ param: { id } })),
  trace: (id: string, after: number): Told<TracePage> =>
    ask(client.calls[":id"].trace.$get({ param: { id }, query: query({ after }) })),
  calledFlows: (): Told<{ items: readonly CalledFlow[] }> => askPath("/called-flows"),
  /** A published document by its content hash. */
  document: (hash: string): Told<{ document: FlowDocument }> =>
    askPath(`/documents/${encodeURIComponent(hash)}`),
  placeCall: (id: string, to: string, inputs: { readonly [variable: string]: Value }): Told<{ id: string }> =>
    askPath(`/flows/${encodeURIComponent(id)}/calls`, { to, inputs }),
  placedCall: (id: string): Told<PlacedCall> => askPath(`/placed-calls/${encodeURIComponent(id)}`),
  phoneCall: (to: string) => askPhone<{ id: string; callSid: string }>("", { to }),
  phone: (id: string, what: "keys" | "speech" | "spoken" | "hang-up", body: object = {}) =>
    askPhone<unknown>(`/${encodeURIComponent(id)}/${what}`, body),
} as const;

/** Every entry of a call's trace, page after page. */
export async function wholeTrace(id: string): Promise<Answer<readonly TraceEntry[]>> {
  const entries: TraceEntry[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Answer<TracePage> = await api.trace(id, after);
    if (!page.ok) return page;
    entries.push(...page.value.items);
    after = page.value.next;
  }
  return { ok: true, value: entries };
}
