/**
 * Which languages and voices the service knows (typings of Twilio's Node library, SayLanguage and GatherLanguage, and its page on
 * text-to-speech). Voices are too many to list: who they are is told by their provider's name.
 */
import { type AttributeGrammar, matching, word } from "./values.ts";

/** Spoken by Say. The short ones are those of the voices man and woman. */
const spoken =
  "af-ZA am-ET ar-AE ar-XA arb bg-BG bn-IN ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-AT de-DE el-GR en-AU en-CA en-GB en-GB-WLS en-IE en-IN en-NZ en-US en-ZA es-ES es-MX es-US fi-FI fil-PH fr-CA fr-FR fr-BE gu-IN he-IL hi-IN hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN mr-IN ms-MY nb-NO nl-BE nl-NL pa-IN pl-PL pt-BR pt-PT ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN yue-HK yue-CN zh-CN zh-HK zh-TW en es fr de it nl pt";
/** Recognised by Gather. */
const recognised =
  "af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN az-AZ bg-BG bn-BD bn-IN ca-ES cs-CZ da-DK de-DE el-GR en-AU en-CA en-GB en-GH en-IE en-IN en-KE en-NG en-NZ en-PH en-SG en-TZ en-US en-ZA es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE et-EE eu-ES fa-IR fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR gl-ES gu-IN he-IL hi-IN hr-HR hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE km-KH kn-IN ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN ms-MY my-MM nar-IQ nb-NO ne-NP nl-BE nl-NL pa-guru-IN pl-PL pt-BR pt-PT ro-RO ru-RU si-LK sk-SK sl-SI sq-AL sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR uk-UA ur-IN ur-PK uz-UZ vi-VN yue-Hant-HK zh cmn-Hans-CN zh-TW cmn-Hant-TW zu-ZA multi en es fr de it nl pt ja ko ru hi";

export const sayLanguage: AttributeGrammar = {
  ...word(spoken, 13512),
  expected: "a language that Say speaks",
};
export const gatherLanguage: AttributeGrammar = {
  ...word(recognised, 13331),
  expected: "a language that Gather recognises",
};
export const voice: AttributeGrammar = matching(
  /^\s*(man|woman|alice|(polly|google|elevenlabs|amazon)\.\S+)\s*$/iu,
  "man, woman, alice or a provider's voice such as Polly.Joanna-Neural",
  13511,
);
