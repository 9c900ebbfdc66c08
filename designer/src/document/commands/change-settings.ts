import { type FlowDocument, flowDocument, toPointer } from "@trunkline/schema/document";
import type { Command } from "../command.ts";

export interface ChangeSettings {
  readonly name?: string;
  /** Empty takes the description away. */
  readonly description?: string;
  readonly settings?: Partial<FlowDocument["settings"]>;
  /** A node, or null for none. */
  readonly onHangUp?: string | null;
}

/** What holds for the whole flow: its name, description, language, voice, limits and what happens on hang-up. */
export const changeSettings: Command<ChangeSettings> = {
  name: (args) => (args.name !== undefined ? "Rename the flow" : "Change the flow's settings"),
  mark: (args) => `settings ${[...Object.keys(args), ...Object.keys(args.settings ?? {})].join(" ")}`,
  run(flow, args) {
    const { description = flow.description, onHangUp = flow.onHangUp, name = flow.name } = args;
    const { voice, ...settings } = { ...flow.settings, ...args.settings };
    const { description: _description, onHangUp: _onHangUp, ...rest } = flow;
    const changed: FlowDocument = {
      ...rest,
      name,
      ...(description ? { description } : {}),
      settings: voice ? { ...settings, voice } : settings,
      ...(onHangUp ? { onHangUp } : {}),
    };
    const parsed = flowDocument.safeParse(changed);
    const [issue] = parsed.success ? [] : parsed.error.issues;
    if (issue) return { refused: issue.message || `${toPointer(issue.path)} does not fit.` };
    return { flow: JSON.stringify(changed) === JSON.stringify(flow) ? flow : changed };
  },
};
