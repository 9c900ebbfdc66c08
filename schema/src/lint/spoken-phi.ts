/**
 * PHI that is heard while the far end has not shown something yet, in a flow or in those it calls. Whether it has is
 * for the flow that calls to know: a called flow is judged where it is called, with what it is given there.
 */
import { baseOf, parseTemplate } from "../language/index.ts";
import type { CalledFlowFact } from "../nodes/index.ts";
import { deepest, liveWithout, type Shown } from "./established.ts";
import {
  nodePointer,
  nodesIn,
  phiAmong,
  readsBack,
  type Survey,
  type SurveyedNode,
  surveyOf,
} from "./survey.ts";

interface HeardPhi {
  readonly node: string;
  readonly pointer: string;
  readonly reference: string;
  /** As a sentence begins: who speaks it, or calls the flow that does. */
  readonly told: string;
}

/** Variables whose values must not be heard yet, of whichever flow is asked about. */
type Secrets = (survey: Survey) => ReadonlySet<string>;

export function phiHeardWithout(survey: Survey, what: Shown, secrets: Secrets): HeardPhi[] {
  return heard(survey, what, secrets, secrets(survey), deepest);
}

function heard(
  survey: Survey,
  what: Shown,
  secrets: Secrets,
  secret: ReadonlySet<string>,
  deep: number,
): HeardPhi[] {
  return nodesIn(survey, liveWithout(survey, what)).flatMap((node) => [
    ...own(survey, node, secret),
    ...called(survey, what, node, secrets, secret, deep),
  ]);
}

function own(survey: Survey, node: SurveyedNode, secret: ReadonlySet<string>): HeardPhi[] {
  return node.spoken
    .filter((text) => !text.voicemail)
    .flatMap(({ reads, pointer }) =>
      phiAmong(survey, reads)
        .filter((reference) => secret.has(baseOf(reference)) && !readsBack(node, reference))
        .map((reference) => ({
          node: node.id,
          pointer,
          reference,
          told: `${node.name} speaks “${reference}”, which is PHI,`,
        })),
    );
}

/** The first that the called flow speaks: one is enough not to call it. */
function called(
  survey: Survey,
  what: Shown,
  node: SurveyedNode,
  secrets: Secrets,
  secret: ReadonlySet<string>,
  deep: number,
): HeardPhi[] {
  const { calls } = node.facts;
  const flow = calls && survey.flows?.get(calls.hash);
  if (!calls || !flow || deep === 0) return [];
  const inner = surveyOf(flow, survey.flows);
  const [first] = heard(inner, what, secrets, secretInside(inner, calls, secrets, secret), deep - 1);
  if (!first) return [];
  const { reference } = first;
  const told = `${node.name} calls the flow “${flow.name}”, which speaks “${reference}”, which is PHI,`;
  return [{ node: node.id, pointer: nodePointer(node, "config", "flow"), reference, told }];
}

/** An input is as secret as what it is given. */
function secretInside(
  inner: Survey,
  { inputs }: CalledFlowFact,
  secrets: Secrets,
  secret: ReadonlySet<string>,
): ReadonlySet<string> {
  const given = (name: string) => {
    const parsed = parseTemplate(inputs[name] ?? "");
    return parsed.ok && parsed.template.reads.some((reference) => secret.has(baseOf(reference)));
  };
  const names = Object.entries(inner.flow.variables).filter(([name, { origin }]) =>
    origin === "input" ? Object.hasOwn(inputs, name) && given(name) : secrets(inner).has(name),
  );
  return new Set(names.map(([name]) => name));
}
