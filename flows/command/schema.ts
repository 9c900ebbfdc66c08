/** `schema`: the JSON Schema of flow documents, or of scenarios, for editors and checks outside. */
import { flowJsonSchema } from "@trunkline/schema/document";
import { scenarioJsonSchema } from "@trunkline/schema/scenario";
import { put } from "./output.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import type { Options } from "./trunkline.ts";

export async function schemaCommand(
  _flows: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  const schema = options.scenario ? scenarioJsonSchema() : flowJsonSchema();
  await put(`${JSON.stringify(schema, null, 2)}\n`, options.out, terminal);
  return 0;
}
