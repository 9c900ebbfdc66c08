/** Counts in every loop of a source, so that a planted fault that never ends throws instead of hanging its worker. */
import { parseAst } from "vitest/node";

/** Rounds of all loops of one file in one test file; the tests' own loops are far shorter. */
const mostRounds = 20_000_000;

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** The source as it is when it does not parse any more: it will fail by itself. */
export function withCountedLoops(source: string): string {
  const bodies: number[] = [];
  const visit = (node: Syntax): void => {
    if (/^(While|DoWhile|For|ForOf|ForIn)Statement$/.test(node.type)) {
      const body = node.body as Syntax;
      if (body.type === "BlockStatement") bodies.push(body.start + 1);
    }
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isSyntax(one)) visit(one);
    }
  };
  try {
    visit(parseAst(source, { lang: "ts" }) as unknown as Syntax); // ESTree, which `Syntax` reads structurally
  } catch {
    return source;
  }
  const count = `if ((globalThis.__rounds = (globalThis.__rounds ?? 0) + 1) > ${mostRounds}) throw new Error("never ends");`;
  return bodies
    .sort((a, b) => b - a)
    .reduce((text, at) => `${text.slice(0, at)}${count}${text.slice(at)}`, source);
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
