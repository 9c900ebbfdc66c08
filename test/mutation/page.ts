/** docs/mutation.md: how many faults each file had planted, how many were noticed, and those that were not. */
import type { Mutant } from "./mutants.ts";

export interface Result {
  readonly file: string;
  /** Faults that could have been planted. */
  readonly possible: number;
  readonly planted: number;
  readonly noticed: number;
  /** A row of the page for each fault that no test noticed. */
  readonly survivors: readonly string[];
}

export function survivorRow({ line, kind, was, becomes }: Mutant): string {
  return `| ${line} | ${kind} | ${cell(was)} | ${cell(becomes)} |`;
}

/** One line of a source text, cut short. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function cell(text: string): string {
  return `\`${short(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

export function percent(noticed: number, planted: number): string {
  return `${((100 * noticed) / planted).toFixed(1)} %`;
}

export function pageOf(results: readonly Result[]): string {
  const [possible, planted, noticed] = (["possible", "planted", "noticed"] as const).map((what) =>
    results.reduce((sum, result) => sum + result[what], 0),
  ) as [number, number, number]; // one sum for each of the three names
  const drawn = planted === possible ? "all of them" : `drawn from ${possible}`;
  const sections = results.map(
    (result) => `## ${result.file}
${result.noticed} of ${result.planted} noticed; ${result.possible} possible.

| line | kind | was | became, and no test noticed |
| --- | --- | --- | --- |
${result.survivors.join("\n")}
`,
  );
  return `<!-- Made by \`pnpm mutate\`; run it again, do not change this page. -->

# Planted faults

Small faults planted one at a time in the engine, templates and conditions, each with the schema's own tests run over it:
${noticed} of ${planted} noticed (${percent(noticed, planted)}), ${drawn}. Faults in the wording of a refusal count too, and no test holds those.

${sections.join("\n")}`;
}

/** The results a page was made of: a run over one file keeps those of the others. */
export function resultsIn(page: string): readonly Result[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [file = "", counts = "", ...rows] = section.trimEnd().split("\n");
      const [noticed = 0, planted = 0, possible = 0] = (counts.match(/\d+/g) ?? []).map(Number);
      return { file, possible, planted, noticed, survivors: rows.filter((row) => /^\| \d/.test(row)) };
    });
}
