/**
 * The tokens of a turn, and what is said of them once the last is there (Twilio, ConversationRelay WebSocket messages).
 *
 * Where the documents leave a choice: what the last token that says so says about interrupting holds for the whole turn.
 */
import type { RelayNoun } from "../twiml/document.ts";
import { estimatedSpeechMs, type Spoken, spokenBy } from "../twiml/speech.ts";
import { readXml } from "../twiml/xml.ts";
import type { Line } from "./line.ts";
import type { RelayMessage } from "./relay-message.ts";
import type { Utterance } from "./relay-voice.ts";

type TextMessage = Extract<RelayMessage, { readonly type: "text" }>;
type Kind = Pick<Utterance, "interruptible" | "preemptible">;

export function createTurn(line: Line, noun: RelayNoun) {
  let pieces: { text: string; readonly language: string }[] = [];
  let kind: Kind = noun;
  const utterance = (words: string, language: string, { interruptible, preemptible }: Kind): Utterance => {
    const { text, estimatedMs } = spoken(words);
    const voice = noun.languages.find(({ code }) => code === language)?.voice ?? noun.voice;
    const say = { kind: "say", text, voice, language, loop: 1, estimatedMs } as const;
    return {
      interruptible,
      preemptible,
      kind: "text",
      text,
      estimatedMs,
      play: (cut) => line.say(say, cut),
    };
  };
  return {
    utterance,
    /** What is to be said now: nothing before the last token; one utterance for each language it is in. */
    add({ token, last, lang, interruptible, preemptible }: TextMessage, language: string): Utterance[] {
      kind = {
        interruptible: interruptible ?? kind.interruptible,
        preemptible: preemptible ?? kind.preemptible,
      };
      const before = pieces.at(-1);
      const own = lang ?? language;
      if (before?.language === own || (before && token.trim() === "")) before.text += token;
      else if (token.trim() !== "") pieces.push({ text: token, language: own });
      if (!last) return [];
      const said = pieces.map((piece) => utterance(piece.text.trim(), piece.language, kind));
      pieces = [];
      kind = noun;
      return said.filter(({ text }) => text !== "");
    },
  };
}

/** SSML in a token is passed on; what is no XML is said as it is. */
function spoken(text: string): Spoken {
  const reading = text.includes("<") ? readXml(`<speak>${text}</speak>`) : null;
  return reading?.ok ? spokenBy(reading.root) : { text, estimatedMs: estimatedSpeechMs(text) };
}
