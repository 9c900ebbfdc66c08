/**
 * What runs beside a call's document (protocol 5, Start): transcriptions and streams. Each ends by Stop, by REST or with its call, and says so
 * to its callback.
 */
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { SiprecNoun, StreamNoun, TranscriptionNoun } from "../twiml/document.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Sockets } from "../webhooks/web-socket.ts";
import type { Address, Call } from "./call.ts";
import { speechMs } from "./line.ts";
import type { Stage } from "./stage.ts";
import { openStream } from "./stream.ts";

export interface Background {
  readonly sid: string;
  readonly kind: "stream" | "transcription";
  readonly name: string;
  readonly call: Call;
  status: "in-progress" | "stopped";
  updatedAt: number;
  /** Of a stream: how many tracks it has, and why it came to nothing. */
  tracks: number;
  failure: { readonly code: number; readonly message: string } | null;
  /** Fires when it has stopped. */
  readonly stopped: AbortSignal;
  stop(): void;
}

export interface Backgrounds {
  transcribe(stage: Stage, noun: Resolved<TranscriptionNoun>): Background;
  /** `twoWay`: the application is heard too. */
  stream(stage: Stage, noun: Resolved<StreamNoun>, twoWay?: boolean): Background;
  /** Tells that it came to nothing: this carrier knows no connectors. */
  siprec(stage: Stage, noun: Resolved<SiprecNoun>): void;
  /** Of a call, by SID or name; the newest of the kind when `key` is null. */
  find(callSid: string, kind: Background["kind"], key: string | null): Background | undefined;
}

/** A noun whose callback has been resolved. */
export type Resolved<Noun> = Omit<Noun, "statusCallback"> & { readonly statusCallback: Address | null };

export function createBackgrounds(parts: {
  readonly random: Random;
  readonly inform: Inform;
  readonly sockets: Sockets;
}): Backgrounds {
  const running = new Map<string, Background[]>();
  const begin = (
    stage: Stage,
    kind: Background["kind"],
    name: string | null,
    ends: () => void,
  ): Background => {
    const { call, clock, over } = stage;
    const sid = makeSid(kind === "stream" ? "MZ" : "GT", parts.random);
    const stopped = new AbortController();
    const one: Background = {
      sid,
      kind,
      call,
      name: name ?? sid,
      status: "in-progress",
      updatedAt: clock.now(),
      tracks: 0,
      failure: null,
      stopped: stopped.signal,
      stop() {
        if (one.status === "stopped") return;
        one.status = "stopped";
        one.updatedAt = clock.now();
        ends();
        stopped.abort();
      },
    };
    running.set(call.sid, [...(running.get(call.sid) ?? []), one]);
    const callOver = () => {
      one.stop();
      running.delete(call.sid);
    };
    if (over.aborted) callOver();
    else over.addEventListener("abort", callOver);
    return one;
  };
  const tell = (one: Background, address: Address | null, parameters: Parameters) => {
    if (address === null) return;
    const about: Parameters = [
      ["AccountSid", one.call.accountSid],
      ["CallSid", one.call.sid],
    ];
    parts.inform({ about: one.kind, sid: one.call.sid, address, parameters: [...about, ...parameters] });
  };
  return {
    find: (callSid, kind, key) =>
      running
        .get(callSid)
        ?.findLast(
          (one) =>
            one.kind === kind &&
            one.status === "in-progress" &&
            (key === null || one.sid === key || one.name === key),
        ),
    siprec({ call, clock, alerts }, { name, connector, statusCallback }) {
      const code = 31_940;
      const message = `Stream - Invalid connectorName attribute in TwiML: this carrier has no SIPREC connector ${connector}`;
      alerts.add({ level: "error", code, message, callSid: call.sid });
      if (statusCallback === null) return;
      const sid = makeSid("SR", parts.random);
      parts.inform({
        about: "stream",
        sid: call.sid,
        address: statusCallback,
        parameters: [
          ["AccountSid", call.accountSid],
          ["CallSid", call.sid],
          ["SiprecSid", sid],
          ["SiprecName", name ?? sid],
          ["SiprecEvent", "siprec-error"],
          ["SiprecError", message],
          ["SiprecErrorCode", String(code)],
          ["Timestamp", new Date(clock.now()).toISOString()],
        ],
      });
    },
    transcribe(stage, noun) {
      const { clock, line } = stage;
      let sequence = 0;
      const say = (event: string, more: Parameters) =>
        tell(one, noun.statusCallback, [
          ["TranscriptionSid", one.sid],
          ["Timestamp", new Date(clock.now()).toISOString()],
          ["SequenceId", String(++sequence)],
          ["TranscriptionEvent", `transcription-${event}`],
          ...more,
        ]);
      const content = (track: string, transcript: string, final: boolean, confidence: number) =>
        say("content", [
          ["LanguageCode", noun.language],
          ["Track", track],
          ["TranscriptionData", JSON.stringify(final ? { transcript, confidence } : { transcript })],
          ["Final", String(final)],
          ...(noun.partialResults ? ([["Stability", final ? "1.0" : "0.9"]] as const) : []),
        ]);
      const heard = (track: string, words: string, ms: number, confidence: number) => {
        if (noun.track !== "both_tracks" && noun.track !== track) return;
        const unlessOver = (run: () => void) => () => {
          if (one.status === "in-progress") run();
        };
        const half = words.slice(0, words.indexOf(" ", words.length / 2) + 1 || words.length).trim();
        if (noun.partialResults)
          clock.after(
            ms / 2,
            unlessOver(() => content(track, half, false, confidence)),
          );
        clock.after(
          ms,
          unlessOver(() => content(track, words, true, confidence)),
        );
      };
      const unlisten = line.listen({
        speech: (input) => heard("inbound_track", input.text, speechMs(input), input.confidence ?? 0.9),
        told: (ms, words) => {
          if (words) heard("outbound_track", words, ms, 0.99);
        },
      });
      const one = begin(stage, "transcription", noun.name, () => {
        unlisten();
        say("stopped", []);
      });
      say("started", [
        ["ProviderConfiguration", "{}"],
        ["TranscriptionEngine", noun.engine],
        ["Name", one.name],
        ["Track", noun.track],
        ["InboundTrackLabel", noun.inboundLabel ?? ""],
        ["OutboundTrackLabel", noun.outboundLabel ?? ""],
        ["PartialResults", String(noun.partialResults)],
        ["LanguageCode", noun.language],
      ]);
      return one;
    },
    stream(stage, noun, twoWay = false) {
      const { clock, call } = stage;
      const complain = (level: "error" | "warning", code: number | null, message: string) =>
        stage.alerts.add({ level, code, message, callSid: call.sid, url: noun.url });
      const say = (event: string, more: Parameters = []) =>
        tell(one, noun.statusCallback, [
          ["StreamSid", one.sid],
          ["StreamName", one.name],
          ["StreamEvent", `stream-${event}`],
          ["Timestamp", new Date(clock.now()).toISOString()],
          ...more,
        ]);
      let close = () => {};
      const one = begin(stage, "stream", noun.name, () => {
        close();
        if (one.failure === null) say("stopped");
      });
      one.tracks = noun.track === "both_tracks" ? 2 : 1;
      const failed = (code: number, message: string) => {
        one.failure = { code, message };
        complain("error", code, message);
        say("error", [["StreamError", message]]);
        one.stop();
      };
      const streamed = (running.get(call.sid) ?? []).reduce(
        (sum, { status, tracks }) => sum + (status === "in-progress" ? tracks : 0),
        0,
      );
      // Twilio, <Stream>: its URL takes no query string; what is written there does not arrive.
      const url = noun.url.replace(/[?#].*$/s, "");
      if (noun.url.includes("?"))
        complain(
          "warning",
          null,
          "the URL of a Stream takes no query string: it is left out, expected <Parameter>",
        );
      const parameters = Object.entries(noun.parameters).filter(
        ([name, value]) => name.length + value.length <= limits.streamParameterCharacters,
      );
      if (parameters.length < Object.keys(noun.parameters).length) {
        const most = limits.streamParameterCharacters;
        complain(
          "warning",
          null,
          `expected at most ${most} characters of a Stream's Parameter: a longer one is left out`,
        );
      }
      if (streamed > limits.streamTracks)
        failed(31_960, `Stream - Quota exceeded: expected at most ${limits.streamTracks} tracks of a call`);
      else
        close = openStream(
          stage,
          parts.sockets,
          { ...noun, sid: one.sid, url, twoWay, parameters: Object.fromEntries(parameters) },
          { started: () => say("started"), failed, left: () => one.stop() },
        );
      return one;
    },
  };
}
