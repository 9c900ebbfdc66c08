/** All lint rules over a flow of a thousand nodes of every kind, beside the time it takes to parse the same document. */
import { outcomesOf, parseFlow } from "@trunkline/schema/document";
import { lint, rules } from "@trunkline/schema/lint";
import { kinds } from "@trunkline/schema/nodes";
import { median, printTable } from "./statistics.ts";

const nodes = 1000;
const rounds = 15;

export function benchLint(): void {
  const document = everyKind();
  const timed = (work: () => unknown) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const parsed = parseFlow(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems.slice(0, 3)));
  const found = lint(parsed.flow).length;
  const parsing: number[] = [];
  const linting: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    parsing.push(timed(() => parseFlow(document)));
    linting.push(timed(() => lint(parsed.flow)));
  }
  console.log(
    `\nLint: ${rules.length} rules, ${nodes} nodes of every kind, ${found} findings (aim: under 100 ms)`,
  );
  printTable(
    ["what", "ms (median)", "times parsing"],
    [
      ["parse the document", median(parsing), 1],
      ["lint it", median(linting), median(linting) / median(parsing)],
    ],
  );
}

/** A long chain of every kind in turn with its initial config, with ways back as in real flows. */
function everyKind(): unknown {
  const usable = kinds.filter((one) => one.kind !== "start");
  const id = (index: number) => `n${Math.min(Math.max(index, 0), nodes - 1)}`;
  const made = Array.from({ length: nodes }, (_, index) => {
    const { kind, initial } = usable[index % usable.length]!; // within the list
    const names = outcomesOf({ kind, config: initial } as Parameters<typeof outcomesOf>[0]).map(
      (one) => one.name,
    );
    const next = Object.fromEntries(
      names.map((name, at) => [name, id(at === 0 ? index + 1 : index + 1 - at * 7)]),
    );
    return [id(index), { kind, title: `${kind} ${index}`, config: initial, next }] as const;
  });
  return {
    formatVersion: 1,
    name: "Every kind",
    settings: { language: "en-US", maxCallMinutes: 30, apology: "Sorry." },
    variables: { value: { type: "text", sensitivity: "internal" } },
    entry: "start",
    nodes: {
      start: { kind: "start", title: "Start", config: {}, next: { call: id(0) } },
      ...Object.fromEntries(made),
    },
    layout: { nodes: {} },
  };
}
