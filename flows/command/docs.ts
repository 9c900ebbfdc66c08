/** `docs`: a flow as a page of Markdown that people can review: what it knows, what it says, where it goes. */
import { definitionOf, type FlowDocument, glanceOf, outcomesOf } from "@trunkline/schema/document";
import { atLeastOne, put } from "./output.ts";
import { type ReadScenario, readFlow, readScenarios } from "./read-flow.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import type { Options } from "./trunkline.ts";

export async function docsCommand(
  flows: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  atLeastOne(flows, "docs");
  const pages = [];
  for (const name of flows) {
    const read = await readFlow(name, terminal);
    pages.push(pageOf(read.flow, await readScenarios(read)));
  }
  await put(pages.join("\n"), options.out, terminal);
  return 0;
}

function pageOf(flow: FlowDocument, scenarios: readonly ReadScenario[]): string {
  const sections = [
    `# ${line(flow.name)}`,
    flow.description ?? "",
    settingsOf(flow),
    variablesOf(flow),
    `## Nodes\n\n${nodesOf(flow)}`,
    `## Drawing\n\n${drawingOf(flow)}`,
    scenariosOf(scenarios),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function settingsOf({ settings }: FlowDocument): string {
  const voice = settings.voice ? `, voice ${settings.voice}` : "";
  return `Language ${settings.language}${voice}; a call ends after ${settings.maxCallMinutes} minutes at the latest.`;
}

function variablesOf({ variables }: FlowDocument): string {
  const rows = Object.entries(variables).map(
    ([name, one]) =>
      `| \`${name}\` | ${one.type} | ${one.sensitivity} | ${one.origin ?? ""} | ${cell(one.label ?? "")} |`,
  );
  if (rows.length === 0) return "";
  return `## Variables\n\n| name | type | sensitivity | comes from | meaning |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function nodesOf(flow: FlowDocument): string {
  const rows = Object.entries(flow.nodes).map(([id, node]) => {
    const ways = outcomesOf(node).map(({ name, label }) => {
      const target = Object.hasOwn(node.next, name) ? node.next[name] : undefined;
      return `${cell(label)} → ${target ? cell(flow.nodes[target]?.title ?? target) : "*nowhere*"}`;
    });
    const kind = definitionOf(node.kind).title;
    return `| **${cell(node.title)}** (\`${id}\`) | ${kind} | ${cell(glanceOf(node))} | ${ways.join("<br>")} |`;
  });
  return `| node | kind | what it does | leads to |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

function drawingOf(flow: FlowDocument): string {
  const names = new Map(Object.keys(flow.nodes).map((id, index) => [id, `n${index}`]));
  const boxes = Object.entries(flow.nodes).map(([id, node]) => `  ${names.get(id)}["${label(node.title)}"]`);
  const edges = Object.entries(flow.nodes).flatMap(([id, node]) =>
    Object.entries(node.next).map(
      ([outcome, target]) => `  ${names.get(id)} -->|"${label(outcome)}"| ${names.get(target)}`,
    ),
  );
  return `\`\`\`mermaid\nflowchart LR\n${[...boxes, ...edges].join("\n")}\n\`\`\``;
}

function scenariosOf(scenarios: readonly ReadScenario[]): string {
  if (scenarios.length === 0) return "";
  const rows = scenarios.map(
    ({ file, scenario }) =>
      `| ${scenario?.name ?? file} | ${cell(scenario?.about ?? "")} | ${scenario?.expect.disposition ?? "cannot be read"} |`,
  );
  return `## Scenarios\n\n| scenario | about | ends as |\n| --- | --- | --- |\n${rows.join("\n")}`;
}

function line(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Text in a table's cell: one line, nothing that ends the cell or begins markup. */
function cell(text: string): string {
  return line(text).replace(/[\\|`*_<>[\]]/g, (sign) => `\\${sign}`);
}

/** Text in Mermaid's quotes. */
function label(text: string): string {
  return line(text).replaceAll('"', "#quot;");
}
