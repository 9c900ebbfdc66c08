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
  DecidingValue,
  EffectDone,
  EffectFailed,
  EffectOrder,
  HeldValue,
  InputEvent,
  Json,
  Party,
  SayVerb,
  Sensitivity,
  Value,
  VariableType,
  Verb,
} from "../call/index.ts";
import type { Coerced, Condition } from "../language/index.ts";

export const groups = {
  "start-end": "Start & end",
  speak: "Speak & listen",
  decide: "Decide",
  data: "Data & world",
  wait: "Wait",
} as const;
export type Group = keyof typeof groups;

/** A named way out. `failure` ones are drawn after the successes. */
export interface Outcome<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  readonly failure?: boolean;
}

/** What linters and analyses may know of a node without running it. */
export interface Facts {
  /** Every success means that somebody pressed a key or spoke. */
  readonly waitsForCaller: boolean;
  /** The visit takes time or a webhook: a loop through it is not a busy loop. */
  readonly waits: boolean;
  readonly endsCall: boolean;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Template texts the caller hears, with the place in the config they come from. */
  readonly speaks: readonly { readonly text: string; readonly field: string; readonly voice?: string }[];
}

export interface Variable {
  readonly type: VariableType;
  readonly sensitivity: Sensitivity;
}

/** Everything a kind may know while it decides. */
export interface Visit<Config> {
  readonly config: Config;
  /** Epoch milliseconds of the event being handled. */
  readonly at: number;
  readonly enteredAt: number;
  readonly party: Party;
  /** What this visit noted when it last answered `wait`; null on enter. */
  readonly memory: Json;
  /** The effects this visit started, in order, and still waits for. */
  readonly effects: readonly string[];
  held(name: string): HeldValue | undefined;
  declared(name: string): Variable | undefined;
  /** Would this value fit the variable? */
  fits(variable: string, raw: Value): Coerced;
  /** A template with the call's values filled in. */
  text(template: string): string;
  /** The template as a verb in the flow's language and voice, unless another voice is named. */
  say(template: string, voice?: string): SayVerb;
  holds(condition: Condition): boolean;
}

/** The visit is over by this outcome. */
export interface Leave<Name extends string> {
  readonly leave: Name;
  readonly value?: DecidingValue;
  readonly set?: { readonly [variable: string]: Value };
  /** Where set values come from; `computed` unless said. */
  readonly source?: "input" | "computed";
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

export type VisitResult<Name extends string> = Leave<Name> | End | Stay;

/** What may resume a visit. A phone that merely comes back is `no-input` where keys or speech were asked for. */
export type ResumeEvent =
  | InputEvent
  | EffectDone
  | EffectFailed
  | { readonly type: "no-input" | "done" | "timer"; readonly at: number };

/** A scripted visit: run as a test by the registry, shown on the kind's page. */
export interface Example<Config> {
  readonly name: string;
  readonly config: Config;
  readonly variables?: { readonly [name: string]: Variable & { readonly value?: Value } };
  /** What happens while the visit waits; `waitSeconds` lets time pass first. */
  readonly events?: readonly ExampleEvent[];
  /** Verbs the phone was told during the visit, in order, without the engine's `next`. */
  readonly verbs?: readonly Verb[];
  readonly outcome: string;
  readonly value?: DecidingValue;
  readonly sets?: { readonly [variable: string]: Value };
}

export type ExampleEvent = (
  | { readonly press: string }
  | { readonly speak: string; readonly confidence?: number }
  | { readonly silence: true }
  | { readonly comesBack: true }
  | { readonly timer: true }
  | { readonly effect: "done" | "failed" }
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
