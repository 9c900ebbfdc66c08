/** What happens in calls right now, pushed by the runtime. Open it, keep the returned function, call it to close. */
import type { TraceEntry } from "@trunkline/schema/call";
import type { CallSummary } from "./api.ts";

export interface LiveListener {
  onCall?(call: CallSummary): void;
  onTrace?(callId: string, entry: TraceEntry): void;
  /** The stream broke and is back: what was shown may be old, fetch it again. */
  onReconnect?(): void;
}

export function openLive(callId: string | null, listener: LiveListener): () => void {
  const source = new EventSource(callId ? `/api/live?call=${encodeURIComponent(callId)}` : "/api/live");
  let opened = false;
  source.addEventListener("open", () => {
    if (opened) listener.onReconnect?.();
    opened = true;
  });
  source.addEventListener("call", (event) => listener.onCall?.(JSON.parse(event.data)));
  source.addEventListener("trace", (event) => {
    const { callId: id, entry } = JSON.parse(event.data);
    listener.onTrace?.(id, entry);
  });
  return () => source.close();
}
