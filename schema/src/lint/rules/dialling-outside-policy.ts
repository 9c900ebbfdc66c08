import type { FlowDocument } from "../../document/index.ts";
import { dialTargetOf } from "../../language/index.ts";
import { startTo, withNodes } from "../example.ts";
import type { Rule } from "../rule.ts";

export const diallingOutsidePolicy: Rule = {
  name: "dialling-outside-policy",
  severity: "error",
  title: "Only numbers that may be rung are dialled",
  why: "Numbers abroad and service numbers cost much and are what fraud lives on; emergency numbers are never rung by a machine.",
  advice: "Give a number of the United States, with its area code.",
  wrong: (sound) => withTransfer(sound, "+19005550100"),
  right: (sound) => withTransfer(sound, "+15550100001"),
  check: ({ nodes }) =>
    [...nodes.values()].flatMap((node) =>
      node.dialled
        .filter((text) => text.reads.length === 0)
        .flatMap(({ to, text, pointer }) => {
          const target = dialTargetOf(to, text);
          if (typeof target !== "string") return [];
          return [{ node: node.id, pointer, sentence: `${node.name} rings ${text || "nobody"}: ${target}` }];
        }),
    ),
};

function withTransfer(sound: FlowDocument, target: string): FlowDocument {
  const config = {
    to: "number",
    target,
    text: "I am connecting you.",
    ringSeconds: 20,
    limitMinutes: 30,
    detectMachine: false,
  };
  const next = { completed: "bye", busy: "sorry", "no-answer": "sorry", failed: "sorry" };
  return withNodes(sound, {
    start: startTo("desk"),
    desk: { kind: "transfer", title: "Billing desk", config, next },
    sorry: {
      kind: "hang-up",
      title: "Nobody there",
      config: { disposition: "not-connected", farewell: "Nobody is there. Please call again later." },
      next: {},
    },
  });
}
