/**
 * `<Connect><ConversationRelay>` (protocol 5): the carrier hears and speaks, the application reads and writes, over one WebSocket.
 * Comes back when the session is over: the application sent `end`, the call ended, or the socket was lost.
 *
 * Where the documents leave a choice: a text is spoken when its last token is there; `end` cuts short what is being said.
 */
import type { Cancel } from "../clock/clock.ts";
import { makeSid } from "../ids.ts";
import { limits } from "../limits.ts";
import type { RelayNoun } from "../twiml/document.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Socket } from "../webhooks/web-socket.ts";
import { hasEnded } from "./call.ts";
import { speechMs } from "./line.ts";
import { orStopped } from "./or-stopped.ts";
import { type RelayMessage, readRelayMessage } from "./relay-message.ts";
import type { Stage } from "./stage.ts";

type Input = "speech" | "dtmf";
const covers = (which: RelayNoun["interruptible"], input: Input) => which === "any" || which === input;

interface Utterance {
  readonly interruptible: RelayNoun["interruptible"];
  readonly preemptible: boolean;
  /** "" when it is no speech. */
  readonly text: string;
  play(stop: AbortSignal): Promise<void>;
}

/** What the action is told. */
export async function relay(stage: Stage, noun: RelayNoun): Promise<Parameters> {
  const { call, clock, alerts } = stage;
  const sessionId = makeSid("VX", stage.random);
  const since = clock.now();
  const ended = (status: "ended" | "completed" | "failed", more: Parameters = []): Parameters => [
    ["SessionId", sessionId],
    ["SessionStatus", status],
    ["SessionDuration", String(Math.round((clock.now() - since) / 1000))],
    ...more,
  ];
  const session = converse(stage, noun);
  const opened = await stage.sockets.open(noun.url, session.events);
  if (!opened.ok) {
    const message = `ConversationRelay: unable to connect to the WebSocket URL: ${opened.message}`;
    alerts.add({ level: "error", code: 64102, message, callSid: call.sid, url: noun.url });
    return ended("failed", [
      ["ErrorCode", "39001"],
      ["ErrorMessage", message],
    ]);
  }
  opened.socket.send({
    type: "setup",
    sessionId,
    accountSid: call.accountSid,
    parentCallSid: call.parentCallSid ?? "",
    callSid: call.sid,
    from: call.from,
    to: call.to,
    forwardedFrom: call.forwardedFrom ?? "",
    callType: "PSTN",
    callerName: call.callerName ?? "",
    direction: call.direction,
    callStatus: call.status.toUpperCase(),
    customParameters: noun.parameters,
  });
  const over = await session.run(opened.socket);
  if (over.how === "end")
    return ended("ended", over.handoffData === null ? [] : [["HandoffData", over.handoffData]]);
  if (over.how === "stopped") return ended(hasEnded(call) ? "completed" : "ended");
  alerts.add({ level: "error", code: 64105, message: over.message, callSid: call.sid, url: noun.url });
  return ended("failed", [
    ["ErrorCode", "64105"],
    ["ErrorMessage", over.message],
  ]);
}

type Over =
  | { readonly how: "end"; readonly handoffData: string | null }
  | { readonly how: "stopped" }
  | { readonly how: "lost"; readonly message: string };

function converse({ call, clock, line, stop, alerts, media }: Stage, noun: RelayNoun) {
  const over = Promise.withResolvers<Over>();
  const queue: Utterance[] = [];
  let socket: Socket | null = null;
  let playing: { readonly what: Utterance; readonly cut: AbortController; readonly since: number } | null =
    null;
  let tokens = "";
  let wrong = 0;
  let { language, ttsLanguage } = noun;
  /** What the person has said since it was last silent. */
  let words: string[] = [];
  let quiet: Cancel = () => {};

  const next = () => {
    if (playing || stop.aborted) return;
    const what = queue.shift();
    if (!what) return;
    const cut = new AbortController();
    playing = { what, cut, since: clock.now() };
    void what.play(cut.signal).then(() => {
      playing = null;
      next();
    });
  };
  const enqueue = (what: Utterance) => {
    // What may be preempted gives way to what comes after it.
    while (queue.at(-1)?.preemptible) queue.pop();
    if (queue.length < limits.relayQueue) queue.push(what);
    if (playing?.what.preemptible) playing.cut.abort();
    next();
  };
  const speak = (text: string, more: Pick<Utterance, "interruptible" | "preemptible">) => {
    const estimatedMs = estimatedSpeechMs(text);
    const say = {
      kind: "say",
      text,
      voice: noun.voice,
      language: ttsLanguage,
      loop: 1,
      estimatedMs,
    } as const;
    enqueue({ ...more, text, play: (cut) => line.say(say, cut) });
  };
  const perform = (message: RelayMessage) => {
    const kind = {
      interruptible:
        "interruptible" in message && message.interruptible !== undefined
          ? message.interruptible
          : noun.interruptible,
      preemptible: ("preemptible" in message ? message.preemptible : undefined) ?? noun.preemptible,
    };
    switch (message.type) {
      case "text":
        tokens += message.token;
        if (!message.last) return;
        if (tokens.trim() !== "") speak(tokens.trim(), kind);
        tokens = "";
        return;
      case "play":
        return enqueue({
          ...kind,
          text: "",
          async play(cut) {
            const asked = { callSid: call.sid, wrongType: 13420 } as const;
            const playable = await orStopped(media.get(message.source, asked), cut);
            if (playable === null) return;
            const rounds = message.loop === 0 ? limits.loops : message.loop;
            for (let round = 0; round < rounds && !cut.aborted; round++)
              await line.play({ url: message.source, digits: null }, cut, playable);
          },
        });
      case "sendDigits":
        return enqueue({
          ...kind,
          text: "",
          play: (cut) => line.play({ url: null, digits: message.digits }, cut),
        });
      case "language":
        language = message.transcriptionLanguage ?? language;
        ttsLanguage = message.ttsLanguage ?? ttsLanguage;
        return;
      case "end":
        return over.resolve({ how: "end", handoffData: message.handoffData ?? null });
    }
  };
  const refuse = (problem: string) => {
    const message = `ConversationRelay: invalid message received: ${problem}`;
    alerts.add({ level: "warning", code: 64107, message, callSid: call.sid, url: noun.url });
    socket?.send({ type: "error", description: problem });
    if (++wrong < limits.wrongMessages) return;
    socket?.close(1007);
    over.resolve({
      how: "lost",
      message: `ConversationRelay: WebSocket ended: ${wrong} invalid messages in a row`,
    });
  };
  /** True if the input counts: nothing was being said, it interrupts, or it is reported all the same. */
  const counts = (input: Input): boolean => {
    if (!playing) return true;
    if (!covers(playing.what.interruptible, input)) return covers(noun.reportInput, input);
    const { what, since, cut } = playing;
    const ms = clock.now() - since;
    const share = what.text === "" ? 0 : Math.min(1, ms / estimatedSpeechMs(what.text));
    const utteranceUntilInterrupt = what.text.slice(0, Math.round(what.text.length * share));
    queue.length = 0;
    cut.abort();
    socket?.send({ type: "interrupt", utteranceUntilInterrupt, durationUntilInterruptMs: ms });
    return true;
  };
  const unlisten = line.listen({
    key(digit) {
      if (counts("dtmf") && noun.dtmf) socket?.send({ type: "dtmf", digit });
    },
    speech(input) {
      if (!counts("speech")) return;
      words.push(input.text);
      quiet();
      quiet = clock.after(speechMs(input), () => {
        socket?.send({ type: "prompt", voicePrompt: words.join(" "), lang: language, last: true });
        words = [];
      });
    },
  });
  return {
    events: {
      message(text: string) {
        const message = readRelayMessage(text);
        if (typeof message === "string") return refuse(message);
        wrong = 0;
        perform(message);
      },
      closed: (code: number | null) =>
        over.resolve({
          how: "lost",
          message: `ConversationRelay: WebSocket ended: it was closed with ${code ?? "no code"}`,
        }),
    },
    async run(opened: Socket): Promise<Over> {
      socket = opened;
      const stopped = () => over.resolve({ how: "stopped" });
      stop.addEventListener("abort", stopped);
      if (stop.aborted) stopped();
      if (noun.greeting !== null)
        speak(noun.greeting, { interruptible: noun.greetingInterruptible, preemptible: false });
      if (!line.closed)
        line.person.listening({
          input: ["dtmf", "speech"],
          numDigits: null,
          timeoutSeconds: 0,
          finishOnKey: "",
        });
      const how = await over.promise;
      stop.removeEventListener("abort", stopped);
      unlisten();
      quiet();
      queue.length = 0;
      playing?.cut.abort();
      if (!line.closed) line.person.notListening();
      opened.close(1000);
      return how;
    },
  };
}
