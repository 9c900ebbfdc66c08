/**
 * The voices a flow may name and the languages a caller may be heard in. Twilio, enumerations `SayVoice` and
 * `GatherLanguage` of twilio-node 6; which language an Amazon voice speaks: Amazon Polly, "Available voices".
 * Kept as short strings and read at the first question, for it travels to every browser.
 */

export type VoiceEngine = "basic" | "standard" | "wavenet" | "neural" | "chirp" | "generative";

export interface Voice {
  readonly provider: "google" | "amazon" | "twilio";
  /** BCP 47; null for a voice that speaks whatever language it is given. */
  readonly language: string | null;
  readonly engine: VoiceEngine;
}

/** What a voice speaks in a second, roughly: to judge how long a text is. */
export const charactersPerSecond = 15;

/** Names of Google's Chirp voices; a line of `google` names them by place, and all of them by none. */
const chirpNames = "Aoede Charon Fenrir Kore Leda Orus Puck Zephyr".split(" ");

/** A language, then its voices by family: C Chirp3-HD, N Neural2, S Standard, W Wavenet. */
const google = `
  af-ZA S:A
  am-ET S:AB W:AB
  ar-XA C: S:ABCD W:ABCD
  bg-BG S:AB
  bn-IN C: S:ABCD W:ABCD
  ca-ES S:AB
  cmn-CN C: S:ABCD W:ABCD
  cmn-TW S:ABC W:ABC
  cs-CZ S:AB W:AB
  da-DK N:DF S:ACDEFG W:ACDEFG
  de-DE C: N:ABCDFGH S:ABCDEFGH W:ABCDEFGH
  el-GR S:AB W:AB
  en-AU C: N:ABCD S:ABCD W:ABCD
  en-GB C: N:ABCDFNO S:ABCDFNO W:ABCDFNO
  en-IN C: N:ABCD S:ABCDEF W:ABCDEF
  en-US C: N:ACDEFGHIJ S:ABCDEFGHIJ W:ABCDEFGHIJ
  es-ES C: N:ABCDEFGH S:ABCDEFGH W:BCDEFGH
  es-US C: N:ABC S:ABC W:ABC
  eu-ES S:AB
  fi-FI S:AB W:AB
  fil-ph N:AD
  fil-PH S:ABCD W:ABCD
  fr-CA C: N:ABCD S:ABCD W:ABCD
  fr-FR C: N:ABCDEFG S:ABCDEFG W:ABCDEFG
  gl-ES S:AB
  gu-IN C: S:ABCD W:ABCD
  he-IL S:ABCD W:ABCD
  hi-IN C: N:ABCD S:ABCDEF W:ABCDEF
  hu-HU S:AB W:A
  id-ID C: S:ABCD W:ABCD
  is-IS S:AB
  it-IT C: N:ACF S:ABCDEF W:ABCDEF
  ja-JP C: N:BCD S:ABCD W:ABCD
  kn-IN C: S:ABCD W:ABCD
  ko-KR C: N:ABC S:ABCD W:ABCD
  lt-LT S:AB
  lv-LV S:AB
  ml-IN C: S:ABCD W:ABCD
  mr-IN C: S:ABC W:ABC
  ms-MY S:ABCD W:ABCD
  nb-NO S:ABCDEFG W:ABCDEFG
  nl-BE S:ABCD W:ABCD
  nl-NL C: S:ABCDEFG W:ABCDEFG
  pa-IN S:ABCD W:ABCD
  pl-PL C: S:ABCDEFG W:ABCDEFG
  pt-BR C: N:ABC S:ABCDE W:ABCDE
  pt-PT S:ABCDEF W:ABCDEF
  ro-RO S:AB W:AB
  ru-RU C: S:ABCDE W:ABCDE
  sk-SK S:AB W:AB
  sr-RS S:A
  sv-SE S:ABCDEFG W:ABCDEFG
  ta-IN C: S:ABCD W:ABCD
  te-IN C: S:ABCD
  th-TH C: N:C S:A
  tr-TR C: S:ABCDE W:ABCDE
  uk-UA S:A W:A
  vi-VN C: N:AD S:ABCD W:ABCD
  yue-HK S:ABCD`;

/** A language, then its voices; after the colon s standard, n neural, g generative; standard alone without one. */
const amazon = `
  arb Zeina
  ar-AE Hala:n Zayd:n
  ca-ES Arlet:n
  cmn-CN Zhiyu:sn
  cy-GB Gwyneth
  da-DK Naja Mads Sofie:n
  de-AT Hannah:n
  de-DE Daniel:ng Hans Marlene Vicki:sng
  en-AU Nicole Olivia:ng Russell
  en-GB Amy:sng Arthur:n Brian:sn Emma:sn
  en-GB-WLS Geraint
  en-IE Niamh:n
  en-IN Aditi Kajal:ng Raveena
  en-NZ Aria:n
  en-US Danielle:ng Gregory:n Ivy:sn Joanna:sng Joey:sn Justin:sn Kendra:sn Kevin:sn Kimberly:sn Matthew:sng Ruth:ng Salli:sn Stephen:ng
  en-ZA Ayanda:ng
  es-ES Conchita Enrique Lucia:sng Sergio:ng
  es-MX Andres:ng Mia:sn Mía:g
  es-US Lupe:sng Miguel Pedro:ng Penelope
  fi-FI Suvi:n
  fr-BE Isabelle:n
  fr-CA Chantal Gabrielle:n Liam:n
  fr-FR Celine Lea:sng Mathieu Remi:n Rémi:g
  is-IS Dora Karl
  it-IT Adriano:n Bianca:sng Carla Giorgio
  ja-JP Kazuha:n Mizuki Takumi:sn Tomoko:n
  ko-KR Seoyeon:sn
  nb-NO Ida:n Liv
  nl-BE Lisa:n
  nl-NL Laura:n Lotte Ruben
  pl-PL Ewa Jacek Jan Maja Ola:n
  pt-BR Camila:sn Ricardo Thiago:n Vitoria:sn
  pt-PT Cristiano Ines:sn
  ro-RO Carmen
  ru-RU Maxim Tatyana
  sv-SE Astrid Elin:n
  tr-TR Burcu:n Filiz
  yue-HK Hiujin:n`;

/** A language, then its regions. */
const heard = `
  af:ZA am:ET ar:AE,BH,DZ,EG,IL,IQ,JO,KW,LB,MA,OM,PS,QA,SA,TN az:AZ bg:BG bn:BD,IN ca:ES cs:CZ da:DK
  de:DE el:GR en:AU,CA,GB,GH,IE,IN,KE,NG,NZ,PH,SG,TZ,US,ZA
  es:AR,BO,CL,CO,CR,DO,EC,ES,GT,HN,MX,NI,PA,PE,PR,PY,SV,US,UY,VE et:EE eu:ES fa:IR fi:FI fil:PH
  fr:CA,FR gl:ES gu:IN he:IL hi:IN hr:HR hu:HU hy:AM id:ID is:IS it:IT ja:JP jv:ID ka:GE km:KH kn:IN
  ko:KR lo:LA lt:LT lv:LV mk:MK ml:IN mn:MN mr:IN ms:MY my:MM nar:IQ nb:NO ne:NP nl:BE,NL pa:guru-IN
  pl:PL pt:BR,PT ro:RO ru:RU si:LK sk:SK sl:SI sq:AL sr:RS su:ID sv:SE sw:KE,TZ ta:IN,LK,MY,SG te:IN
  th:TH tr:TR uk:UA ur:IN,PK uz:UZ vi:VN yue:Hant-HK zh:,TW cmn:Hans-CN,Hant-TW zu:ZA`;

const googleFamilies: { readonly [letter: string]: readonly [string, VoiceEngine] } = {
  C: ["Chirp3-HD", "chirp"],
  N: ["Neural2", "neural"],
  S: ["Standard", "standard"],
  W: ["Wavenet", "wavenet"],
};

const amazonFamilies: { readonly [letter: string]: readonly [string, VoiceEngine] } = {
  s: ["", "standard"],
  n: ["-Neural", "neural"],
  g: ["-Generative", "generative"],
};

let voices: ReadonlyMap<string, Voice> | undefined;
let languages: ReadonlySet<string> | undefined;

/** Read once, when first asked for. */
function allVoices(): ReadonlyMap<string, Voice> {
  if (voices) return voices;
  const read = new Map<string, Voice>();
  for (const name of ["alice", "man", "woman"])
    read.set(name, { provider: "twilio", language: null, engine: "basic" });
  for (const [language, entries] of linesOf(amazon)) {
    for (const [name, engines = "s"] of entries) {
      for (const letter of engines) {
        const [suffix, engine] = amazonFamilies[letter] ?? ["", "standard"];
        read.set(`Polly.${name}${suffix}`, { provider: "amazon", language, engine });
      }
    }
  }
  for (const [language, entries] of linesOf(google)) {
    for (const [letter = "", code = ""] of entries) {
      const [family, engine] = googleFamilies[letter] ?? ["Standard", "standard"];
      const chosen =
        code === "" ? chirpNames : [...code].map((one) => (letter === "C" ? chirpNames[Number(one)] : one));
      for (const one of chosen)
        read.set(`Google.${language}-${family}-${one}`, { provider: "google", language, engine });
    }
  }
  voices = read;
  return read;
}

function linesOf(table: string): (readonly [string, string[][]])[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [language = "", ...entries] = line.trim().split(" ");
      return [language, entries.map((entry) => entry.split(":"))] as const;
    });
}

/** Null for a name that is none of the voices. */
export function findVoice(name: string): Voice | null {
  return allVoices().get(name) ?? null;
}

/** Names of the voices that speak a language: those of the exact code, else of the same language elsewhere. */
export function voicesFor(language: string): readonly string[] {
  const all = [...allVoices()];
  const named = (fits: (spoken: string) => boolean) =>
    all.flatMap(([name, voice]) =>
      voice.language !== null && fits(voice.language.toLowerCase()) ? [name] : [],
    );
  const wanted = language.toLowerCase();
  const exact = named((spoken) => spoken === wanted);
  const base = wanted.split("-")[0];
  return exact.length > 0 ? exact : named((spoken) => spoken.split("-")[0] === base);
}

/** Can a caller be heard in this language? Upper and lower case count alike. */
export function isSpeechLanguage(code: string): boolean {
  languages ??= new Set(
    heard
      .trim()
      .split(/\s+/)
      .flatMap((entry) => {
        const [language = "", regions] = entry.split(":");
        return regions === undefined
          ? [language]
          : regions.split(",").map((region) => (region ? `${language}-${region}` : language));
      })
      .map((one) => one.toLowerCase()),
  );
  return languages.has(code.toLowerCase());
}
