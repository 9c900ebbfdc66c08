/**
 * What the operator reads. Sentences and plain facts, never PHI: no numbers, names, digits, spoken words or documents.
 * Doorway: pass a `Log`; `consoleLog` in the process, `silentLog` in tests.
 */

export type Facts = { readonly [name: string]: string | number | boolean | null };

export interface Log {
  info(sentence: string): void;
  /** Something an operator should look at. The stack of `error` is kept, its message only with it. */
  warn(sentence: string, facts?: Facts, error?: unknown): void;
}

export const consoleLog: Log = {
  info: (sentence) => process.stdout.write(`${sentence}\n`),
  warn: (sentence, facts, error) => void process.stderr.write(`${warningLine(sentence, facts, error)}\n`),
};

/** What `consoleLog` writes of a warning; pure. */
export function warningLine(sentence: string, facts?: Facts, error?: unknown): string {
  const told = facts && Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : "";
  return `warning: ${sentence}${told}${error === undefined ? "" : `\n${stackOf(error)}`}`;
}

export const silentLog: Log = { info: () => {}, warn: () => {} };

/**
 * Where it happened, without what it happened to: a database quotes parameters in its messages and a JSON parser the
 * text it read, and both may be PHI. What has a code is told by the code; our own assertions keep their sentence.
 */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "(not an error object)";
  const code = "code" in error ? String(error.code) : null;
  const quotes = code !== null || "query" in error || error instanceof SyntaxError;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const said = quotes ? `${error.name} ${code ?? ""}` : `${error.name}: ${error.message.slice(0, 300)}`;
  const cause = error.cause === undefined ? [] : [`caused by ${stackOf(error.cause)}`];
  return [said.trimEnd(), ...frames.slice(0, 12), ...cause].join("\n");
}
