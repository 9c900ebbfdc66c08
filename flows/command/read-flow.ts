/**
 * Flows and scenarios from disk, or shipped ones by name. The flows a flow enters are looked for by content hash among
 * its neighbours (other folders beside its own) and the shipped ones.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  calledFlows,
  type FlowDocument,
  hashFlow,
  longestDocument,
  type Problem,
  parseFlowText,
} from "@trunkline/schema/document";
import { type CompiledFlow, compileFlow } from "@trunkline/schema/engine";
import { parseScenario, type Scenario } from "@trunkline/schema/scenario";
import { catalogue } from "../index.ts";
import { Refusal, type Terminal } from "./terminal.ts";

export interface FlowSource {
  /** As it was asked for. */
  readonly name: string;
  /** The file's path; null for a shipped flow. */
  readonly path: string | null;
  readonly text: string;
}

export interface ReadFlow extends FlowSource {
  readonly flow: FlowDocument;
}

/** Neighbouring folders looked into for called flows. */
const mostNeighbours = 200;

export async function findFlow(name: string, terminal: Terminal): Promise<FlowSource> {
  const asked = resolve(terminal.folder, name);
  const kind = await kindOf(asked);
  if (kind === null) {
    const shipped = catalogue.find((entry) => entry.id === name);
    if (shipped) return { name, path: null, text: JSON.stringify(shipped.document, null, 2) };
    const known = catalogue.map((entry) => entry.id).join(", ");
    throw new Refusal(`Expected a file, a folder or one of ${known}; found nothing at "${name}".`);
  }
  const path = kind === "folder" ? join(asked, "flow.json") : asked;
  return { name, path, text: await read(path) };
}

/** The flow, or why it is none. */
export function parseSource(source: FlowSource): ReadFlow | readonly Problem[] {
  const parsed = parseFlowText(source.text);
  return parsed.ok ? { ...source, flow: parsed.flow } : parsed.problems;
}

/** A flow that must parse to be of any use to the command. */
export async function readFlow(name: string, terminal: Terminal): Promise<ReadFlow> {
  const parsed = parseSource(await findFlow(name, terminal));
  if ("flow" in parsed) return parsed;
  const problems = parsed.map((one) => `  ${one.pointer || "/"}: ${one.sentence}`).join("\n");
  throw new Refusal(`"${name}" is not a flow:\n${problems}`);
}

/** Every flow this one may enter, compiled; those that cannot be found are left out. */
export async function readCalledFlows(flow: ReadFlow): Promise<readonly CompiledFlow[]> {
  const known = new Map(catalogue.map(({ document }) => [hashFlow(document), document]));
  if (flow.path !== null && calledFlows(flow.flow).length > 0) {
    for (const document of await neighbours(flow.path)) known.set(hashFlow(document), document);
  }
  const found = new Map<string, CompiledFlow>();
  const open = calledFlows(flow.flow);
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const document = known.get(hash);
    if (!document || found.has(hash)) continue;
    found.set(hash, compileFlow(document));
    open.push(...calledFlows(document));
  }
  return [...found.values()];
}

async function neighbours(path: string): Promise<FlowDocument[]> {
  const parent = dirname(dirname(path));
  const folders = (await readdir(parent, { withFileTypes: true })).filter((one) => one.isDirectory());
  const texts = await Promise.all(
    folders
      .slice(0, mostNeighbours)
      .map(({ name }) => readFile(join(parent, name, "flow.json"), "utf8").catch(() => null)),
  );
  return texts.flatMap((text) => {
    const parsed = text === null ? null : parseFlowText(text);
    return parsed?.ok ? [parsed.flow] : [];
  });
}

export interface ReadScenario {
  readonly file: string;
  readonly scenario: Scenario | null;
  readonly problems: readonly Problem[];
}

/** The scenarios beside a flow, in the order of their names. */
export async function readScenarios(flow: ReadFlow): Promise<readonly ReadScenario[]> {
  if (flow.path === null) {
    const shipped = catalogue.find((entry) => entry.id === flow.name);
    return (shipped?.scenarios ?? []).map((scenario) => ({ file: scenario.name, scenario, problems: [] }));
  }
  const folder = dirname(flow.path);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".scenario.json")).sort();
  return await Promise.all(files.map((name) => readScenario(join(folder, name))));
}

async function readScenario(path: string): Promise<ReadScenario> {
  const file = basename(path);
  let value: unknown;
  try {
    value = JSON.parse(await read(path));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const sentence = `Expected JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`;
    return { file, scenario: null, problems: [{ pointer: "", sentence }] };
  }
  const parsed = parseScenario(value);
  return parsed.ok
    ? { file, scenario: parsed.scenario, problems: [] }
    : { file, scenario: null, problems: parsed.problems };
}

async function kindOf(path: string): Promise<"file" | "folder" | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  return found.isDirectory() ? "folder" : "file";
}

async function read(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Refusal(`Expected a file at "${path}", found none.`);
  if (found.size > longestDocument * 4) throw new Refusal(`Expected a smaller file at "${path}".`);
  return await readFile(path, "utf8");
}
