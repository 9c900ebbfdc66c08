/** Counts in every loop of a source, so that a planted fault that never ends throws instead of hanging its worker. */
import { isSyntax, type Syntax, syntaxOf } from "./syntax.ts";

/** Rounds of all loops in one run of the tests; without a fault they stay below a tenth of it. */
const mostRounds = 20_000_000;

const count = `if ((globalThis.__rounds = (globalThis.__rounds ?? 0) + 1) > ${mostRounds}) throw new Error("never ends");`;

/** The source as it is when it does not parse any more: it will fail by itself. */
export function withCountedLoops(source: string): string {
  const inserted: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: Syntax): void => {
    if (/^(While|DoWhile|For|ForOf|ForIn)Statement$/.test(node.type)) {
      const body = node.body as Syntax; // every loop has one
      if (body.type === "BlockStatement") inserted.push({ at: body.start + 1, text: count });
      else inserted.push({ at: body.start, text: `{ ${count} ` }, { at: body.end, text: " }" });
    }
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isSyntax(one)) visit(one);
    }
  };
  try {
    visit(syntaxOf(source));
  } catch {
    return source;
  }
  return inserted
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, one) => `${text.slice(0, one.at)}${one.text}${text.slice(one.at)}`, source);
}
