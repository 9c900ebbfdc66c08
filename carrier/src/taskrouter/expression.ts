/**
 * TaskRouter's expressions, SQL-like comparisons of constants and JSON keys: `skills HAS "claims" AND task.language == worker.language`.
 * Pure and total: a text that is none is a sentence, not an exception. Reading takes time linear in the text, judging in text and attributes.
 * Source: Twilio, "Using TaskRouter Expressions". Words may also be written in lower case, and `=` for `==`; both are seen in public code.
 */
import { limits } from "../limits.ts";

type Json = unknown;
export type Operand =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "list"; readonly of: readonly Operand[] }
  | { readonly kind: "key"; readonly path: readonly (string | number)[] };
type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "HAS" | "IN" | "NOT IN" | "CONTAINS";
export type Expression =
  | {
      readonly kind: "compare";
      readonly by: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression };

/** What keys are looked up in; a key that begins with `task.` or `worker.` in that document, where there is one. */
export interface Documents {
  readonly own: Json;
  readonly task?: Json;
  readonly worker?: Json;
}

interface Token {
  readonly kind: "text" | "number" | "key" | "sign";
  readonly text: string;
  readonly at: number;
}

class Unreadable extends Error {}

export function readExpression(text: string): Expression | { readonly problem: string } {
  if (text.length > limits.expressionCharacters)
    return { problem: `expected at most ${limits.expressionCharacters} characters, found ${text.length}` };
  try {
    const tokens = tokensOf(text);
    const { expression, next } = readAny(tokens, 0, 0);
    if (next < tokens.length) throw unexpected(tokens[next], "AND, OR or the end");
    return expression;
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.message };
    throw error;
  }
}

export const isProblem = (read: object): read is { readonly problem: string } => "problem" in read;

const pattern =
  /\s+|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)(?![\w.])|([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}\p{N}_$]+|\[\d{1,6}\])*)|(==|!=|<=|>=|[<>=()[\],])/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new Unreadable(`unexpected ${JSON.stringify(text.slice(at, at + 10))} at ${at}`);
    const [whole, quoted, number, key, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.slice(1, -1), at });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, at });
    else if (key !== undefined) tokens.push({ kind: "key", text: key, at });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, at });
    at += whole.length;
  }
  return tokens;
}

const unexpected = (token: Token | undefined, expected: string) =>
  new Unreadable(
    token
      ? `expected ${expected} at ${token.at}, found ${token.text}`
      : `expected ${expected}, found the end`,
  );

interface Read {
  readonly expression: Expression;
  readonly next: number;
}
const isWord = (token: Token | undefined, word: string) =>
  token?.kind === "key" && token.text.toUpperCase() === word;
const isSign = (token: Token | undefined, sign: string) => token?.kind === "sign" && token.text === sign;

const readAny = (tokens: readonly Token[], at: number, depth: number): Read =>
  readChain(tokens, at, "OR", "any", (next) =>
    readChain(tokens, next, "AND", "all", (deeper) => readOne(tokens, deeper, depth)),
  );

function readChain(
  tokens: readonly Token[],
  at: number,
  word: string,
  kind: "all" | "any",
  part: (at: number) => Read,
): Read {
  const first = part(at);
  const of = [first.expression];
  let { next } = first;
  while (isWord(tokens[next], word)) {
    const more = part(next + 1);
    of.push(more.expression);
    next = more.next;
  }
  return { expression: of.length === 1 ? first.expression : { kind, of }, next };
}

function readOne(tokens: readonly Token[], at: number, depth: number): Read {
  if (depth > limits.expressionDepth)
    throw new Unreadable(`expected at most ${limits.expressionDepth} conditions within one another`);
  const token = tokens[at];
  if (isWord(token, "NOT")) {
    const { expression, next } = readOne(tokens, at + 1, depth + 1);
    return { expression: { kind: "not", of: expression }, next };
  }
  if (isSign(token, "(")) {
    const inner = readAny(tokens, at + 1, depth + 1);
    if (!isSign(tokens[inner.next], ")")) throw unexpected(tokens[inner.next], ")");
    return { expression: inner.expression, next: inner.next + 1 };
  }
  const left = readOperand(tokens, at);
  const by = readComparison(tokens, left.next);
  const right = readOperand(tokens, by.next);
  return {
    expression: { kind: "compare", by: by.by, left: left.operand, right: right.operand },
    next: right.next,
  };
}

const signs = new Map<string, Comparison>([
  ["=", "=="],
  ...(["==", "!=", "<", "<=", ">", ">="] as const).map((sign) => [sign, sign] as const),
]);
const words = ["HAS", "IN", "CONTAINS"] as const;

function readComparison(tokens: readonly Token[], at: number): { by: Comparison; next: number } {
  const token = tokens[at];
  const sign = token?.kind === "sign" ? signs.get(token.text) : undefined;
  if (sign) return { by: sign, next: at + 1 };
  const word = words.find((one) => isWord(token, one));
  if (word) return { by: word, next: at + 1 };
  if (isWord(token, "NOT") && isWord(tokens[at + 1], "IN")) return { by: "NOT IN", next: at + 2 };
  throw unexpected(token, "a comparison (==, !=, <, <=, >, >=, HAS, IN, NOT IN, CONTAINS)");
}

function readOperand(tokens: readonly Token[], at: number): { operand: Operand; next: number } {
  const token = tokens[at];
  if (token?.kind === "text")
    return { operand: { kind: "value", value: token.text.replace(/\\(.)/gs, "$1") }, next: at + 1 };
  if (token?.kind === "number")
    return { operand: { kind: "value", value: Number(token.text) }, next: at + 1 };
  if (token?.kind === "key") return { operand: wordOrKey(token), next: at + 1 };
  if (!isSign(token, "[")) throw unexpected(token, "a constant, a key or a list");
  const of: Operand[] = [];
  for (let next = at + 1; ; next++) {
    if (isSign(tokens[next], "]") && of.length === 0)
      return { operand: { kind: "list", of }, next: next + 1 };
    const one = tokens[next];
    if (isSign(one, "[")) throw unexpected(one, "a constant or a key in a list");
    of.push(readOperand(tokens, next).operand);
    next++;
    if (isSign(tokens[next], "]")) return { operand: { kind: "list", of }, next: next + 1 };
    if (!isSign(tokens[next], ",")) throw unexpected(tokens[next], ", or ]");
  }
}

const constants: Readonly<Record<string, Json>> = { true: true, false: false, null: null };
const reserved = new Set(["AND", "OR", "NOT", "HAS", "IN", "CONTAINS"]);

function wordOrKey(token: Token): Operand {
  const lower = token.text.toLowerCase();
  if (Object.hasOwn(constants, lower)) return { kind: "value", value: constants[lower] };
  if (reserved.has(token.text.toUpperCase())) throw unexpected(token, "a constant, a key or a list");
  const path = token.text.split(/[.[\]]+/).filter((part) => part !== "");
  return { kind: "key", path: path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)) };
}

export function holds(expression: Expression, documents: Documents): boolean {
  switch (expression.kind) {
    case "all":
      return expression.of.every((one) => holds(one, documents));
    case "any":
      return expression.of.some((one) => holds(one, documents));
    case "not":
      return !holds(expression.of, documents);
    case "compare":
      return compare(
        expression.by,
        operandValue(expression.left, documents),
        operandValue(expression.right, documents),
      );
  }
}

/** The value of a key, null where there is none. */
function operandValue(operand: Operand, documents: Documents): Json {
  if (operand.kind === "value") return operand.value;
  if (operand.kind === "list") return operand.of.map((one) => operandValue(one, documents));
  const [first, ...rest] = operand.path;
  const named = first === "task" ? documents.task : first === "worker" ? documents.worker : undefined;
  return named === undefined ? dig(documents.own, operand.path) : dig(named, rest);
}

function dig(document: Json, path: readonly (string | number)[]): Json {
  let found = document;
  for (const part of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return null;
    // An object that has this key itself.
    found = (found as Record<string | number, Json>)[part];
  }
  return found ?? null;
}

/** Different types are never equal and have no order. */
function compare(by: Comparison, left: Json, right: Json): boolean {
  switch (by) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "HAS":
      return Array.isArray(left) && left.includes(right);
    case "IN":
      return Array.isArray(right) && right.includes(left);
    case "NOT IN":
      return !(Array.isArray(right) && right.includes(left));
    case "CONTAINS":
      return typeof left === "string" && typeof right === "string" && left.includes(right);
    default:
      return ordered(by, left, right);
  }
}

function ordered(by: "<" | "<=" | ">" | ">=", left: Json, right: Json): boolean {
  const numbers = typeof left === "number" && typeof right === "number";
  const texts = typeof left === "string" && typeof right === "string";
  if (!numbers && !texts) return false;
  if (by === "<") return left < right;
  if (by === "<=") return left <= right;
  return by === ">" ? left > right : left >= right;
}
