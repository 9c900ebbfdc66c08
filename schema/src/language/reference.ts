/**
 * Names in texts and conditions: a variable (`amount`), a field of a claim (`claim.dob`) or a fact of the call
 * (`call.from`). A declared variable named `call` hides the facts of the call.
 */
import type { HeldValue, Party, Sensitivity, Value, VariableType } from "../call/index.ts";
import { claimFields } from "./claim.ts";
import { isList } from "./coerce.ts";

/** Lower-case letters, digits and underscores; not the one such name that every object has. */
export const variableName = /^(?!constructor$)[a-z][a-z0-9_]{0,39}$/;

/** A variable's name, or a name and a field. */
export const referenceName =
  /^(?!constructor(\.|$))[a-z][a-z0-9_]{0,39}(\.(?!constructor$)[a-z][a-z0-9_]{0,39})?$/;

/** What a flow may read of the call itself. */
export const callFacts: { readonly [fact: string]: { readonly type: VariableType; readonly label: string } } =
  {
    from: { type: "text", label: "Who calls" },
    to: { type: "text", label: "Who is called" },
    direction: { type: "text", label: "Inbound or outbound" },
    answered_by: { type: "text", label: "Who answered: human, machine, fax or unknown" },
  };

interface Declared {
  readonly type: VariableType;
  readonly sensitivity: Sensitivity;
  readonly choices?: readonly string[];
}

/** The variable a reference begins with. */
export function baseOf(reference: string): string {
  const dot = reference.indexOf(".");
  return dot < 0 ? reference : reference.slice(0, dot);
}

/** How a reference is declared; undefined for a name that nothing declares. */
export function declaredAs(
  variables: { readonly [name: string]: Declared },
  reference: string,
): Declared | undefined {
  const base = baseOf(reference);
  const variable = Object.hasOwn(variables, base) ? variables[base] : undefined;
  if (base === reference) return variable;
  const field = reference.slice(base.length + 1);
  if (variable) {
    const known =
      variable.type === "claim" && Object.hasOwn(claimFields, field) ? claimFields[field] : undefined;
    return known && { type: known.type, sensitivity: variable.sensitivity };
  }
  const fact = base === "call" && Object.hasOwn(callFacts, field) ? callFacts[field] : undefined;
  return fact && { type: fact.type, sensitivity: "internal" };
}

/** The value a reference has now. `read` gives a variable's own value, `party` the facts of the call. */
export function resolve(
  reference: string,
  read: (name: string) => HeldValue | undefined,
  party: Party,
): HeldValue | undefined {
  const base = baseOf(reference);
  const held = read(base);
  if (base === reference) return held;
  const field = reference.slice(base.length + 1);
  if (held) {
    const { value } = held;
    const known = Object.hasOwn(claimFields, field) ? claimFields[field] : undefined;
    if (!known || typeof value !== "object" || isList(value) || !Object.hasOwn(value, field))
      return undefined;
    return { ...held, value: value[field]!, type: known.type }; // just seen to be there
  }
  return base === "call" ? factOf(field, party) : undefined;
}

function factOf(field: string, party: Party): HeldValue | undefined {
  const facts: { readonly [fact: string]: string | undefined } = {
    from: party.from,
    to: party.to,
    direction: party.direction,
    answered_by: party.answered?.by,
  };
  const value = Object.hasOwn(facts, field) ? facts[field] : undefined;
  const origin = { source: "start", node: "", turn: 0, event: 1 } as const;
  return value === undefined ? undefined : { value, type: "text", sensitivity: "internal", origin };
}

/** A value as text, as it is stored; a claim as a whole has none. */
export function plainText(value: Value): string {
  if (typeof value !== "object") return String(value);
  return isList(value) ? value.join(", ") : "";
}
