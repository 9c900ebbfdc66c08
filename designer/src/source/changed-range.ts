/** The smallest replacement that makes one text of another, so that the cursor moves no more than it must. Pure. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function changedRange(before: string, after: string): Replacement | null {
  if (before === after) return null;
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - from;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { from, to: before.length - tail, text: after.slice(from, after.length - tail) };
}

/** The line (from 1) a JSON pointer leads to in a text that parses; 1 when it cannot be found. */
export function lineOf(text: string, pointer: string): number {
  let at = 0;
  for (const part of pointer.split("/").slice(1)) {
    const name = JSON.stringify(part.replaceAll("~1", "/").replaceAll("~0", "~"));
    const found = text.indexOf(`${name}:`, at);
    if (found < 0) continue;
    at = found;
  }
  return text.slice(0, at).split("\n").length;
}

/** The line a JSON syntax error names by position, or by line; 1 when it names none. */
export function lineOfSyntaxError(text: string, message: string): number {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  return position ? text.slice(0, Number(position[1])).split("\n").length : 1;
}
