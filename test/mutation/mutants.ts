/**
 * Small faults to plant in a source file, each as one change of its text. The kinds are those Stryker plants by default
 * (Stryker Mutator, "Supported mutators"): comparisons, logic, conditions, arithmetic, literals, blocks, optional
 * chaining, well-known methods.
 */
import { isSyntax, type Syntax, syntaxOf } from "./syntax.ts";

export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
  readonly kind: string;
}

const binary: { readonly [operator: string]: readonly string[] } = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
};

const methods: { readonly [name: string]: string } = {
  startsWith: "endsWith",
  endsWith: "startsWith",
  every: "some",
  some: "every",
  min: "max",
  max: "min",
  toLowerCase: "toUpperCase",
  trim: "toString",
  filter: "slice",
};

/** Never run: types, imports, keys that are mere names. */
const skipped = /^(TS(?!As|Satisfies|NonNull)|Import|Export(All|Named)Declaration$)/;

export function mutantsOf(source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const add = (node: Pick<Syntax, "start" | "end">, becomes: string, kind: string) => {
    const was = source.slice(node.start, node.end);
    const { start, end } = node;
    if (was !== becomes) found.push({ start, end, line: lineOf(source, start), was, becomes, kind });
  };
  const text = (node: Syntax) => source.slice(node.start, node.end);
  const visit = (node: Syntax): void => {
    if (node.type === "ExportNamedDeclaration" && isSyntax(node.declaration)) {
      visit(node.declaration);
      return;
    }
    if (skipped.test(node.type)) return;
    plant(node, text, add);
    for (const [key, child] of Object.entries(node)) {
      if (
        key === "typeAnnotation" ||
        key === "returnType" ||
        key === "typeArguments" ||
        key === "typeParameters"
      )
        continue;
      if (key === "key" && !node.computed) continue;
      for (const one of Array.isArray(child) ? child : [child]) if (isSyntax(one)) visit(one);
    }
  };
  visit(syntaxOf(source));
  return found;
}

type Add = (node: Pick<Syntax, "start" | "end">, becomes: string, kind: string) => void;

function plant(node: Syntax, text: (node: Syntax) => string, add: Add): void {
  const { start, end } = node;
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression": {
      const [left, right] = [node.left as Syntax, node.right as Syntax];
      for (const operator of binary[String(node.operator)] ?? []) {
        add({ start, end }, `(${text(left)}) ${operator} (${text(right)})`, "operator");
      }
      break;
    }
    case "IfStatement":
    case "ConditionalExpression": {
      const test = node.test as Syntax;
      add(test, "true", "condition");
      add(test, "false", "condition");
      break;
    }
    case "WhileStatement":
    case "ForStatement":
      if (isSyntax(node.test)) add(node.test, "false", "condition");
      break;
    case "UnaryExpression":
      if (node.operator === "!") add({ start, end }, `(${text(node.argument as Syntax)})`, "negation");
      break;
    case "UpdateExpression":
      add({ start, end }, text(node).replace("++", "@").replace("--", "++").replace("@", "--"), "update");
      break;
    case "AssignmentExpression":
      if (node.operator === "+=" || node.operator === "-=") {
        const operator = node.operator === "+=" ? "-=" : "+=";
        add(
          { start, end },
          `${text(node.left as Syntax)} ${operator} ${text(node.right as Syntax)}`,
          "assignment",
        );
      }
      break;
    case "Literal":
      if (typeof node.value === "boolean") add({ start, end }, String(!node.value), "literal");
      if (typeof node.value === "string")
        add({ start, end }, node.value === "" ? '"planted"' : '""', "literal");
      break;
    case "TemplateLiteral":
      if (text(node) !== "``") add({ start, end }, '""', "literal");
      break;
    case "ArrayExpression":
      if ((node.elements as unknown[]).length > 0) add({ start, end }, "[]", "literal");
      break;
    case "ObjectExpression":
      if ((node.properties as unknown[]).length > 0) add({ start, end }, "({})", "literal");
      break;
    case "FunctionDeclaration":
    case "FunctionExpression": {
      const body = node.body as Syntax | null;
      if (body && (body.body as unknown[]).length > 0) add(body, "{}", "block");
      break;
    }
    case "ArrowFunctionExpression": {
      const body = node.body as Syntax;
      add(body, body.type === "BlockStatement" ? "{}" : "undefined", "block");
      break;
    }
    case "MemberExpression":
      if (node.optional) {
        const [object, property] = [node.object as Syntax, node.property as Syntax];
        const becomes = node.computed ? `[${text(property)}]` : `.${text(property)}`;
        add({ start, end }, `${text(object)}${becomes}`, "chaining");
      }
      break;
    case "CallExpression": {
      const callee = node.callee as Syntax;
      const name = callee.type === "MemberExpression" ? (callee.property as Syntax) : null;
      const becomes = name && Object.hasOwn(methods, text(name)) ? methods[text(name)] : undefined;
      if (name && becomes) add(name, becomes, "method");
      break;
    }
  }
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

/** The source with one fault in it. */
export function withFault(source: string, { start, end, becomes }: Mutant): string {
  return `${source.slice(0, start)}${becomes}${source.slice(end)}`;
}

/** At most so many of them, drawn by the seed, in their own order. */
export function sampleOf(mutants: readonly Mutant[], most: number, seed: number): readonly Mutant[] {
  let state = seed >>> 0;
  const drawn = mutants.map((mutant) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { mutant, at: state };
  });
  const kept = new Set(
    drawn
      .toSorted((a, b) => a.at - b.at)
      .slice(0, most)
      .map((one) => one.mutant),
  );
  return mutants.filter((mutant) => kept.has(mutant));
}
