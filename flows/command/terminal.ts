/** What a command may do to the world besides reading and writing files it was told of. */
export interface Terminal {
  print(text: string): void;
  /** To standard error: what went wrong, and prompts that must not mix with what is printed. */
  complain(text: string): void;
  /** Lines from standard input; only `play` reads them. */
  readonly lines: AsyncIterable<string>;
  /** Where relative paths begin. */
  readonly folder: string;
}

/** 0: nothing to complain about. 1: findings or failed scenarios. 2: it could not be tried at all. */
export type ExitCode = 0 | 1 | 2;

/** The analyst's mistake: said in one sentence, with exit code 2. */
export class Refusal extends Error {}
