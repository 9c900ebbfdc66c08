/** A report to where the caller wants it: a file, or standard output. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Refusal, type Terminal } from "./terminal.ts";

export async function put(text: string, out: string | undefined, terminal: Terminal): Promise<void> {
  if (out === undefined) {
    terminal.print(text);
    return;
  }
  try {
    await writeFile(resolve(terminal.folder, out), text);
  } catch (error) {
    throw new Refusal(`"${out}" cannot be written: ${error instanceof Error ? error.message : "unknown"}.`);
  }
}

export function formatOf(asked: string | undefined, known: readonly string[]): string {
  const format = asked ?? "text";
  if (known.includes(format)) return format;
  throw new Refusal(`Expected --format to be one of ${known.join(", ")}; found "${format}".`);
}

/** Commands that do nothing without a flow. */
export function atLeastOne(flows: readonly string[], command: string): void {
  if (flows.length === 0) throw new Refusal(`Expected at least one FLOW after "${command}", found none.`);
}
