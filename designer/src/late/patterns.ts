/**
 * Stands for `re2js` in the browser, where vite.config.ts puts it in its place: the engine of regular expressions is a
 * fifth of what the first page may weigh, and nothing on that page matches a pattern. Whoever may check or match one
 * (forms, problems, rehearsal, source, paste) waits for `loadPatterns` first; matching before that is a fault of ours.
 */
interface Engine {
  compile(source: string, flags: number): unknown;
  readonly CASE_INSENSITIVE: number;
}

const absent: Engine = {
  compile: () => {
    throw new Error("Expected the pattern engine to be loaded before a pattern is read.");
  },
  CASE_INSENSITIVE: 1,
};

/** The engine, once it is there: whoever imports the name sees the change. */
export let RE2JS = absent;

let loading: Promise<void> | null = null;

export function loadPatterns(): Promise<void> {
  loading ??= import("virtual:re2js").then((real) => {
    RE2JS = real.RE2JS;
  });
  return loading;
}
