import { z } from "zod";
import type { InputEvent } from "../call/index.ts";
import { keySpoken, scorePhrases, unmistaken } from "../language/index.ts";
import { prompt, timeoutSeconds, tries, yesNo } from "./fields.ts";
import { defineNode, noFacts, type Outcome } from "./node.ts";
import {
  type AnswerForm,
  ask,
  askAgain,
  evidence,
  gather,
  isUnclear,
  oneKey,
  questionFields,
  questionTexts,
  refuseNoPrompt,
  share,
} from "./shared/asking.ts";
import { refuseBadMarkup } from "./shared/delivery.ts";
import { establishing, means } from "./shared/means.ts";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"] as const;

const option = z.strictObject({
  key: z.enum(keys).meta({ label: "Key", help: "The key that chooses this option.", widget: "choice" }),
  label: z
    .string()
    .min(1)
    .max(60)
    .meta({ label: "Name", help: "What the option means, for people who read the flow.", widget: "text" }),
  phrases: z
    .array(z.string().min(1).max(60))
    .max(20)
    .optional()
    .meta({ label: "Phrases", help: "Spoken words that choose this option as well.", widget: "phrases" }),
  means,
});

const config = z
  .strictObject({
    prompt: prompt("Prompt", "What the caller hears: say what each key does.")
      .min(1, "Expected a prompt.")
      .optional(),
    options: z
      .array(option)
      .min(1, "A menu needs at least one option.")
      .max(12)
      .meta({ label: "Options", help: "Each key or phrase is a way out of this node.", widget: "list" }),
    timeoutSeconds,
    tries,
    invalidText: prompt("After a wrong key", "Spoken before asking again.").optional(),
    silenceText: prompt("After silence", "Spoken before asking again.").optional(),
    spokenKeys: yesNo("Keys by word", 'A key may be spoken too: "two", "press two", "pound".').optional(),
    minMatch: share(
      "A phrase fits from",
      "How well a phrase must match: 1 is word for word, less forgives slips. Word for word unless said.",
    ).optional(),
    ...questionFields,
  })
  .superRefine((menu, context) => {
    refuseNoPrompt(context, menu);
    refuseBadMarkup(context, menu.markup, questionTexts(menu));
  });
type Config = z.infer<typeof config>;
type Name = `key-${string}` | "invalid" | "silence";

const spokenKey: AnswerForm = { ...oneKey, input: ["keys", "speech"] };

const keyNames: { readonly [key: string]: string } = { "*": "star", "#": "pound" };

/** The outcome a key leads to: `key-1`, `key-star`, `key-pound`. */
function keyOutcome(key: string): `key-${string}` {
  return `key-${keyNames[key] ?? key}`;
}

/** Asks for one key or a spoken phrase; each option is a way out. */
export const menu = defineNode({
  kind: "menu",
  title: "Menu",
  summary: "Ask the caller to press a key or say a phrase, and go a different way for each.",
  group: "speak",
  icon: "dialpad",
  config,
  initial: {
    prompt: "For claims, press 1. For anything else, press 2.",
    options: [
      { key: "1", label: "Claims" },
      { key: "2", label: "Anything else" },
    ],
    timeoutSeconds: 5,
    tries: 3,
  },
  outcomes: (config): readonly Outcome<Name>[] => [
    ...config.options.map((o) => ({ name: keyOutcome(o.key), label: `${o.key} · ${o.label}` })),
    { name: "invalid", label: "wrong key", failure: true },
    { name: "silence", label: "silence", failure: true },
  ],
  facts: (config) => ({
    ...noFacts,
    waitsForCaller: true,
    waits: true,
    speaks: questionTexts(config),
    ...establishing(config.options.map((o) => ({ outcome: keyOutcome(o.key), means: o.means }))),
  }),
  glance: (config) => config.prompt ?? config.promptAudio ?? "",
  enter: (visit) => ask(visit, answerForm(visit.config)),
  resume: (visit, event) => {
    const form = answerForm(visit.config);
    if (event.type !== "input") return askAgain(visit, form, "silence", { by: "silence" });
    const chosen = choose(visit.config, event, visit.config.language ?? visit.language);
    // Free speech may hold anything, PHI too: only what it was taken for is shown.
    const text = event.digits ?? chosen ?? "unrecognised speech";
    const value = { text, ...evidence(event) };
    return chosen ? { leave: keyOutcome(chosen), value } : askAgain(visit, form, "invalid", value);
  },
  examples: [
    {
      name: "a key chooses an option",
      config: { prompt: "Press 1.", options: [{ key: "1", label: "Claims" }], timeoutSeconds: 5, tries: 2 },
      events: [{ press: "1" }],
      verbs: [asked("Press 1.")],
      outcome: "key-1",
      value: { text: "1", by: "keys" },
    },
    {
      name: "a phrase chooses an option",
      config: {
        prompt: "Say claims.",
        options: [{ key: "1", label: "Claims", phrases: ["claims"] }],
        timeoutSeconds: 5,
        tries: 1,
      },
      events: [{ speak: "About my claims, please.", confidence: 0.8 }],
      verbs: [asked("Say claims.", { ...oneKey, input: ["keys", "speech"], hints: ["claims"] })],
      outcome: "key-1",
      value: { text: "1", by: "speech", confidence: 0.8 },
    },
    {
      name: "a wrong key, told so and asked again, until the tries are over",
      config: {
        prompt: "Press 1.",
        options: [{ key: "1", label: "Claims" }],
        timeoutSeconds: 5,
        tries: 2,
        invalidText: "That is not an option.",
      },
      events: [{ press: "9" }, { press: "8" }],
      verbs: [asked("Press 1."), asked("That is not an option. Press 1.")],
      outcome: "invalid",
      value: { text: "8", by: "keys" },
    },
    {
      name: "silence",
      config: { prompt: "Press 1.", options: [{ key: "1", label: "Claims" }], timeoutSeconds: 5, tries: 1 },
      events: [{ silence: true }],
      verbs: [asked("Press 1.")],
      outcome: "silence",
      value: { by: "silence" },
    },
    {
      name: "other words at each retry, the prompt not repeated",
      config: {
        prompt: "Press 1.",
        options: [{ key: "1", label: "Claims" }],
        timeoutSeconds: 5,
        tries: 4,
        invalidTexts: ["There is no nine.", "Only one is an option."],
        silenceText: "Are you there?",
        repeatPrompt: false,
      },
      events: [{ press: "9" }, { press: "9" }, { silence: true }, { press: "1" }],
      verbs: [
        asked("Press 1."),
        asked("There is no nine."),
        asked("Only one is an option."),
        asked("Are you there?"),
      ],
      outcome: "key-1",
      value: { text: "1", by: "keys" },
    },
    {
      name: "a key by its word, in Spanish, over a file that only keys interrupt",
      config: {
        promptAudio: "https://files.example.org/menu-es.mp3",
        options: [{ key: "2", label: "Reclamos", means: "agrees-to-recording" }],
        timeoutSeconds: 5,
        tries: 1,
        spokenKeys: true,
        bargeIn: false,
        language: "es-MX",
      },
      events: [{ speak: "Dos" }],
      verbs: [
        {
          ...gather([{ verb: "play", url: "https://files.example.org/menu-es.mp3", times: 1 }], 5, spokenKey),
          bargeIn: false,
          language: "es-MX",
        },
      ],
      outcome: "key-2",
      value: { text: "2", by: "speech" },
    },
    {
      name: "a slip of the recogniser is forgiven, words it was not sure of are not taken",
      config: {
        prompt: "Say claims or benefits.",
        options: [
          { key: "1", label: "Claims", phrases: ["claims"] },
          { key: "2", label: "Benefits", phrases: ["benefits"] },
        ],
        timeoutSeconds: 5,
        tries: 2,
        minMatch: 0.8,
        minConfidence: 0.4,
      },
      events: [
        { speak: "claims", confidence: 0.2 },
        { speak: "my benefit", confidence: 0.7 },
      ],
      verbs: [
        asked("Say claims or benefits.", { ...spokenKey, hints: ["claims", "benefits"] }),
        asked("Say claims or benefits.", { ...spokenKey, hints: ["claims", "benefits"] }),
      ],
      outcome: "key-2",
      value: { text: "2", by: "speech", confidence: 0.7 },
    },
  ],
});

function answerForm(config: Config): AnswerForm {
  const hints = config.options.flatMap((o) => o.phrases ?? []);
  return hints.length > 0 || config.spokenKeys ? { ...spokenKey, hints } : oneKey;
}

/** The verb an example expects. */
function asked(text: string, form: AnswerForm = oneKey) {
  return gather([{ verb: "say", text, language: "en-US" }], 5, form);
}

/** The option's key, if what came chooses exactly one. */
function choose(config: Config, event: InputEvent, language: string): string | null {
  if (event.digits !== undefined) return config.options.find((o) => o.key === event.digits)?.key ?? null;
  if (isUnclear(config, event)) return null;
  const said = event.speech?.text ?? "";
  const fits =
    config.minMatch === undefined ? saidWhole(config, said) : saidBest(config, said, config.minMatch);
  if (fits.length > 0 || !config.spokenKeys) return fits.length === 1 ? (fits[0]?.key ?? null) : null;
  const key = keySpoken(said, language);
  return config.options.find((o) => o.key === key)?.key ?? null;
}

/** Options with a phrase whose words were all said. */
function saidWhole({ options }: Config, said: string): Config["options"] {
  const spoken = words(said);
  return options.filter((o) => (o.phrases ?? []).some((phrase) => spoken.includes(words(phrase))));
}

/** Options that match best, and well enough. */
function saidBest({ options }: Config, said: string, minMatch: number): Config["options"] {
  const heard = options.flatMap((option) => {
    const match = scorePhrases(said, option.phrases ?? []);
    return match === null || match.score < minMatch ? [] : [{ option, ...match }];
  });
  const best = Math.max(0, ...heard.map(({ score }) => score));
  const equal = heard.filter(({ score }) => score === best);
  return unmistaken(equal, ({ phrase }) => phrase).map(({ option }) => option);
}

/** Lower case, letters and digits only, a space around every word: so that a phrase matches whole words. */
function words(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}
