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
}

export class Turn {
  readonly event: CallEvent;
  readonly flow: CompiledFlow;
  readonly frame: OpenFrame;
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
  ended: CallEnd | null = null;
  visitsNow = 0;
  private readonly before: Session;
  private visits: number;

  constructor(flow: CompiledFlow, before: Session, event: CallEvent) {
    const top = before.frames.at(-1)!; // a session always has the main flow's frame
    this.before = before;
    this.event = event;
    this.flow = flow;
    this.frame = { ...top, values: { ...top.values }, visits: { ...top.visits } };
    this.pending = { ...before.pending };
    this.wait = before.wait;
    this.party = before.party;
    this.phone = before.phone;
    this.seed = before.seed;
    this.startedAt = before.startedAt;
    this.hungUp = before.hungUp;
    this.visits = before.counters.visits;
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

  /** How much the phone has been told to speak in this turn. */
  characters(): number {
    return this.verbs.reduce((sum, verb) => sum + (verb.verb === "say" ? verb.text.length : 0), 0);
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
      timer ??= `visit-${this.frame.node}-${this.frame.visit}`;
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
  set(values: NonNullable<Leave<string>["set"]>, source: "start" | "input" | "computed"): void {
    for (const [name, raw] of Object.entries(values)) {
      const declared = Object.hasOwn(this.flow.flow.variables, name)
        ? this.flow.flow.variables[name]
        : undefined;
      const fitted = declared && coerce(raw, declared.type);
      if (!declared || !fitted?.ok) continue;
      const { type, sensitivity } = declared;
      const origin = {
        source,
        node: this.frame.node,
        turn: this.before.turn,
        event: this.before.counters.events + 1,
      };
      this.frame.values[name] = { value: fitted.value, type, sensitivity, origin };
    }
  }

  end(reason: EndReason, disposition: string): void {
    this.dropWait();
    this.timers.push({ timer: "cancel", id: callLimitTimer });
    this.ended = { reason, disposition };
  }

  /** The session after this turn. `turn` has moved on exactly when a reply was given. */
  close(replied: boolean): Session {
    const { before, frame } = this;
    return {
      version: 1,
      frames: [...before.frames.slice(0, -1), frame satisfies Frame],
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
    };
  }
}
