/** What other tools read: JUnit XML for test runners, SARIF 2.1.0 (OASIS) for code scanning. Pure. */
import type { Severity } from "@trunkline/schema/lint";
import type { Place } from "./places.ts";

export interface Suite {
  readonly name: string;
  readonly cases: readonly { readonly name: string; readonly failures: readonly string[] }[];
}

export function junit(suites: readonly Suite[]): string {
  const written = suites.map(({ name, cases }) => {
    const failed = cases.filter((one) => one.failures.length > 0).length;
    const inner = cases.map((one) => testCase(name, one)).join("");
    return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failed}" errors="0" skipped="0">\n${inner}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${written.join("")}</testsuites>\n`;
}

function testCase(suite: string, { name, failures }: Suite["cases"][number]): string {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(name)}"`;
  if (failures.length === 0) return `${open}/>\n`;
  const text = failures.join("\n");
  return `${open}>\n      <failure message="${xml(failures[0] ?? "")}">${xml(text)}</failure>\n    </testcase>\n`;
}

/** Text in XML, without what XML 1.0 forbids. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}

export interface Located {
  readonly rule: string;
  readonly severity: Severity;
  readonly sentence: string;
  readonly file: string;
  readonly place: Place;
}

export interface RuleText {
  readonly name: string;
  readonly title: string;
  readonly why: string;
}

export function sarif(findings: readonly Located[], rules: readonly RuleText[]): string {
  const driver = {
    name: "trunkline",
    informationUri: "https://github.com/trunkline/trunkline",
    rules: rules.map((rule) => ({
      id: rule.name,
      shortDescription: { text: rule.title },
      fullDescription: { text: rule.why },
    })),
  };
  const results = findings.map(({ rule, severity, sentence, file, place }) => ({
    ruleId: rule,
    level: severity,
    message: { text: sentence },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
  }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
