/**
 * Writes the pages that are grown from the code: one per node kind, one per lint rule, and the flow document's JSON
 * Schema. `--check` writes nothing and fails when a page on disk differs.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { definitionOf, type FlowDocument, flowJsonSchema } from "./src/document/index.ts";
import { applyFix, lint, type Rule, rules } from "./src/lint/index.ts";
import { type Example, groups, kinds, type NodeDefinition } from "./src/nodes/index.ts";
import { sound } from "./src/testdata/sound-flow.ts";

interface FieldSchema {
  readonly label?: string;
  readonly help?: string;
  readonly unit?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: FieldSchema;
  readonly properties?: { readonly [name: string]: FieldSchema };
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

const made = "<!-- Made by `pnpm generate` from the code; change the code, not this page. -->\n\n";
const docs = new URL("../docs/", import.meta.url);
const pages = new Map<string, string>();
const soundFlow = sound as unknown as FlowDocument; // its test parses it

/** What an example adds to, or changes in, the smallest sound flow. */
function changed(flow: FlowDocument): string {
  const nodes = Object.entries(flow.nodes).filter(
    ([id, node]) => JSON.stringify(node) !== JSON.stringify(soundFlow.nodes[id]),
  );
  const variables = Object.keys(flow.variables).length > 0 ? { variables: flow.variables } : {};
  const shown = nodes.length > 0 ? nodes : Object.entries(flow.nodes);
  return `\`\`\`json\n${JSON.stringify({ ...variables, nodes: Object.fromEntries(shown) }, null, 2)}\n\`\`\``;
}

function kindPage(definition: NodeDefinition): string {
  const schema = z.toJSONSchema(definition.config, { io: "input", unrepresentable: "any" }) as FieldSchema;
  const outcomes = definition
    .outcomes(definition.initial)
    .map((outcome) => `| \`${outcome.name}\` | ${outcome.label} | ${outcome.failure ? "failure" : ""} |`);
  return [
    `# ${definition.title}`,
    `\`${definition.kind}\` · ${groups[definition.group]}`,
    definition.summary,
    "## Config",
    fieldTable(schema),
    "## Outcomes",
    outcomes.length > 0
      ? `Of a newly added node:\n\n| outcome | meaning | |\n| --- | --- | --- |\n${outcomes.join("\n")}`
      : "None: the call ends here.",
    "## Examples",
    ...definition.examples.map(exampleText),
  ].join("\n\n");
}

function fieldTable(schema: FieldSchema, prefix = ""): string {
  const rows = fieldRows(schema, prefix);
  if (rows.length === 0) return "Nothing to set.";
  return `| field | label | what it means |\n| --- | --- | --- |\n${rows.join("\n")}`;
}

function fieldRows(schema: FieldSchema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name;
    const optional = schema.required?.includes(name) ? "" : " (optional)";
    const row = `| \`${path}\`${optional} | ${field.label ?? ""} | ${[field.help, rangeOf(field)].filter(Boolean).join(" ")} |`;
    return [row, ...(field.items ? fieldRows(field.items, `${path}[].`) : [])];
  });
}

function rangeOf(field: FieldSchema): string {
  if (field.enum) return `One of ${field.enum.map((one) => `\`${one}\``).join(", ")}.`;
  if (field.minimum !== undefined && field.maximum !== undefined) {
    return `${field.minimum} to ${field.maximum} ${field.unit ?? ""}`.trim().concat(".");
  }
  return field.maxLength === undefined ? "" : `At most ${field.maxLength} characters.`;
}

function exampleText(example: Example<unknown>): string {
  const { name, outcome, ...rest } = example;
  return `**${name[0]?.toUpperCase()}${name.slice(1)}** → \`${outcome}\`\n\n\`\`\`json\n${JSON.stringify(rest, null, 2)}\n\`\`\``;
}

pages.set(
  "nodes/README.md",
  `# Node kinds\n\n| kind | group | what it does |\n| --- | --- | --- |\n${kinds
    .map((one) => `| [${one.title}](${one.kind}.md) | ${groups[one.group]} | ${one.summary} |`)
    .join("\n")}`,
);
for (const { kind } of kinds) pages.set(`nodes/${kind}.md`, kindPage(definitionOf(kind)));
/** What the rule says of its wrong example, and the first quick fix it offers with what becomes of the example. */
function spotted(rule: Rule): { readonly sentences: string; readonly fix: string | null } {
  const wrong = rule.wrong(soundFlow);
  const findings = lint(wrong, { rules: [rule], ...(rule.flows ? { flows: rule.flows() } : {}) });
  const sentences = findings.map((finding) => `> ${finding.sentence}`).join("\n>\n");
  const fix = findings.find((finding) => finding.fix)?.fix;
  return { sentences, fix: fix ? `**${fix.title}.**\n\n${changed(applyFix(wrong, fix))}` : null };
}

pages.set(
  "lint/README.md",
  `# Lint rules\n\nErrors block publishing, warnings ask. Where a quick fix exists, one click makes the change.\n\n| rule | severity | what it demands | quick fix |\n| --- | --- | --- | --- |\n${rules
    .map(
      (rule) =>
        `| [${rule.name}](${rule.name}.md) | ${rule.severity} | ${rule.title} | ${spotted(rule).fix ? "yes" : ""} |`,
    )
    .join("\n")}`,
);
for (const rule of rules) {
  const { sentences, fix } = spotted(rule);
  pages.set(
    `lint/${rule.name}.md`,
    [
      `# ${rule.title}`,
      `\`${rule.name}\` · ${rule.severity}`,
      rule.why,
      rule.advice,
      `## Wrong\n\n${changed(rule.wrong(soundFlow))}\n\n${sentences}`,
      ...(fix ? [`## Quick fix\n\n${fix}`] : []),
      `## Right\n\n${changed(rule.right(soundFlow))}`,
    ].join("\n\n"),
  );
}

let stale = 0;
for (const folder of ["nodes", "lint"]) mkdirSync(new URL(`${folder}/`, docs), { recursive: true });
for (const [path, text] of pages) put(path, `${made}${text}\n`);
put("flow.schema.json", `${JSON.stringify(flowJsonSchema(), null, 2)}\n`);
if (stale > 0) process.exitCode = 1;

function put(path: string, text: string): void {
  const file = new URL(path, docs);
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
    return;
  }
  if (read(file) === text) return;
  stale += 1;
  process.stderr.write(`docs/${path} is not what the code says; run \`pnpm run docs\`.\n`);
}

function read(file: URL): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
