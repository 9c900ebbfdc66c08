import type { FlowDocument } from "../../document/index.ts";
import { startTo, withNodes } from "../example.ts";
import { pointerTo } from "../fix.ts";
import type { Report, Rule } from "../rule.ts";
import { nodePointer, nodesIn, type Survey, type SurveyedNode } from "../survey.ts";

export const verdictWithoutDetection: Rule = {
  name: "verdict-without-detection",
  severity: "error",
  title: "A verdict is asked for before it is used",
  why: "Without machine detection the carrier never says who answered; without waiting for the greeting's end no message can be left.",
  advice:
    "Turn machine detection on where the call begins, up to the end of the greeting where a message is left.",
  wrong: (sound) => withVerdict(sound, { calls: "outbound" }),
  right: (sound) => withVerdict(sound, { calls: "outbound", detection: "first" }),
  check: (survey) => nodesIn(survey, survey.live).flatMap((node) => reported(survey, node)),
};

function reported(survey: Survey, node: SurveyedNode): Report[] {
  const { needsVerdict } = node.facts;
  const { calls, line, detection, greeting } = survey.beginning;
  // A called flow's verdict is that of the flow which began the call.
  if (needsVerdict === undefined || calls === "flows") return [];
  const entry = survey.flow.entry;
  const base = { node: node.id, pointer: nodePointer(node) };
  if (calls === "inbound") {
    return [
      { ...base, sentence: `${node.name} waits for a verdict on who answered, but calls come in here.` },
    ];
  }
  if (detection === "off") {
    const sentence = `${node.name} needs machine detection, which is off where the call begins.`;
    if (line === "payer") return [{ ...base, sentence }];
    const pointer = pointerTo("nodes", entry, "config", "detection");
    const fix = {
      title: "Turn machine detection on",
      change: [{ op: "set" as const, pointer, value: "meanwhile" }],
    };
    return [{ ...base, sentence, fix }];
  }
  if (needsVerdict === "who" || greeting === "over") return [];
  const pointer = pointerTo("nodes", entry, "config", "greeting");
  return [
    {
      ...base,
      sentence: `${node.name} needs to know when a greeting is over, but the verdict comes when it has begun.`,
      fix: { title: "Wait for the greeting's end", change: [{ op: "set", pointer, value: "over" }] },
    },
  ];
}

function withVerdict(sound: FlowDocument, begins: object): FlowDocument {
  const next = { human: "bye", machine: "bye", fax: "bye", unknown: "bye" };
  return withNodes(sound, {
    start: startTo("who", begins),
    who: { kind: "answered-by", title: "Who is it?", config: { waitSeconds: 10 }, next },
  });
}
