/**
 * The walk through a flow's nodes: entering, resuming and leaving visits, entering and leaving sub-flows, and the ends
 * a call can come to on the way. Works on the turn that `step` made; nobody else may call it.
 */
import type { CallEnd, DecidingValue, EngineOutcome, Value } from "../call/index.ts";
import type { CallFlow, ResumeEvent, VisitResult } from "../nodes/index.ts";
import type { CompiledNode } from "./compile.ts";
import { engineDispositions, limits } from "./limits.ts";
import type { Turn } from "./turn.ts";
import { visitOf } from "./visit.ts";

function nodeOf(turn: Turn, id = turn.frame.node): CompiledNode {
  const node = turn.flow.nodes.get(id);
  if (!node) throw new Error(`Expected node "${id}" in the flow, found none.`);
  return node;
}

export function resume(turn: Turn, event: ResumeEvent): void {
  const node = nodeOf(turn);
  const { resume: resumeKind } = node.definition;
  if (!resumeKind) throw new Error(`Expected kind "${node.definition.kind}" to resume, found it cannot.`);
  const next = settle(turn, node, resumeKind(visitOf(turn, node.config), event));
  if (next !== null) walk(turn, next);
}

/** Enter nodes one after the other until one waits or the call ends. */
export function walk(turn: Turn, from: string): void {
  turn.wait = null;
  for (let id: string | null = from; id !== null; ) {
    if (turn.visitsNow >= limits.visitsPerStep || turn.visitsInCall() >= limits.visitsPerCall) {
      giveUp(turn, engineDispositions.limit);
      return;
    }
    const node = nodeOf(turn, id);
    if (mustSpeakFirst(turn, node)) {
      turn.wait = { accepts: ["done"], effects: [], timer: null, enter: id };
      return;
    }
    turn.enter(id);
    id = settle(turn, node, node.definition.enter(visitOf(turn, node.config)));
  }
}

/** What the phone has been told so far goes out before this node is entered: it is much, or the node's time counts. */
function mustSpeakFirst(turn: Turn, node: CompiledNode): boolean {
  const characters = turn.characters();
  return (
    characters > limits.charactersPerTurn ||
    (characters > 0 && !!node.definition.entersInSilence?.(node.config))
  );
}

/** Write a visit's result into the turn; the answer is the node to enter next, or null to stop here. */
function settle(turn: Turn, node: CompiledNode, result: VisitResult<string>): string | null {
  if ("callFlow" in result) return enterFlow(turn, node, result);
  if ("returns" in result) return leaveFlow(turn, node, result.returns);
  if (!turn.hungUp && result.verbs) turn.verbs.push(...result.verbs);
  if ("end" in result) {
    turn.leave(node.definition.kind, "end", { text: result.disposition });
    leaveFlows(turn, "end");
    turn.end(turn.hungUp ?? "completed", result.disposition);
    return null;
  }
  const ordered = (result.effects ?? []).map((effect) => turn.order(effect));
  if ("wait" in result) {
    turn.stay(result.wait, ordered, result.timerAt, result.memory);
    if (turn.hungUp && !result.wait.includes("effect")) afterTheCaller(turn, turn.hungUp);
    return null;
  }
  if (result.set) turn.set(result.set, result.source ?? "computed");
  if (result.clear) turn.clear(result.clear);
  if (result.tag !== undefined) addTag(turn, result.tag);
  return leaveBy(turn, node, result.leave, result.value ?? null);
}

/** The open visit leaves by an outcome; the answer is where that leads. */
function leaveBy(
  turn: Turn,
  node: CompiledNode,
  outcome: string,
  value: DecidingValue | null,
): string | null {
  const gained = Object.hasOwn(node.establishes, outcome) ? (node.establishes[outcome] ?? []) : [];
  if (gained.length > 0) {
    turn.party = { ...turn.party, established: [...new Set([...(turn.party.established ?? []), ...gained])] };
  }
  turn.leave(node.definition.kind, outcome, value);
  const target = Object.hasOwn(node.next, outcome) ? node.next[outcome] : undefined;
  if (target === undefined) giveUp(turn, engineDispositions.unwired);
  return target ?? null;
}

function addTag(turn: Turn, tag: string): void {
  if (turn.tags.includes(tag) || turn.tags.length >= limits.tagsPerCall) return;
  turn.tags = [...turn.tags, tag];
}

/** How a call-flow node fails: the flow is not at hand, or flows are nested too deep. */
const flowFailed = "failed";

function enterFlow(turn: Turn, node: CompiledNode, called: CallFlow): string | null {
  const flow = turn.flows.get(called.callFlow);
  if (!flow || turn.depth >= limits.flowsDeep) {
    const text = flow ? `more than ${limits.flowsDeep} flows deep` : "the flow is not at hand";
    return leaveBy(turn, node, flowFailed, { text });
  }
  turn.push(flow, called.outputs);
  takeInitials(turn);
  takeInputs(turn, called.inputs);
  return flow.flow.entry;
}

/** The flow is over: the node that called it is left by the outcome it returned with. In the main flow the call ends. */
function leaveFlow(turn: Turn, node: CompiledNode, outcome: string): string | null {
  turn.leave(node.definition.kind, "end", { text: outcome });
  if (!turn.pop()) {
    turn.end(turn.hungUp ?? "completed", outcome);
    return null;
  }
  const caller = nodeOf(turn);
  const known = caller.definition.outcomes(caller.config).some((one) => one.name === outcome);
  return leaveBy(turn, caller, known ? outcome : flowFailed, { text: outcome });
}

/** The values a flow's variables begin with. One that is shared, and has a value by now, keeps it. */
export function takeInitials(turn: Turn): void {
  for (const [name, { initial }] of Object.entries(turn.flow.flow.variables)) {
    if (initial !== undefined && !turn.held(name)) turn.set({ [name]: initial }, "start");
  }
}

/** Values for the variables a flow takes as inputs; nothing else can be handed in. */
export function takeInputs(turn: Turn, inputs: { readonly [variable: string]: Value }): void {
  const { variables } = turn.flow.flow;
  for (const [name, value] of Object.entries(inputs)) {
    if (Object.hasOwn(variables, name) && variables[name]?.origin === "input")
      turn.set({ [name]: value }, "start");
  }
}

/** Sub-flows end with the call; what they found out goes to the flows that called them. */
function leaveFlows(turn: Turn, outcome: EngineOutcome): void {
  while (turn.pop()) turn.leave(nodeOf(turn).definition.kind, outcome, null);
}

/** Close the visit that waits, if one does, by a way out that the engine adds to every kind. */
function leaveOpenVisit(turn: Turn, outcome: EngineOutcome): void {
  if (turn.wait && turn.wait.enter === undefined) turn.leave(nodeOf(turn).definition.kind, outcome, null);
}

/**
 * The caller is gone, and nothing that waits for them goes on: the main flow's path after a hang-up is walked in silence,
 * once. Where that path needs the caller, the call is over.
 */
export function afterTheCaller(turn: Turn, reason: CallEnd["reason"]): void {
  leaveOpenVisit(turn, "caller-hung-up");
  leaveFlows(turn, "caller-hung-up");
  const { onHangUp } = turn.flow.flow;
  const due = turn.pathDue;
  turn.pathDue = false;
  if (due && onHangUp !== undefined) walk(turn, onHangUp);
  else turn.end(reason, reason === "completed" ? engineDispositions.hungUp : reason);
}

/** The engine ends the call: a limit, or a way out that nobody wired. The caller hears the flow's apology. */
export function giveUp(turn: Turn, disposition: string): void {
  leaveOpenVisit(turn, "limit-reached");
  const { apology, language, voice } = turn.flow.flow.settings;
  leaveFlows(turn, "limit-reached");
  if (!turn.hungUp) {
    turn.verbs.push(
      { verb: "say", text: apology, language, ...(voice ? { voice } : {}) },
      { verb: "hang-up" },
    );
  }
  turn.end(turn.hungUp ?? "completed", disposition);
}
