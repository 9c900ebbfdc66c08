/**
 * The doorway to the runtime: one function per route, each answering with the value or a fault; none throws.
 * Shapes follow the runtime's API; a fault always carries a sentence fit to be shown.
 */
import type {
  DecidingValue,
  Origin,
  Sensitivity,
  TraceEntry,
  Value,
  VariableType,
} from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";

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
  readonly type: VariableType;
  readonly sensitivity: Sensitivity;
  readonly value: Value | null;
  readonly origin: Origin;
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
  readonly outcomes: readonly CallOutcome[];
}
export type { DecidingValue, TraceEntry };

async function ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const headers: Record<string, string> = method === "GET" ? {} : { "X-Trunkline": "1" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (response.status === 204) return { ok: true, value: undefined as T }; // routes answering 204 have no value
    const value = await response.json();
    if (response.ok) return { ok: true, value: value as T }; // the runtime's contract, written above
    return {
      ok: false,
      fault: {
        code: "unknown",
        sentence: `The server answered ${response.status}.`,
        ...value,
        status: response.status,
      },
    };
  } catch {
    const sentence = "The server cannot be reached. Nothing is lost; this page tries again.";
    return { ok: false, fault: { status: 0, code: "offline", sentence } };
  }
}

const one = encodeURIComponent;
function query(values: Record<string, string | number | null | undefined>): string {
  const held = Object.entries(values).flatMap(([key, value]) =>
    value == null || value === "" ? [] : [[key, String(value)]],
  );
  return held.length ? `?${new URLSearchParams(held)}` : "";
}

export const api = {
  signIn: (token: string) => ask<void>("POST", "/api/sign-in", { token }),
  signOut: () => ask<void>("POST", "/api/sign-out"),
  session: () => ask<SessionInfo>("GET", "/api/session"),
  flows: (cursor?: string | null) => ask<Page<FlowSummary>>("GET", `/api/flows${query({ cursor })}`),
  createFlow: (body: { template?: string; name?: string }) => ask<FlowDetail>("POST", "/api/flows", body),
  flow: (id: string) => ask<FlowDetail>("GET", `/api/flows/${one(id)}`),
  deleteFlow: (id: string) => ask<void>("DELETE", `/api/flows/${one(id)}`),
  saveDraft: (id: string, document: FlowDocument, revision: number) =>
    ask<{ revision: number; savedAt: number; draftDiffers: boolean }>("PUT", `/api/flows/${one(id)}/draft`, {
      document,
      revision,
    }),
  versions: (id: string, cursor?: string | null) =>
    ask<Page<VersionSummary>>("GET", `/api/flows/${one(id)}/versions${query({ cursor })}`),
  version: (id: string, version: number) =>
    ask<VersionDetail>("GET", `/api/flows/${one(id)}/versions/${version}`),
  publish: (id: string, revision: number, note: string) =>
    ask<{ version: number; hash: string }>("POST", `/api/flows/${one(id)}/publish`, { revision, note }),
  makeLive: (id: string, version: number) =>
    ask<{ version: number }>("PUT", `/api/flows/${one(id)}/live`, { version }),
  numbers: () => ask<{ items: readonly NumberInfo[] }>("GET", "/api/numbers"),
  setNumber: (number: string, flowId: string | null) =>
    ask<NumberInfo>("PUT", `/api/numbers/${one(number)}`, { flowId }),
  calls: (filter: { flow?: string | undefined; cursor?: string | null; limit?: number }) =>
    ask<Page<CallSummary>>("GET", `/api/calls${query(filter)}`),
  call: (id: string) => ask<CallDetail>("GET", `/api/calls/${one(id)}`),
  trace: (id: string, after: number) =>
    ask<{ items: readonly TraceEntry[]; next: number | null }>(
      "GET",
      `/api/calls/${one(id)}/trace${query({ after })}`,
    ),
  phoneCall: (to: string) => ask<{ id: string; callSid: string }>("POST", "/api/phone/calls", { to }),
  phone: (id: string, what: "keys" | "speech" | "spoken" | "hang-up", body: object = {}) =>
    ask<unknown>("POST", `/api/phone/calls/${one(id)}/${what}`, body),
} as const;

/** Every entry of a call's trace, page after page. */
export async function wholeTrace(id: string): Promise<Answer<readonly TraceEntry[]>> {
  const entries: TraceEntry[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Answer<{ items: readonly TraceEntry[]; next: number | null }> = await api.trace(id, after);
    if (!page.ok) return page;
    entries.push(...page.value.items);
    after = page.value.next;
  }
  return { ok: true, value: entries };
}
