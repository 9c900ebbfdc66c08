/**
 * What a rehearsal begins with, as its form holds it: when the call begins, values for the flow's inputs, who answers,
 * what web services answer. Remembered per flow as long as the page is open. Pure but for that memory.
 */
import type { Value, Verdict } from "@trunkline/schema/call";
import { beginningOf, type FlowDocument, type FlowVariable, factsOf } from "@trunkline/schema/document";
import type { Answer, Caller, Rehearsal } from "@trunkline/schema/scenario";

export interface ServiceAnswer {
  readonly does: "answers" | "fails" | "times-out";
  readonly status: number;
  /** JSON as typed. */
  readonly json: string;
  readonly afterSeconds: number;
}

export interface Setup {
  /** Local date and time as a browser's field gives it; empty for a Monday noon. */
  readonly when: string;
  readonly inputs: { readonly [variable: string]: Value };
  readonly answered: keyof typeof verdicts;
  /** By node. */
  readonly services: { readonly [node: string]: ServiceAnswer };
  /** Whatever no answer is given for fails. */
  readonly outsideFails: boolean;
}

/** Who may answer a call we place, and how far a machine's greeting is when the verdict comes. */
export const verdicts = {
  none: { label: "No verdict comes", verdict: null },
  human: { label: "A person", verdict: { by: "human" } },
  machine: { label: "A machine, still greeting", verdict: { by: "machine", greeting: "begun" } },
  beep: { label: "A machine, after its beep", verdict: { by: "machine", greeting: "beep" } },
  silence: { label: "A machine, greeting over in silence", verdict: { by: "machine", greeting: "silence" } },
  fax: { label: "A fax", verdict: { by: "fax" } },
  unknown: { label: "Nobody can tell", verdict: { by: "unknown" } },
} as const satisfies {
  readonly [name: string]: { readonly label: string; readonly verdict: Verdict | null };
};

export const usualAnswer: ServiceAnswer = { does: "answers", status: 200, json: "{}", afterSeconds: 0 };

export function freshSetup(): Setup {
  return { when: "", inputs: {}, answered: "human", services: {}, outsideFails: false };
}

const remembered = new Map<string, Setup>();

export function rememberedSetup(flowId: string): Setup {
  return remembered.get(flowId) ?? freshSetup();
}

export function rememberSetup(flowId: string, setup: Setup): void {
  remembered.set(flowId, setup);
}

/** Variables whose values are given when the flow begins. */
export function inputsOf(flow: FlowDocument): readonly (readonly [string, FlowVariable])[] {
  return Object.entries(flow.variables).filter(([, variable]) => variable.origin === "input");
}

/** Nodes that ask a web service. */
export function servicesOf(flow: FlowDocument): readonly { readonly id: string; readonly title: string }[] {
  return Object.entries(flow.nodes).flatMap(([id, node]) =>
    factsOf(node).sends?.some((one) => one.to === "url") ? [{ id, title: node.title }] : [],
  );
}

/** Is there anything to say before this flow is rehearsed? */
export function asksFirst(flow: FlowDocument): boolean {
  return beginningOf(flow).calls !== "inbound" || inputsOf(flow).length > 0;
}

/** An answer counts once, for the next request of its node: a loop finds this many. */
const timesAnswered = 10;

export function toCaller(flow: FlowDocument, setup: Setup): Caller {
  const at = setup.when === "" ? Number.NaN : Date.parse(setup.when);
  const known = new Set(inputsOf(flow).map(([name]) => name));
  const inputs = Object.entries(setup.inputs).filter(([name]) => known.has(name));
  const { verdict } = verdicts[setup.answered];
  const asked = beginningOf(flow);
  const answers = servicesOf(flow).flatMap(({ id }) => {
    const service = setup.services[id];
    return service ? Array.from({ length: timesAnswered }, () => toAnswer(id, service)) : [];
  });
  return {
    ...(Number.isNaN(at) ? {} : { at }),
    ...(inputs.length > 0 ? { inputs: Object.fromEntries(inputs) } : {}),
    ...(verdict && asked.calls === "outbound" && asked.detection !== "off" ? { answered: verdict } : {}),
    ...(answers.length > 0 ? { answers } : {}),
    ...(setup.outsideFails ? { effects: "failed" as const } : {}),
  };
}

function toAnswer(node: string, { does, status, json, afterSeconds }: ServiceAnswer): Answer {
  const after = afterSeconds > 0 ? { afterSeconds } : {};
  if (does === "fails") return { node, fails: "could not be reached in this rehearsal", ...after };
  if (does === "times-out") return { node, fails: "timeout: no answer in this rehearsal", ...after };
  return { node, status, json: readJson(json) ?? {}, ...after };
}

/** Undefined for a text that is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The caller as a scenario keeps it: only the answers that were used. */
export function usedCaller(caller: Caller, last: Rehearsal): Caller {
  const { answers, ...rest } = caller;
  const left = new Set(last.answers);
  const used = answers?.filter((answer) => !left.has(answer)) ?? [];
  return used.length > 0 ? { ...rest, answers: used } : rest;
}
