/**
 * What runs beside a call's document (protocol 5, Start): transcriptions and streams. Each ends by Stop, by REST or with its call, and says so
 * to its callback.
 */
import { makeSid, type Random } from "../ids.ts";
import type { StreamNoun, TranscriptionNoun } from "../twiml/document.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Sockets, Unopened } from "../webhooks/web-socket.ts";
import type { Address, Call } from "./call.ts";
import { speechMs } from "./line.ts";
import type { Stage } from "./stage.ts";

export interface Background {
  readonly sid: string;
  readonly kind: "stream" | "transcription";
  readonly name: string;
  readonly call: Call;
  status: "in-progress" | "stopped";
  updatedAt: number;
  stop(): void;
}

export interface Backgrounds {
  transcribe(stage: Stage, noun: Resolved<TranscriptionNoun>): Background;
  stream(stage: Stage, noun: Resolved<StreamNoun>): Background;
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
    const one: Background = {
      sid,
      kind,
      call,
      name: name ?? sid,
      status: "in-progress",
      updatedAt: clock.now(),
      stop() {
        if (one.status === "stopped") return;
        one.status = "stopped";
        one.updatedAt = clock.now();
        ends();
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
    stream(stage, noun) {
      const { clock, line, call } = stage;
      let sequence = 0;
      let close = () => {};
      const say = (event: string, more: Parameters = []) =>
        tell(one, noun.statusCallback, [
          ["StreamSid", one.sid],
          ["StreamName", one.name],
          ["StreamEvent", `stream-${event}`],
          ["Timestamp", new Date(clock.now()).toISOString()],
          ...more,
        ]);
      let failed = false;
      const one = begin(stage, "stream", noun.name, () => {
        close();
        if (!failed) say("stopped");
      });
      void parts.sockets.open(noun.url, { message() {}, closed: () => one.stop() }).then((opened) => {
        if (!opened.ok) {
          const [code, title] = unopened[opened.why];
          const message = `Stream - WebSocket - ${title}: ${opened.message}`;
          stage.alerts.add({ level: "error", code, message, callSid: call.sid, url: noun.url });
          say("error", [["StreamError", message]]);
          failed = true;
          return one.stop();
        }
        const { socket } = opened;
        const send = (message: object) =>
          socket.send({ ...message, sequenceNumber: String(++sequence), streamSid: one.sid });
        if (one.status === "stopped") return socket.close(1000);
        socket.send({ event: "connected", protocol: "Call", version: "1.0.0" });
        send({
          event: "start",
          start: {
            accountSid: call.accountSid,
            callSid: call.sid,
            streamSid: one.sid,
            tracks:
              noun.track === "both_tracks" ? ["inbound", "outbound"] : [noun.track.replace("_track", "")],
            customParameters: noun.parameters,
            mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
          },
        });
        const unlisten = line.listen({
          key: (digit) => send({ event: "dtmf", dtmf: { track: "inbound_track", digit } }),
        });
        close = () => {
          unlisten();
          send({ event: "stop", stop: { accountSid: call.accountSid, callSid: call.sid } });
          socket.close(1000);
        };
        say("started");
      });
      return one;
    },
  };
}

/** Why a stream has no socket (Twilio's error dictionary, 319xx). */
const unopened: Readonly<Record<Unopened, readonly [code: number, title: string]>> = {
  url: [31923, "Malformed URL"],
  scheme: [31922, "URL Schema Not Supported"],
  host: [31904, "Host Unreachable"],
  refused: [31902, "Connection Refused"],
  timeout: [31901, "Connection Timeout"],
  tls: [31910, "SSL Protocol Error"],
  handshake: [31920, "Handshake Error"],
};
