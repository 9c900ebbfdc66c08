/**
 * What a node kind is: one definition module that says everything about the kind and nothing about React, Twilio or
 * Postgres. `defineNode` makes the compiler hold a kind to its own list of outcomes.
 *
 * Life of a visit: the engine enters the node once; a kind that needs the caller, time or an effect answers with
 * `wait` and is resumed by each event it accepts until it answers with `leave`. Both functions are pure: the visit is
 * all they know, the result is all they do. They never throw for anything a parsed flow and a real event can hold.
 */
import type { z } from "zod";
import type {
  Accepts,
  AnsweredBy,
  DecidingValue,
  DialEnded,
  DialStatus,
  DialTarget,
  EffectDone,
  EffectFailed,
  EffectOrder,
  Established,
  HeldValue,
  InputEvent,
  Json,
  Party,
  RecordingMade,
  SayVerb,
  Sensitivity,
  Value,
  VariableType,
  Verb,
  Verdict,
} from "../call/index.ts";
import type { Coerced, Condition } from "../language/index.ts";

export const groups = {
  "start-end": "Start & end",
  speak: "Speak & listen",
  "payer-line": "Payer line",
  decide: "Decide",
  connect: "Connect",
  data: "Data & world",
  wait: "Wait",
  notes: "Notes",
} as const;
export type Group = keyof typeof groups;

/** A named way out. `failure` ones are drawn after the successes. */
export interface Outcome<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  readonly failure?: boolean;
}

/** A template text, and the place in the config it comes from (`options/0/label`). */
export interface TextFact {
  readonly text: string;
  readonly field: string;
}

export interface SpokenFact extends TextFact {
  readonly voice?: string;
  readonly language?: string;
  /** The text holds SSML. */
  readonly markup?: boolean;
  /** False when neither a key nor a word may cut it short. */
  readonly bargeIn?: boolean;
  /** It may be heard by an answering machine. */
  readonly voicemail?: boolean;
}

/** A text that leaves the call: where it goes decides what may be in it. */
export interface SentFact extends TextFact {
  readonly to: "url" | "body" | "message";
}

/** Somebody who is rung: a template for a number, an address or a client's name. */
export interface DialledFact extends TextFact {
  readonly to: DialTarget["to"];
}

/** Another flow that is entered, as the calling node knows it. */
export interface CalledFlowFact {
  readonly hash: string;
  /** The called flow's inputs with the templates they get. */
  readonly inputs: { readonly [input: string]: string };
  /** The called flow's outputs with the variables they go into. */
  readonly outputs: { readonly [output: string]: string };
  /** The ways out that lead back, as the calling node knows them. */
  readonly outcomes: readonly string[];
}

/** What linters and analyses may know of a node without running it. What is absent does not happen. */
export interface Facts {
  /** Every success means that somebody pressed a key or spoke. */
  readonly waitsForCaller: boolean;
  /** The visit takes time or a webhook: a loop through it is not a busy loop. */
  readonly waits: boolean;
  readonly endsCall: boolean;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Outcomes by which `writes` are set; all of them when absent. */
  readonly writesOn?: readonly string[];
  /** Which types of variable can hold what is written, where not all can; by variable. */
  readonly writesInto?: { readonly [variable: string]: readonly VariableType[] };
  /** Template texts the caller hears. */
  readonly speaks: readonly SpokenFact[];
  readonly sends?: readonly SentFact[];
  readonly dials?: readonly DialledFact[];
  readonly calls?: CalledFlowFact;
  /** What leaving by an outcome establishes for the rest of the call. */
  readonly establishes?: { readonly [outcome: string]: readonly Established[] };
  readonly records?: boolean;
  /** Needs the carrier's verdict on who answered; `greeting-over` needs to know when a machine's greeting ends. */
  readonly needsVerdict?: "who" | "greeting-over";
  /** The longest the caller may hear nothing while the node is visited, in seconds. */
  readonly silentSeconds?: number;
  /** Regular expressions the analyst wrote. */
  readonly patterns?: readonly TextFact[];
  /** For people who read the drawing: need not be reachable. */
  readonly annotation?: boolean;
}

export interface Variable {
  readonly type: VariableType;
  readonly sensitivity: Sensitivity;
  /** The words a `choice` may be. */
  readonly choices?: readonly string[];
}

/** How a text is spoken, where that differs from the flow's own settings. */
export interface Delivery {
  readonly voice?: string;
  readonly language?: string;
  /** The text holds the author's SSML. */
  readonly markup?: boolean;
  /** Values that are not held yet, such as an answer that is read back. */
  readonly holding?: { readonly [variable: string]: Value };
}

/** Everything a kind may know while it decides. */
export interface Visit<Config> {
  readonly config: Config;
  /** Epoch milliseconds of the event being handled. */
  readonly at: number;
  readonly enteredAt: number;
  readonly party: Party;
  /** The flow's language, BCP 47. */
  readonly language: string;
  /** What this visit noted when it last answered `wait`; null on enter. */
  readonly memory: Json;
  /** The effects this visit started, in order, and still waits for. */
  readonly effects: readonly string[];
  /** A variable's value, a claim's field (`claim.dob`) or a fact of the call (`call.from`). */
  held(reference: string): HeldValue | undefined;
  declared(reference: string): Variable | undefined;
  /** Would this value fit the variable? */
  fits(variable: string, raw: Value): Coerced;
  /** A template with the call's values filled in as they are stored. */
  text(template: string): string;
  /** The template as a verb in the flow's language and voice, unless the delivery says otherwise. */
  say(template: string, delivery?: Delivery): SayVerb;
  holds(condition: Condition): boolean;
  /** Has the flow put this word on the call? */
  tagged(tag: string): boolean;
  established(what: Established): boolean;
  /** A number from 0 up to 1, the next of the call's own; the same call always draws the same. */
  chance(): number;
}

/** The visit is over by this outcome. */
export interface Leave<Name extends string> {
  readonly leave: Name;
  readonly value?: DecidingValue;
  readonly set?: { readonly [variable: string]: Value };
  /** Variables that are blank from now on. */
  readonly clear?: readonly string[];
  /** A word to put on the call. */
  readonly tag?: string;
  /** Where set values come from; `computed` unless said. */
  readonly source?: "collected" | "computed";
  readonly verbs?: readonly Verb[];
  readonly effects?: readonly EffectOrder[];
}

/** The visit and the call are over. */
export interface End {
  readonly end: true;
  readonly disposition: string;
  readonly verbs?: readonly Verb[];
}

/** The visit waits. With verbs the phone is told something new; without, it is told to come back. */
export interface Stay {
  readonly wait: readonly Accepts[];
  readonly verbs?: readonly Verb[];
  readonly effects?: readonly EffectOrder[];
  /** Be resumed by a `timer` event at this time (epoch milliseconds) unless something else came first. */
  readonly timerAt?: number;
  readonly memory?: Json;
}

/** Enter another published flow; the node is left when that one returns, by the way out it returns with. */
export interface CallFlow {
  /** Content hash of the flow to enter. */
  readonly callFlow: string;
  /** Values for its input variables. */
  readonly inputs: { readonly [input: string]: Value };
  /** Which of its output variables go into which of this flow's. */
  readonly outputs: { readonly [output: string]: string };
}

/** The flow is over and the one that called it goes on by this way out. */
export interface Return {
  readonly returns: string;
}

export type VisitResult<Name extends string> = Leave<Name> | End | Stay | CallFlow | Return;

/** What may resume a visit. A phone that merely comes back is `no-input` where keys or speech were asked for. */
export type ResumeEvent =
  | InputEvent
  | EffectDone
  | EffectFailed
  | AnsweredBy
  | RecordingMade
  | DialEnded
  | { readonly type: "no-input" | "done" | "timer"; readonly at: number };

/** A scripted visit: run as a test by the registry, shown on the kind's page. */
export interface Example<Config> {
  readonly name: string;
  readonly config: Config;
  readonly variables?: { readonly [name: string]: Variable & { readonly value?: Value } };
  /** When the call begins, epoch milliseconds. */
  readonly at?: number;
  readonly seed?: number;
  readonly direction?: Party["direction"];
  /** Known before the node is entered. */
  readonly answered?: Party["answered"];
  readonly established?: readonly Established[];
  readonly tags?: readonly string[];
  /** Documents of other flows this one may enter. */
  readonly flows?: readonly unknown[];
  /** What happens while the visit waits; `waitSeconds` lets time pass first. */
  readonly events?: readonly ExampleEvent[];
  /** Verbs the phone was told during the visit, in order, without the engine's `next`. */
  readonly verbs?: readonly Verb[];
  readonly outcome: string;
  readonly value?: DecidingValue;
  readonly sets?: { readonly [variable: string]: Value };
  /** Effects the visit asked for, without their ids. */
  readonly effects?: readonly EffectOrder[];
  readonly tagged?: readonly string[];
}

export type ExampleEvent = (
  | { readonly press: string }
  | { readonly speak: string; readonly confidence?: number }
  | { readonly silence: true }
  | { readonly comesBack: true }
  | { readonly timer: true }
  | { readonly effect: "done" | "failed"; readonly result?: Json }
  | {
      readonly answeredBy: Verdict["by"];
      readonly greeting?: Verdict["greeting"];
      readonly leg?: AnsweredBy["leg"];
    }
  | { readonly recorded: string; readonly seconds: number; readonly hungUp?: boolean }
  | { readonly dialEnded: DialStatus; readonly seconds?: number }
) & { readonly waitSeconds?: number };

export interface NodeDefinition<Config = unknown, Name extends string = string> {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  readonly group: Group;
  /** A Tabler icon's name. */
  readonly icon: string;
  readonly config: z.ZodType<Config>;
  /** The config a newly added node has. */
  readonly initial: Config;
  outcomes(config: Config): readonly Outcome<Name>[];
  facts(config: Config): Facts;
  /** One or two lines for the card: the first words spoken, the keys, the wait. */
  glance(config: Config): string;
  /** True when the visit's time must not begin before the phone has spoken what it was told earlier. */
  entersInSilence?(config: Config): boolean;
  enter(visit: Visit<Config>): VisitResult<Name>;
  resume?(visit: Visit<Config>, event: ResumeEvent): VisitResult<Name>;
  readonly examples: readonly Example<Config>[];
}

/**
 * Define a kind. `outcomes` may be a list or a function of the config; `enter` and `resume` may leave only by a name
 * it can give, or the module does not compile.
 */
export function defineNode<Kind extends string, Config, const Name extends string>(
  definition: Omit<NodeDefinition<Config, Name>, "outcomes" | "config" | "enter" | "resume"> & {
    readonly kind: Kind;
    readonly config: z.ZodType<Config>;
    readonly outcomes: readonly Outcome<Name>[] | ((config: Config) => readonly Outcome<Name>[]);
    // The names come from `outcomes` alone: what `enter` and `resume` leave by is held to them.
    enter(visit: Visit<Config>): VisitResult<NoInfer<Name>>;
    resume?(visit: Visit<Config>, event: ResumeEvent): VisitResult<NoInfer<Name>>;
  },
): NodeDefinition<Config, Name> & { readonly kind: Kind } {
  const { outcomes } = definition;
  return { ...definition, outcomes: typeof outcomes === "function" ? outcomes : () => outcomes };
}

/** Facts of a kind that does nothing special; spread and override. */
export const noFacts: Facts = {
  waitsForCaller: false,
  waits: false,
  endsCall: false,
  reads: [],
  writes: [],
  speaks: [],
};
