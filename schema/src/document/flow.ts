/**
 * The flow document: what an analyst draws, as versioned JSON. Layout lies apart from meaning: moving a node changes
 * no hash and makes no version. An edge is an entry in a node's `next`, so an outcome has at most one target.
 */
import { z } from "zod";
import { scopes, sensitivities, variableOrigins, variableTypes } from "../call/index.ts";
import { variableName } from "../language/index.ts";
import { kinds } from "../nodes/index.ts";

/** The newest format; older documents are migrated on reading (migrations/). */
export const formatVersion = 1;

/** Most nodes a flow may have. */
export const mostNodes = 2000;

export const nodeId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "Expected a node id: lower-case letters, digits and dashes.")
  .refine((id) => id !== "constructor", "Expected a node id other than this reserved word.");

const next = z
  .record(z.string().max(60), nodeId)
  .meta({ label: "Next", help: "Which node each outcome leads to." });

const [first, ...others] = kinds.map((definition) =>
  z.strictObject({
    kind: z.literal(definition.kind),
    title: z.string().min(1, "Expected a title.").max(80),
    config: definition.config as z.ZodType<object>,
    next,
    note: z.string().max(2000).optional().meta({ label: "Note", help: "For people who read the flow." }),
  }),
);
// The registry is never empty, so the union always has a first member.
const node = z.discriminatedUnion("kind", [first!, ...others]);

const plainInitial = z.union([z.string().max(1000), z.number().finite()]);

const variable = z
  .strictObject({
    type: z.enum(variableTypes).meta({ label: "Type", help: "What the values are, and how they compare." }),
    sensitivity: z
      .enum(sensitivities)
      .meta({ label: "Sensitivity", help: "PHI is kept out of traces, logs and URLs." }),
    label: z.string().max(80).optional(),
    origin: z.enum(variableOrigins).optional().meta({
      label: "Comes from",
      help: "Given when the flow begins, collected from the other side, or computed by the flow.",
    }),
    scope: z.enum(scopes).optional().meta({
      label: "Seen by",
      help: "This flow only, or every flow of the call that declares the same name so.",
    }),
    /** Handed back to the flow that calls this one. */
    output: z.boolean().optional().meta({
      label: "Handed back",
      help: "A flow that calls this one can take the value.",
    }),
    choices: z
      .array(z.string().min(1).max(60))
      .min(1)
      .max(50)
      .optional()
      .meta({ label: "Choices", help: "The words a choice may be." }),
    initial: z
      .union([
        plainInitial,
        z.array(z.string().max(1000)).max(100),
        z.record(z.string().max(40), plainInitial),
      ])
      .optional(),
  })
  .superRefine((declared, context) => {
    if ((declared.type === "choice") !== (declared.choices !== undefined)) {
      const message =
        declared.type === "choice" ? "A choice needs its choices." : "Only a choice has choices.";
      context.addIssue({ code: "custom", path: ["choices"], message });
    }
  });

const settings = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Expected a language such as en-US."),
  voice: z.string().max(60).optional(),
  maxCallMinutes: z.number().int().min(1).max(240),
  /** Spoken when the runtime fails or a limit is reached, before the line is closed. */
  apology: z.string().min(1).max(500),
});

export const flowDocument = z
  .strictObject({
    formatVersion: z.literal(formatVersion),
    name: z.string().min(1, "Expected a name.").max(80),
    description: z.string().max(2000).optional(),
    settings,
    variables: z.record(z.string().regex(variableName), variable),
    entry: nodeId,
    /** Walked in silence after the caller hung up, to record what is known. */
    onHangUp: nodeId.optional(),
    nodes: z.record(nodeId, node).refine((all) => Object.keys(all).length <= mostNodes, {
      message: `Expected at most ${mostNodes} nodes.`,
    }),
    layout: z.strictObject({
      nodes: z.record(nodeId, z.strictObject({ x: z.number().finite(), y: z.number().finite() })),
    }),
  })
  .superRefine((flow, context) => {
    const refer = (id: string, path: (string | number)[]) => {
      if (!Object.hasOwn(flow.nodes, id)) {
        context.addIssue({ code: "custom", path, message: `Expected the id of a node, found "${id}".` });
      }
    };
    refer(flow.entry, ["entry"]);
    if (flow.onHangUp) refer(flow.onHangUp, ["onHangUp"]);
    for (const [id, one] of Object.entries(flow.nodes)) {
      for (const [outcome, target] of Object.entries(one.next)) refer(target, ["nodes", id, "next", outcome]);
    }
    const starts = Object.keys(flow.nodes).filter((id) => flow.nodes[id]?.kind === "start");
    if (starts.length !== 1 || starts[0] !== flow.entry) {
      const found = starts.length === 1 ? `the entry is "${flow.entry}"` : `found ${starts.length}`;
      context.addIssue({
        code: "custom",
        path: ["entry"],
        message: `Expected one start node as the entry, ${found}.`,
      });
    }
  });

export type FlowDocument = z.infer<typeof flowDocument>;
export type FlowNode = FlowDocument["nodes"][string];
export type FlowVariable = FlowDocument["variables"][string];

/** The JSON Schema of the newest format, for editors outside and Monaco inside. */
export function flowJsonSchema(): object {
  return z.toJSONSchema(flowDocument, { io: "input", unrepresentable: "any" });
}
