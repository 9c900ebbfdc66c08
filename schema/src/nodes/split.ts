import { z } from "zod";
import { slug, text, wholeNumber } from "./fields.ts";
import { defineNode, noFacts, type Outcome } from "./node.ts";
import { refuseTakenNames } from "./shared/own-names.ts";

const share = z.strictObject({
  name: slug("Name", "A short name for this way out."),
  label: text("Label", "What the share is for, for people who read the flow.", 60).optional(),
  percent: wholeNumber("Share", "How many calls of a hundred go this way.", "percent", 0, 100),
});

const config = z
  .strictObject({
    shares: z
      .array(share)
      .min(2, "A split needs at least two shares.")
      .max(10)
      .meta({ label: "Shares", help: "Together they are 100 percent.", widget: "list" }),
  })
  .superRefine(({ shares }, context) => {
    refuseTakenNames(context, "shares", shares);
    const sum = shares.reduce((total, one) => total + one.percent, 0);
    if (sum !== 100) {
      const message = `Expected shares of 100 percent together, found ${sum}.`;
      context.addIssue({ code: "custom", path: ["shares"], message });
    }
  });
type Config = z.infer<typeof config>;

const halves: Config = {
  shares: [
    { name: "one", percent: 50 },
    { name: "other", percent: 50 },
  ],
};

/** Sends a share of the calls each way by chance. The chance is the call's own: replayed, it goes the same way. */
export const split = defineNode({
  kind: "split",
  title: "Split",
  summary: "Send a share of the calls each way, by chance.",
  group: "decide",
  icon: "arrows-split-2",
  config,
  initial: halves,
  outcomes: (config): readonly Outcome[] =>
    config.shares.map(({ name, label, percent }) => ({ name, label: `${label || name} · ${percent} %` })),
  facts: () => noFacts,
  glance: (config) =>
    config.shares.map(({ name, label, percent }) => `${label || name} ${percent} %`).join(", "),
  enter: (visit) => {
    const name = shareAt(visit.config, visit.chance() * 100);
    return { leave: name, value: { text: name, by: "chance" } };
  },
  examples: [
    {
      name: "a call by chance",
      config: halves,
      seed: 1,
      outcome: "other",
      value: { text: "other", by: "chance" },
    },
    {
      name: "another call by chance",
      config: halves,
      seed: 7,
      outcome: "one",
      value: { text: "one", by: "chance" },
    },
  ],
});

/** The share a number from 0 up to 100 falls into; a share of nothing never has one. */
function shareAt({ shares }: Config, drawn: number): string {
  let upTo = 0;
  for (const { name, percent } of shares) {
    upTo += percent;
    if (drawn < upTo) return name;
  }
  return shares.at(-1)!.name; // there are at least two, and together they are all of 100
}
