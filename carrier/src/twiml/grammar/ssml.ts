/** Marks within a Say (Twilio, text-to-speech: SSML; Amazon Polly's tags). */
import { element, type Table } from "./element.ts";
import { anyText, matching, word } from "./values.ts";

const within = "Say emphasis lang p prosody s";
const anywhere = `${within} w`;

export const ssml: Table = {
  break: element(anywhere, "no text", {
    strength: word("none x-weak weak medium strong x-strong"),
    time: matching(/^\s*(\d+(\.\d+)?|\.\d+)(ms|s)\s*$/i, "a time such as 500ms or 2s"),
  }),
  emphasis: element(anywhere, "text", { level: word("strong moderate reduced") }),
  lang: element(within, "text", {
    "xml:lang": word(
      "arb ar-AE ca-ES cmn-CN cy-GB da-DK de-DE de-AT en-AU en-GB en-GB-WLS en-IN en-NZ en-US en-ZA es-ES es-MX es-US fi-FI fr-CA fr-FR he-IL hi-IN is-IS it-IT ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sv-SE tr-TR yue-CN",
    ),
  }),
  p: element("Say lang prosody", "text"),
  phoneme: element(anywhere, "text", {
    alphabet: word("ipa x-sampa x-amazon-jyutping x-amazon-pinyin x-amazon-pron-kana x-amazon-yomigana"),
    ph: anyText,
  }),
  prosody: element(anywhere, "text", { pitch: anyText, rate: anyText, volume: anyText }),
  s: element("Say lang p prosody", "text"),
  "say-as": element(anywhere, "text", {
    format: word("mdy dmy ymd md dm ym my d m y yyyymmdd"),
    "interpret-as": word(
      "characters spell-out cardinal number ordinal digits fraction unit date time address expletive telephone",
    ),
  }),
  sub: element(anywhere, "text", { alias: anyText }),
  w: element(within, "text", { role: anyText }),
};
