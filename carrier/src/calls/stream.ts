/**
 * A media stream (protocol 5, Stream): a WebSocket over which an application hears a call, 20 ms at a time, and over a two-way one speaks.
 *
 * Life cycle: `openStream` opens the socket and sends `connected` and `start`; then every 20 ms the samples of each track; `close` sends
 * `stop`. It is over once, whoever ends it: the application by closing the socket, the call, a Stop, REST.
 * Frames are made only while a stream is open. Of one frame all messages are followed by one ping, so that in virtual time an application
 * has answered before the next.
 */
import type { AlertLog } from "../alerts.ts";
import type { Cancel } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import { mixInto, openEar, type Track } from "../media/ear.ts";
import { toMulaw } from "../media/mulaw.ts";
import { samplesIn } from "../media/sound.ts";
import type { StreamNoun } from "../twiml/document.ts";
import type { Socket, Sockets, Unopened } from "../webhooks/web-socket.ts";
import type { Stage } from "./stage.ts";
import { readStreamMessage } from "./stream-message.ts";
import { createPlayback } from "./stream-playback.ts";

const frameMs = 20;
const frameSamples = samplesIn(frameMs);

export interface StreamRequest extends Pick<StreamNoun, "url" | "track" | "parameters"> {
  readonly sid: string;
  /** The application is heard, and told of keys. */
  readonly twoWay: boolean;
}

export interface StreamEvents {
  started(): void;
  failed(code: number, message: string): void;
  /** The application has closed the socket. */
  left(): void;
}

/** The answer ends it, once; it says nothing of its own end to `events`. */
export function openStream(
  stage: Stage,
  sockets: Sockets,
  request: StreamRequest,
  events: StreamEvents,
): () => void {
  let live: { close(): void; message(text: string): void } | null = null;
  let over = false;
  const complain = complaints(stage.alerts, stage.call.sid, request.url);
  void sockets
    .open(request.url, {
      message: (text) => live?.message(text),
      closed() {
        if (over) return;
        over = true;
        live?.close();
        events.left();
      },
    })
    .then((opened) => {
      if (!opened.ok) {
        const [code, title] = unopened[opened.why];
        if (!over) events.failed(code, `Stream - WebSocket - ${title}: ${opened.message}`);
        over = true;
      } else if (over) opened.socket.close(1000);
      else {
        live = converse(stage, request, opened.socket, complain);
        events.started();
      }
    });
  return () => {
    if (over) return;
    over = true;
    live?.close();
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

/** Reports what is wrong with messages, the first few times: a flood of them is not to wash everything else away. */
function complaints(alerts: AlertLog, callSid: string, url: string) {
  let left: number = limits.wrongMessages;
  return (code: number, message: string) => {
    if (left-- > 0) alerts.add({ level: "warning", code, message, callSid, url });
  };
}

function converse(
  stage: Stage,
  request: StreamRequest,
  socket: Socket,
  complain: (code: number, message: string) => void,
) {
  const { clock, line, call } = stage;
  const { sid, twoWay, track } = request;
  const tracks: readonly Track[] =
    track === "both_tracks" ? ["inbound", "outbound"] : [track === "inbound_track" ? "inbound" : "outbound"];
  let sequence = 0;
  const numbered = (message: object) => ({ ...message, sequenceNumber: String(++sequence), streamSid: sid });
  const { accountSid, sid: callSid } = call;
  socket.send(
    { event: "connected", protocol: "Call", version: "1.0.0" },
    numbered({
      event: "start",
      start: {
        accountSid,
        callSid,
        streamSid: sid,
        tracks,
        customParameters: request.parameters,
        mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 },
      },
    }),
  );
  const openedAt = clock.now();
  const ear = openEar(clock, line, tracks, limits.streamStretches);
  const playback = createPlayback(line, (name) => socket.send(numbered({ event: "mark", mark: { name } })));
  const unlisten = twoWay
    ? line.listen({
        key: (digit) => socket.send(numbered({ event: "dtmf", dtmf: { track: "inbound_track", digit } })),
      })
    : () => {};
  let frames = 0;
  let next: Cancel = () => {};
  /** Messages of the application in this frame. */
  let messages = 0;
  const frameOf = (one: Track) => {
    const mixed = new Int32Array(frameSamples);
    mixInto(mixed, ear.stretches, one, frames * frameSamples);
    const payload = Buffer.from(Uint8Array.from(mixed, toMulaw)).toString("base64");
    const media = { track: one, chunk: String(frames + 1), timestamp: String(frames * frameMs), payload };
    return numbered({ event: "media", media });
  };
  const pump = () => {
    // After a late timer several frames are due.
    for (; (frames + 1) * frameMs <= clock.now() - openedAt; frames++) {
      if (socket.backlog() > limits.socketMessageBytes)
        complain(31_931, "Stream - Media - Media Discarded: the application does not read what it is sent");
      else socket.send(...tracks.map(frameOf));
      playback.play(frameSamples, frameMs);
    }
    ear.forget(clock.now() - openedAt);
  };
  const tick = () => {
    pump();
    messages = 0;
    next = clock.after(openedAt + (frames + 1) * frameMs - clock.now(), tick);
  };
  next = clock.after(frameMs, tick);
  return {
    close() {
      pump();
      next();
      unlisten();
      ear.close();
      playback.close();
      socket.send(numbered({ event: "stop", stop: { accountSid, callSid } }));
      socket.close(1000);
    },
    message(text: string) {
      if (++messages > limits.streamMessagesPerFrame)
        return complain(
          31_931,
          `Stream - Media - Media Discarded: more than ${limits.streamMessagesPerFrame} messages in ${frameMs} ms`,
        );
      const message = readStreamMessage(text, sid);
      if ("code" in message) return complain(message.code, message.message);
      if (!twoWay)
        return complain(
          31_951,
          "Stream - Protocol - Invalid Message: expected none over a stream that is not two-way",
        );
      if (message.event === "clear") playback.clear();
      else if (message.event === "mark") playback.mark(message.name);
      else if (!playback.add(message.samples))
        complain(
          31_930,
          `Stream - Media - Buffer Overflow: over ${limits.streamBufferSamples / 8000} s wait to be heard`,
        );
    },
  };
}
