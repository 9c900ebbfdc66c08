/**
 * One turn of the engine while it is being worked out: the only mutable thing in the package, made by `step` and
 * thrown away by it. Copies what it changes; the session it started from stays as it was.
 */
import type {
  CallEnd,
  CallEvent,
  DecidingValue,
  Effect,
  EffectOrder,
  EndReason,
  Frame,
  HeldValue,
  Json,
  Party,
  PhoneState,
  Session,
  TimerChange,
  TraceEntry,
  Value,
  Verb,
  Wait,
} from "../call/index.ts";
import { coerce } from "../language/index.ts";
import type { Leave } from "../nodes/index.ts";
import type { CompiledFlow } from "./compile.ts";
import { callLimitTimer } from "./limits.ts";

export interface OpenFrame {
  flow: string;
  path: string;
  node: string;
  visit: number;
  enteredAt: number;
  memory: Json;
  values: { [name: string]: HeldValue };
  visits: { [node: string]: number };
  outputs?: { readonly [output: string]: string };
}

/** What a visit accepts while the phone does something that only it can end. */
const phoneWaits = ["input", "recording", "dial"] as const;

export class Turn {
  readonly event: CallEvent;
  readonly flows: ReadonlyMap<string, CompiledFlow>;
  flow: CompiledFlow;
  frame: OpenFrame;
  readonly verbs: Verb[] = [];
  readonly effects: Effect[] = [];
  readonly timers: TimerChange[] = [];
  readonly trace: TraceEntry[] = [];
  readonly pending: { [id: string]: { effect: string; node: string } };
  wait: Wait | null;
  party: Party;
  phone: PhoneState;
  seed: number;
  startedAt: number;
  hungUp: EndReason | null;
  /** The main flow's path after a hang-up is still to be walked. */
  pathDue: boolean;
  ended: CallEnd | null = null;
  tags: readonly string[];
  visitsNow = 0;
  private readonly before: Session;
  /** The frames below the one that is walked. */
  private below: readonly Frame[];
  private shared: Session["shared"];
  private visits: number;

  constructor(flows: ReadonlyMap<string, CompiledFlow>, before: Session, event: CallEvent) {
    this.flows = flows;
    const top = before.frames.at(-1)!; // a session always has the main flow's frame
    this.before = before;
    this.event = event;
    this.flow = flowOf(flows, top.flow);
    this.frame = opened(top);
    this.below = before.frames.slice(0, -1);
    this.shared = before.shared;
    this.pending = { ...before.pending };
    this.wait = before.wait;
    this.party = before.party;
    this.phone = before.phone;
    this.seed = before.seed;
    this.startedAt = before.startedAt;
    this.hungUp = before.hungUp;
    this.pathDue = before.pathDue ?? false;
    this.tags = before.tags ?? [];
    this.visits = before.counters.visits;
  }

  /** Was a visit left that had the phone listen, record or talk? It would go on doing so for nobody. */
  get leftThePhone(): boolean {
    const accepted = this.before.wait?.accepts ?? [];
    return this.trace.length > 0 && phoneWaits.some((one) => accepted.includes(one));
  }

  /** Flows entered one inside the other. */
  get depth(): number {
    return this.below.length + 1;
  }

  /** Enter another flow, above the node that calls it. */
  push(flow: CompiledFlow, outputs: { readonly [output: string]: string }): void {
    const { frame } = this;
    this.below = [...this.below, frame satisfies Frame];
    this.flow = flow;
    this.frame = {
      flow: flow.hash,
      path: inFrame(frame.path, frame.node),
      node: flow.flow.entry,
      visit: 0,
      enteredAt: this.event.at,
      memory: null,
      values: {},
      visits: visitsInside(frame.visits, frame.node),
      outputs,
    };
  }

  /** Leave the flow that is walked for the one that called it, handing its outputs back. False in the main flow. */
  pop(): boolean {
    const under = this.below.at(-1);
    if (!under) return false;
    const over = this.frame;
    const values: { [variable: string]: Value } = {};
    const blank: string[] = [];
    for (const [output, into] of Object.entries(over.outputs ?? {})) {
      const held = this.held(output);
      if (held) values[into] = held.value;
      else blank.push(into);
    }
    this.below = this.below.slice(0, -1);
    this.flow = flowOf(this.flows, under.flow);
    this.frame = opened(under);
    for (const [node, count] of Object.entries(over.visits)) {
      this.frame.visits[inFrame(under.node, node)] = count;
    }
    // What this time is not known must not stand for what was known the last time.
    this.clear(blank);
    this.set(values, "computed");
    return true;
  }

  /** A variable's value as the flow that is walked sees it. */
  held(name: string): HeldValue | undefined {
    const declared = variableOf(this.flow, name);
    const values = declared?.scope === "call" ? (this.shared ?? {}) : this.frame.values;
    return Object.hasOwn(values, name) ? values[name] : undefined;
  }

  /** The next of the call's own random numbers, 0 up to 1 (mulberry32). */
  chance(): number {
    this.seed = (this.seed + 0x6d2b79f5) >>> 0;
    let mixed = this.seed;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Open a visit of a node. */
  enter(node: string): void {
    const { frame } = this;
    this.visits += 1;
    this.visitsNow += 1;
    frame.node = node;
    frame.visit = (frame.visits[node] ?? 0) + 1;
    frame.visits[node] = frame.visit;
    frame.enteredAt = this.event.at;
    frame.memory = null;
  }

  /** The turn the next reply answers. */
  get openTurn(): number {
    return this.before.turn;
  }

  /** How much the phone has been told to speak in this turn; an audio file counts as a short text. */
  characters(): number {
    return this.verbs.reduce((sum, verb) => {
      if (verb.verb === "say") return sum + verb.text.length;
      return verb.verb === "play" || verb.verb === "send-digits" ? sum + 100 : sum;
    }, 0);
  }

  visitsInCall(): number {
    return this.visits;
  }

  /** Close the open visit: its timer and unfinished effects no longer concern the flow. */
  leave(kind: string, outcome: string, value: DecidingValue | null): void {
    const { frame } = this;
    this.dropWait();
    this.trace.push({
      seq: this.before.counters.entries + this.trace.length + 1,
      frame: frame.path,
      node: frame.node,
      kind,
      visit: frame.visit,
      enteredAt: frame.enteredAt,
      leftAt: this.event.at,
      turn: this.before.turn,
      outcome,
      value,
    });
  }

  private dropWait(): void {
    if (this.wait?.timer) this.timers.push({ timer: "cancel", id: this.wait.timer });
    for (const id of this.wait?.effects ?? []) delete this.pending[id];
    this.wait = null;
  }

  /** Let the visit wait; a timer set earlier in the same visit goes on unless a new one is given. */
  stay(
    accepts: Wait["accepts"],
    effects: readonly string[],
    timerAt: number | undefined,
    memory: Json | undefined,
  ) {
    let timer = this.wait?.timer ?? null;
    if (timerAt !== undefined) {
      timer ??= `visit-${inFrame(this.frame.path, this.frame.node)}-${this.frame.visit}`;
      this.timers.push({ timer: "set", id: timer, at: timerAt });
    }
    const open = (this.wait?.effects ?? []).filter((id) => this.pending[id]);
    this.wait = { accepts, effects: [...open, ...effects], timer };
    if (memory !== undefined) this.frame.memory = memory;
  }

  /** Order an effect; its id is derived from turn and position, so the same step always gives the same ids. */
  order(effect: EffectOrder): string {
    const id = `${this.before.counters.events + 1}.${this.effects.length + 1}`;
    this.effects.push({ ...effect, id });
    if (effect.effect !== "pull-call") this.pending[id] = { effect: effect.effect, node: this.frame.node };
    return id;
  }

  /** Keep values under their declared types; what does not fit, or nobody declared, is not kept. */
  set(values: NonNullable<Leave<string>["set"]>, source: "start" | "collected" | "computed"): void {
    for (const [name, raw] of Object.entries(values)) {
      const declared = variableOf(this.flow, name);
      const fitted = declared && coerce(raw, declared.type, declared.choices);
      if (!declared || !fitted?.ok) continue;
      const { type, sensitivity } = declared;
      const origin = {
        source,
        node: this.frame.node,
        turn: this.before.turn,
        event: this.before.counters.events + 1,
      };
      const held = { value: fitted.value, type, sensitivity, origin };
      if (declared.scope === "call") this.shared = { ...this.shared, [name]: held };
      else this.frame.values[name] = held;
    }
  }

  /** Make variables blank. */
  clear(names: readonly string[]): void {
    for (const name of names) {
      if (variableOf(this.flow, name)?.scope !== "call") delete this.frame.values[name];
      else if (this.shared) {
        const { [name]: _blank, ...others } = this.shared;
        this.shared = others;
      }
    }
  }

  end(reason: EndReason, disposition: string): void {
    this.dropWait();
    this.timers.push({ timer: "cancel", id: callLimitTimer });
    this.ended = { reason, disposition };
  }

  /** The session after this turn. `turn` has moved on exactly when a reply was given. */
  close(replied: boolean): Session {
    const { before, frame, shared, tags } = this;
    return {
      version: 1,
      frames: [...this.below, frame satisfies Frame],
      wait: this.wait,
      turn: before.turn + (replied ? 1 : 0),
      phone: this.phone,
      party: this.party,
      pending: this.ended ? {} : this.pending,
      counters: {
        events: before.counters.events + 1,
        entries: before.counters.entries + this.trace.length,
        visits: this.visits,
      },
      seed: this.seed,
      startedAt: this.startedAt,
      hungUp: this.hungUp,
      disposition: this.ended?.disposition ?? before.disposition,
      ended: this.ended,
      ...(tags.length > 0 ? { tags } : {}),
      ...(shared ? { shared } : {}),
      ...(this.pathDue && !this.ended ? { pathDue: true } : {}),
    };
  }
}

function opened(frame: Frame): OpenFrame {
  return { ...frame, values: { ...frame.values }, visits: { ...frame.visits } };
}

/** A node's name behind the path of call-flow nodes that lead to it; the path is empty in the main flow. */
function inFrame(path: string, node: string): string {
  return path === "" ? node : `${path}/${node}`;
}

/** The visits in a flow that was entered from this node before: they are counted on, so that each has its own number. */
function visitsInside(visits: Frame["visits"], caller: string): { [node: string]: number } {
  const behind = inFrame(caller, "");
  const inside = Object.entries(visits).filter(([node]) => node.startsWith(behind));
  return Object.fromEntries(inside.map(([node, count]) => [node.slice(behind.length), count]));
}

function flowOf(flows: ReadonlyMap<string, CompiledFlow>, hash: string): CompiledFlow {
  const flow = flows.get(hash);
  if (!flow) throw new Error("Expected the session's flow among the flows handed to step, found none.");
  return flow;
}

function variableOf(flow: CompiledFlow, name: string) {
  const { variables } = flow.flow;
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
