/**
 * The conversation of a relay session (protocol 5; Twilio, ConversationRelay WebSocket messages): what the person does becomes
 * messages, what the application writes is performed.
 *
 * Where the documents leave a choice: `end` cuts short what is being said. `info` messages are as applications of Twilio's own
 * staff and logs of live calls have them: their names are documented, their form is not.
 */
import { limits } from "../limits.ts";
import type { RelayEvent, RelayNoun } from "../twiml/document.ts";
import type { Socket } from "../webhooks/web-socket.ts";
import { orStopped } from "./or-stopped.ts";
import { createEar, hasPartials } from "./relay-ear.ts";
import { type RelayMessage, readRelayMessage } from "./relay-message.ts";
import { createTurn } from "./relay-turn.ts";
import { createVoice, type Utterance } from "./relay-voice.ts";
import type { Stage } from "./stage.ts";

type Input = "speech" | "dtmf";
const covers = (which: RelayNoun["interruptible"], input: Input) => which === "any" || which === input;

/** Characters of a wrong message that are told back. */
const toldBack = 1000;

type Over =
  | { readonly how: "end"; readonly handoffData: string | null }
  | { readonly how: "stopped" }
  | { readonly how: "lost"; readonly message: string };

export function converse({ call, clock, line, stop, alerts, media }: Stage, noun: RelayNoun) {
  const over = Promise.withResolvers<Over>();
  let socket: Socket | null = null;
  let wrong = 0;
  let { language, ttsLanguage } = noun;
  const warn = (code: number | null, message: string) =>
    alerts.add({ level: "warning", code, message, callSid: call.sid, url: noun.url });
  const inform = (event: RelayEvent, name: string, value: string) => {
    if (noun.events.includes(event)) socket?.send({ type: "info", name, value });
  };
  const voice = createVoice(clock, stop, {
    agentSpeaking: (value) => inform("speaker-events", "agentSpeaking", value),
    tokensPlayed: (text) => inform("tokens-played", "tokensPlayed", text),
  });
  const say = (...turn: readonly Utterance[]) => {
    if (!voice.add(...turn))
      warn(null, `ConversationRelay: more than ${limits.relayQueue} utterances wait to be heard: left out`);
  };
  const turn = createTurn(line, noun);
  const perform = (message: RelayMessage) => {
    switch (message.type) {
      case "text":
        return say(...turn.add(message, ttsLanguage));
      case "play":
        return say({
          interruptible: message.interruptible ?? noun.interruptible,
          preemptible: message.preemptible ?? false,
          kind: "media",
          text: "",
          estimatedMs: 0,
          async play(cut) {
            const asked = { callSid: call.sid, wrongType: 13420 } as const;
            const playable = await orStopped(media.get(message.source, asked), cut);
            if (playable === null) return;
            const rounds = message.loop === 0 ? limits.loops : Math.min(message.loop, limits.loops);
            for (let round = 0; round < rounds && !cut.aborted; round++)
              await line.play({ url: message.source, digits: null }, cut, playable);
          },
        });
      case "sendDigits":
        return say({
          interruptible: noun.interruptible,
          preemptible: false,
          kind: "keys",
          text: "",
          estimatedMs: 0,
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
  const refuse = (text: string, problem: string) => {
    warn(64107, `ConversationRelay: invalid message received: ${problem}`);
    socket?.send({ type: "error", description: `Invalid message received: ${text.slice(0, toldBack)}` });
    if (++wrong < limits.wrongMessages) return;
    socket?.close(1007, "Too many consecutive malformed messages.");
    over.resolve({
      how: "lost",
      message: `ConversationRelay: WebSocket ended: ${wrong} invalid messages in a row`,
    });
  };
  /** True if the input counts: nothing was being said, it interrupts, or it is reported all the same. */
  const counts = (input: Input): boolean => {
    const saying = voice.saying();
    if (!saying) return true;
    if (!covers(saying.what.interruptible, input)) return covers(noun.reportInput, input);
    voice.silence();
    socket?.send({
      type: "interrupt",
      utteranceUntilInterrupt: saying.heard,
      durationUntilInterruptMs: saying.ms,
    });
    return true;
  };
  const ear = createEar(clock, {
    clientSpeaking: (value) => inform("speaker-events", "clientSpeaking", value),
    counts: () => counts("speech"),
    recogniser() {
      const settings = noun.languages.find(({ code }) => code === language) ?? noun;
      const flux = hasPartials(settings.recogniser);
      // Flux judges the end of a turn by itself: to it the timeout is the longest silence.
      return { partial: noun.partialPrompts && flux, silenceMs: flux ? 0 : noun.silenceMs };
    },
    prompt(words, last) {
      // Who lets the language be detected is told the primary tag alone; everybody here is taken to speak English.
      const lang = language === "multi" ? "en" : language;
      socket?.send({ type: "prompt", voicePrompt: words, lang, last });
    },
  });
  const unlisten = line.listen({
    key(digit) {
      if (counts("dtmf") && noun.dtmf) socket?.send({ type: "dtmf", digit });
    },
    speech: ear.hear,
  });
  return {
    events: {
      message(text: string) {
        const message = readRelayMessage(text);
        if (typeof message === "string") return refuse(text, message);
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
      if (noun.greeting !== null) {
        const kind = { interruptible: noun.greetingInterruptible, preemptible: false };
        say(turn.utterance(noun.greeting, ttsLanguage, kind));
      }
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
      ear.close();
      voice.silence();
      if (!line.closed) line.person.notListening();
      opened.close(1000);
      return how;
    },
  };
}
