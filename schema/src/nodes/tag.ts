import { z } from "zod";
import { slug } from "./fields.ts";
import { defineNode, noFacts } from "./node.ts";

/** Puts a word on the call, once however often it is visited; lists of calls and reports find it by the word. */
export const tag = defineNode({
  kind: "tag",
  title: "Tag",
  summary: "Put a word on the call, to find and count it by.",
  group: "data",
  icon: "tag",
  config: z.strictObject({ tag: slug("Tag", "One word for what this call is; reports count by it.") }),
  initial: { tag: "noted" },
  outcomes: [{ name: "done", label: "tagged" }],
  facts: () => noFacts,
  glance: (config) => config.tag,
  enter: (visit) => ({ leave: "done", tag: visit.config.tag, value: { text: visit.config.tag } }),
  examples: [
    {
      name: "a word is put on the call",
      config: { tag: "asked-for-help" },
      outcome: "done",
      value: { text: "asked-for-help" },
      tagged: ["asked-for-help"],
    },
    {
      name: "a word it has already",
      config: { tag: "asked-for-help" },
      tags: ["asked-for-help", "spanish"],
      outcome: "done",
      value: { text: "asked-for-help" },
      tagged: ["asked-for-help", "spanish"],
    },
  ],
});
