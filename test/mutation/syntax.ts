/** The syntax tree of a TypeScript source (ESTree), read structurally. */
import { parseAst } from "vitest/node";

export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Throws for a text that is no TypeScript. */
export function syntaxOf(source: string): Syntax {
  return parseAst(source, { lang: "ts" }) as unknown as Syntax; // ESTree, which `Syntax` reads structurally
}

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
