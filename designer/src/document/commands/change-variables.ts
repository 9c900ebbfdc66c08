import type { FlowDocument, FlowVariable } from "@trunkline/schema/document";
import type { Command } from "../command.ts";
import { isVariableName } from "../ids.ts";
import { withVariableRenamed } from "../variable-uses.ts";

export type ChangeVariables =
  | { readonly declare: string; readonly variable: FlowVariable }
  | { readonly change: string; readonly variable: FlowVariable }
  | { readonly rename: string; readonly to: string }
  | { readonly remove: string };

/** Declare, change, rename or remove one variable. A new name reaches every node; one that used a removed variable is left as it is, lint names it. */
export const changeVariables: Command<ChangeVariables> = {
  name(args) {
    if ("declare" in args) return `Declare ${args.declare}`;
    if ("change" in args) return `Change ${args.change}`;
    return "rename" in args ? `Rename ${args.rename}` : `Remove ${args.remove}`;
  },
  mark: (args) => ("change" in args ? `variable ${args.change}` : null),
  run(flow, args) {
    const { variables } = flow;
    if ("remove" in args) {
      if (!Object.hasOwn(variables, args.remove)) return { flow };
      const { [args.remove]: _gone, ...rest } = variables;
      return { flow: { ...flow, variables: rest } };
    }
    if ("rename" in args) return rename(flow, args.rename, args.to);
    const name = "declare" in args ? args.declare : args.change;
    if (!isVariableName(name)) return { refused: expectedName };
    if ("declare" in args && Object.hasOwn(variables, name))
      return { refused: `"${name}" is declared already.` };
    return { flow: { ...flow, variables: { ...variables, [name]: args.variable } } };
  },
};

const expectedName = "Expected lower-case letters, digits and underscores, beginning with a letter.";

function rename(flow: FlowDocument, from: string, to: string) {
  if (from === to) return { flow };
  if (!isVariableName(to)) return { refused: expectedName };
  if (Object.hasOwn(flow.variables, to)) return { refused: `"${to}" is declared already.` };
  const entries = Object.entries(flow.variables).map(
    ([name, held]) => [name === from ? to : name, held] as const,
  );
  const nodes = Object.entries(flow.nodes).map(
    ([id, node]) => [id, withVariableRenamed(node, from, to)] as const,
  );
  return { flow: { ...flow, variables: Object.fromEntries(entries), nodes: Object.fromEntries(nodes) } };
}
