/** What may stand after `{{` or `|` at a place in a text. Pure. */
import type { VariableType } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { callFacts, claimFields, declaredAs, filters } from "@trunkline/schema/language";

export interface Completion {
  readonly label: string;
  readonly help: string;
  readonly insert: string;
  /** Nothing more to choose after it. */
  readonly ends: boolean;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

export interface Reference {
  readonly name: string;
  readonly help: string;
  readonly type: VariableType;
}

/** Everything a text may name: variables, the fields of claims, facts of the call. */
export function referencesOf(variables: FlowDocument["variables"]): readonly Reference[] {
  const own = Object.entries(variables).flatMap(([name, { type, label }]): Reference[] => {
    if (type !== "claim") return [{ name, help: label ? `${label}, ${type}` : type, type }];
    return Object.entries(claimFields).map(([field, one]) => ({
      name: `${name}.${field}`,
      help: `${one.label}, ${one.type}`,
      type: one.type,
    }));
  });
  if (Object.hasOwn(variables, "call")) return own;
  const facts = Object.entries(callFacts).map(([fact, one]) => ({
    name: `call.${fact}`,
    help: one.label,
    type: one.type,
  }));
  return [...own, ...facts];
}

/** Null where no placeholder is being written. */
export function completionsAt(
  text: string,
  caret: number,
  variables: FlowDocument["variables"],
): Completions | null {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf("{{");
  if (open < 0 || before.indexOf("}}", open) >= 0) return null;
  const inside = before.slice(open + 2);
  if (inside.length > 100) return null;
  const closed = text.slice(caret).startsWith("}}");
  const to = caret + (closed ? 2 : 0);
  const bar = inside.indexOf("|");
  if (bar >= 0) {
    const typed = inside.slice(bar + 1).trimStart();
    return {
      from: open + 2 + bar + 1,
      to,
      options: filtersFor(inside.slice(0, bar).trim(), variables, typed, ""),
    };
  }
  const typed = inside.trim();
  const options = referencesOf(variables)
    .filter(
      ({ name, help }) => name.startsWith(typed) || (typed.length > 1 && help.toLowerCase().includes(typed)),
    )
    .map(({ name, help }) => ({ label: name, help, insert: `${name}}}`, ends: true }));
  const exact = declaredAs(variables, typed) !== undefined;
  const withFilter = exact ? filtersFor(typed, variables, "", `${typed}|`) : [];
  return { from: open + 2, to, options: [...options, ...withFilter] };
}

/** Filters by what they take: those made for the value's type come first, the others only when asked for by name. */
function filtersFor(
  reference: string,
  variables: FlowDocument["variables"],
  typed: string,
  before: string,
): Completion[] {
  const type = declaredAs(variables, reference)?.type;
  const fits = (takes: readonly VariableType[]) => type === undefined || takes.includes(type);
  return filters
    .filter((one) => one.name.startsWith(typed) && (fits(one.takes) || typed !== ""))
    .sort((a, b) => Number(fits(b.takes)) - Number(fits(a.takes)))
    .map((one) => ({
      label: `${before}${one.name}`,
      help: fits(one.takes) ? `${one.help} “${one.example.spoken}”` : `Made for ${one.takes.join(", ")}.`,
      insert: `${before}${one.name}}}`,
      ends: true,
    }));
}
