/**
 * Media by their URL: fetched, judged by their content type, measured and, where they can be read, decoded.
 * Doorway: `createLibrary`, then `get`. Never rejects. Everything wrong goes to the alert log; what cannot be played is null, and its verb is
 * skipped. Media on a host that may not be asked, and those whose length cannot be read, are taken to last `mediaMs`: real-world documents
 * run on a machine without a network.
 */
import type { AlertLog } from "../alerts.ts";
import { limits } from "../limits.ts";
import type { Sender } from "../webhooks/send.ts";
import { allowedTarget } from "../webhooks/targets.ts";
import { music } from "./music.ts";
import { readAudio } from "./read-audio.ts";
import { type Sound, samples } from "./sound.ts";

export interface Playable {
  readonly ms: number;
  readonly sound: Sound;
}

/** Media that came as the answer to a request for TwiML. */
export interface Answered {
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface Asked {
  readonly callSid: string;
  /** What a wrong content type is reported as: 13420, in a Gather 13325. */
  readonly wrongType: 13420 | 13325;
  readonly answered?: Answered;
}

export interface Library {
  get(url: string, asked: Asked): Promise<Playable | null>;
}

/** What Twilio plays (its page on `<Play>`, "Supported audio file types"), and the registered name of μ-law (RFC 2046). */
const playable = new Set([
  "audio/mpeg",
  "audio/wav",
  "audio/wave",
  "audio/x-wav",
  "audio/aiff",
  "audio/x-aifc",
  "audio/x-aiff",
  "audio/x-gsm",
  "audio/gsm",
  "audio/ulaw",
  "audio/basic",
]);

export function createLibrary(parts: {
  /** Null: nothing is fetched, everything lasts `mediaMs`. */
  readonly sender: Sender | null;
  readonly alerts: AlertLog;
  readonly allowedHosts: ReadonlySet<string>;
  readonly mediaMs: number;
}): Library {
  const unread: Playable = { ms: parts.mediaMs, sound: music };
  /** The same bytes, from a cache, are decoded once. */
  const decoded = new WeakMap<Uint8Array, Playable>();
  return {
    async get(url, { callSid, wrongType, answered }) {
      const complain = (level: "error" | "warning", code: number | null, message: string) =>
        parts.alerts.add({ level, code, message, callSid, url });
      const { sender } = parts;
      if (!answered && sender === null) return unread;
      if (!answered && allowedTarget(url, parts.allowedHosts).ok === false && isWeb(url)) {
        const { hostname } = new URL(url);
        const message = `media of ${hostname} are not fetched: this carrier asks only this machine, unless started with --allow-host ${hostname}; taken to last ${parts.mediaMs / 1000} s`;
        complain("warning", null, message);
        return unread;
      }
      const found = answered ?? (await fetched(sender!, url, callSid));
      if ("code" in found) {
        complain("error", found.code, found.message);
        return null;
      }
      const { contentType, body } = found;
      if (!playable.has(contentType)) {
        const where = wrongType === 13325 ? "Gather->Play" : "Play";
        complain(
          "error",
          wrongType,
          `${where}: Invalid Content-Type: expected audio, found ${contentType || "none"}`,
        );
        return null;
      }
      const known = decoded.get(body);
      if (known) return known;
      const audio = readAudio(Buffer.from(body.buffer, body.byteOffset, body.byteLength), contentType);
      if (!audio || !(audio.ms <= limits.callMs)) {
        complain(
          "warning",
          null,
          `the length of these media cannot be read: taken to last ${parts.mediaMs / 1000} s`,
        );
        return unread;
      }
      const playing = {
        ms: Math.round(audio.ms),
        sound: audio.samples ? samples(audio.samples) : music,
      };
      decoded.set(body, playing);
      return playing;
    },
  };
}

const isWeb = (url: string) => /^https?:$/.test(URL.parse(url)?.protocol ?? "");

/** By GET, without the call's parameters (protocol 2). */
async function fetched(sender: Sender, url: string, callSid: string) {
  const request = { url, method: "GET", parameters: [], callSid, controlsCall: false, media: true } as const;
  const answer = await sender.send(request);
  // Whoever asks for media is answered with bytes.
  return answer.ok ? { contentType: answer.contentType, body: answer.media! } : answer;
}
