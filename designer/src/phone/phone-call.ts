/**
 * One call from the browser's telephone: the carrier's stream of what the phone hears, the voice that speaks it, and
 * the runtime's stream of where the call is in the flow. Life: `startPhoneCall` → `press`, `say`… → ends by itself or
 * by `hangUp` → `close`. Holds no React; the state is an immutable value behind a subscribe store.
 */
import type { TraceEntry } from "@trunkline/schema/call";
import { api, wholeTrace } from "../api.ts";
import { openLive } from "../live.ts";
import { hasVoices, type Spoken, speak } from "./voice.ts";

export interface PhoneLine {
  readonly who: "flow" | "caller" | "line";
  readonly text: string;
}

export interface PhoneState {
  readonly number: string;
  readonly stage: "dialling" | "ringing" | "answered" | "ended" | "failed";
  readonly lines: readonly PhoneLine[];
  /** What the phone listens for; null while it does not. */
  readonly listening: readonly string[] | null;
  readonly answeredAt: number | null;
  /** The runtime's call, once it is known. */
  readonly callId: string | null;
  readonly flowId: string | null;
  readonly version: number | null;
  readonly trace: readonly TraceEntry[];
  readonly currentNode: string | null;
  /** Titles of the nodes by id, once the call is over. */
  readonly titles: { readonly [node: string]: string };
  readonly muted: boolean;
}

export interface PhoneCall {
  state(): PhoneState;
  subscribe(listener: () => void): () => void;
  press(key: string): void;
  say(text: string): void;
  hangUp(): void;
  mute(muted: boolean): void;
  close(): void;
}

type PhoneEvent =
  | { type: "ringing" | "answered" | "stop-speaking" | "not-listening" }
  | { type: "say"; utterance: number; text: string; language: string; estimatedMs: number }
  | { type: "listening"; input: readonly string[] }
  | { type: "paused"; seconds: number }
  | { type: "error"; code: number | null; message: string }
  | { type: "ended"; reason: string; by: string; seconds: number };

export function startPhoneCall(number: string, muted: boolean): PhoneCall {
  let state: PhoneState = {
    number,
    stage: "dialling",
    lines: [{ who: "line", text: `Calling ${number}` }],
    listening: null,
    answeredAt: null,
    callId: null,
    flowId: null,
    version: null,
    trace: [],
    currentNode: null,
    titles: {},
    muted,
  };
  const startedAt = Date.now();
  const listeners = new Set<() => void>();
  let phoneId: string | null = null;
  let stream: EventSource | null = null;
  let spoken: Spoken | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const become = (change: Partial<PhoneState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const line = (who: PhoneLine["who"], text: string) => become({ lines: [...state.lines, { who, text }] });
  const fail = (sentence: string) => {
    line("line", sentence);
    become({ stage: "failed", listening: null, currentNode: null });
  };
  const silence = () => {
    spoken?.stop();
    spoken = null;
    clearTimeout(timer);
  };
  const hear = (event: PhoneEvent) => {
    switch (event.type) {
      case "ringing":
        return become({ stage: "ringing" });
      case "answered":
        line("line", "Answered");
        return become({ stage: "answered", answeredAt: Date.now() });
      case "say": {
        line("flow", event.text);
        const { utterance } = event;
        const done = () => {
          if (phoneId && state.stage === "answered") void api.phone(phoneId, "spoken", { utterance });
        };
        silence();
        if (state.muted || !hasVoices()) timer = setTimeout(done, event.estimatedMs);
        else spoken = speak(event.text, event.language, done);
        return;
      }
      case "stop-speaking":
        return silence();
      case "listening":
        return become({ listening: event.input });
      case "not-listening":
        return become({ listening: null });
      case "paused":
        return line("line", `Silence for ${event.seconds} s`);
      case "error":
        return line("line", `${event.message}${event.code === null ? "" : ` (${event.code})`}`);
      case "ended":
        silence();
        stream?.close();
        line("line", event.by === "caller" ? "You hung up" : "The call ended");
        return become({ stage: "ended", listening: null, currentNode: null });
    }
  };

  const refetch = async () => {
    if (!state.callId) return;
    const trace = await wholeTrace(state.callId);
    if (trace.ok && trace.value.length > state.trace.length) become({ trace: trace.value });
  };
  const learnTitles = async (id: string) => {
    const answer = await api.call(id);
    if (!answer.ok) return;
    become({
      titles: Object.fromEntries(
        Object.entries(answer.value.document.nodes).map(([node, one]) => [node, one.title]),
      ),
    });
  };
  // The first call to this number that begins now is ours: the built-in line has no other callers.
  const closeLive = openLive(null, {
    onCall(call) {
      const ours =
        call.id === state.callId ||
        (state.callId === null && call.to === number && call.startedAt >= startedAt - 5000);
      if (!ours) return;
      const first = state.callId === null;
      become({
        callId: call.id,
        flowId: call.flowId,
        version: call.version,
        currentNode: call.status === "live" && state.stage !== "ended" ? call.currentNode : null,
      });
      if (first || call.status === "ended") void refetch();
      if (call.status === "ended") void learnTitles(call.id);
    },
    onTrace(callId, entry) {
      if (callId !== state.callId || state.trace.some((one) => one.seq === entry.seq)) return;
      become({ trace: [...state.trace, entry].sort((a, b) => a.seq - b.seq) });
    },
    onReconnect: () => void refetch(),
  });
  void api.phoneCall(number).then((answer) => {
    if (!answer.ok) return fail(answer.fault.sentence);
    phoneId = answer.value.id;
    stream = new EventSource(`/api/phone/calls/${encodeURIComponent(phoneId)}/events`);
    stream.onmessage = (message) => hear(JSON.parse(message.data));
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press(key) {
      if (!phoneId || state.stage !== "answered") return;
      line("caller", `pressed ${key}`);
      void api.phone(phoneId, "keys", { digits: key });
    },
    say(text) {
      if (!phoneId || state.stage !== "answered") return;
      line("caller", `said “${text}”`);
      void api.phone(phoneId, "speech", { text });
    },
    hangUp() {
      silence();
      if (phoneId && state.stage !== "ended") void api.phone(phoneId, "hang-up");
    },
    mute: (next) => become({ muted: next }),
    close() {
      silence();
      stream?.close();
      closeLive();
    },
  };
}
