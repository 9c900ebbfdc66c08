/** What a node that calls another flow says when that flow, or a newer version of it, is chosen. Pure. */
import type { CalledFlow } from "../../api.ts";

interface Row {
  readonly [key: string]: unknown;
}

/** Rows that are there stay; inputs get one each, outputs one where this flow has a variable of the same name. */
export function takeFlow(config: unknown, called: CalledFlow, variables: readonly string[]): object {
  const before = typeof config === "object" && config !== null ? config : {};
  const inputs = rowsOf(before, "inputs");
  const outputs = rowsOf(before, "outputs");
  const { id, name, hash, version } = called;
  return {
    ...before,
    flow: { id, name, hash, version },
    ways: [...called.ways],
    inputs: called.inputs.map(({ name: input }) => {
      const known = inputs.find((row) => row.input === input);
      return known ?? { input, value: variables.includes(input) ? `{{${input}}}` : "" };
    }),
    outputs: called.outputs.flatMap(({ name: output }) => {
      const known = outputs.find((row) => row.output === output);
      return known ? [known] : variables.includes(output) ? [{ output, into: output }] : [];
    }),
  };
}

function rowsOf(config: object, key: string): readonly Row[] {
  const rows: unknown = Reflect.get(config, key);
  return Array.isArray(rows) ? rows.filter((row) => typeof row === "object" && row !== null) : [];
}
