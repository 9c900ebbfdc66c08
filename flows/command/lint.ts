/** `lint`: what is wrong with each flow, by file, line and rule. What does not even parse is an error like any other. */
import { type Finding, lint, rules } from "@trunkline/schema/lint";
import { atLeastOne, formatOf, put } from "./output.ts";
import { placesOf } from "./places.ts";
import { findFlow, parseSource, readCalledFlows } from "./read-flow.ts";
import { junit, type Located, sarif } from "./reports.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import type { Options } from "./trunkline.ts";

export async function lintCommand(
  flows: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  atLeastOne(flows, "lint");
  const format = formatOf(options.format, ["text", "sarif", "junit"]);
  const found = await Promise.all(
    flows.map(async (name) => ({ name, findings: await findingsOf(name, terminal) })),
  );
  const all = found.flatMap((one) => one.findings);
  if (format === "sarif") await put(sarif(all, [parsing, ...rules]), options.out, terminal);
  else if (format === "junit") await put(junit(found.map(suiteOf)), options.out, terminal);
  else await put(textOf(all, flows.length), options.out, terminal);
  return all.some((one) => one.severity === "error" || options.strict) ? 1 : 0;
}

/** The rule behind the rules: the document is one. */
const parsing = {
  name: "document",
  title: "The document is a flow",
  why: "What does not parse can neither be drawn nor run.",
};

async function findingsOf(name: string, terminal: Terminal): Promise<readonly Located[]> {
  const source = await findFlow(name, terminal);
  const placeOf = placesOf(source.text);
  const file = source.name;
  const parsed = parseSource(source);
  if (!("flow" in parsed)) {
    return parsed.map(({ pointer, sentence }) => ({
      rule: parsing.name,
      severity: "error",
      sentence,
      file,
      place: placeOf(pointer),
    }));
  }
  const called = await readCalledFlows(parsed);
  const flows = new Map(called.map((one) => [one.hash, one.flow]));
  return lint(parsed.flow, { flows }).map((finding: Finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    sentence: finding.sentence,
    file,
    place: placeOf(finding.pointer),
  }));
}

function suiteOf({ name, findings }: { name: string; findings: readonly Located[] }) {
  const failing = new Map<string, string[]>();
  for (const one of findings) {
    const said = `${one.severity}: ${one.sentence} (line ${one.place.line})`;
    failing.set(one.rule, [...(failing.get(one.rule) ?? []), said]);
  }
  const cases = [parsing, ...rules].map((rule) => ({
    name: rule.name,
    failures: failing.get(rule.name) ?? [],
  }));
  return { name, cases };
}

function textOf(findings: readonly Located[], flows: number): string {
  const lines = findings.map(
    ({ file, place, severity, sentence, rule }) =>
      `${file}:${place.line}:${place.column} ${severity} ${sentence} (${rule})\n`,
  );
  const errors = findings.filter((one) => one.severity === "error").length;
  const counted = `${flows} flow${flows === 1 ? "" : "s"}: ${errors} errors, ${findings.length - errors} warnings\n`;
  return lines.join("") + counted;
}
