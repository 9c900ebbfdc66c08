/** Small numbers about many numbers. */

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this part of them lies; 0 for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export type Cell = string | number;

/** Rows under headings, numbers to the right. */
export function printTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const text = (cell: Cell) => (typeof cell === "number" ? shown(cell) : cell);
  const all = [headings, ...rows];
  const widths = headings.map((_, at) => Math.max(...all.map((row) => text(row[at] ?? "").length)));
  for (const row of all) {
    const cells = row.map((cell, at) => {
      const width = widths[at] ?? 0;
      return typeof cell === "number" ? text(cell).padStart(width) : text(cell).padEnd(width);
    });
    console.log(`  ${cells.join("  ").trimEnd()}`);
  }
}

function shown(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}
