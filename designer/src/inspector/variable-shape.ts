/** Keeps a variable's declaration in shape while its type changes. Pure. */
import type { VariableType } from "@trunkline/schema/call";
import type { FlowVariable } from "@trunkline/schema/document";

/** The variable with another type: a choice has choices and only a choice; a first value of the old type is dropped. */
export function retyped(variable: FlowVariable, type: VariableType): FlowVariable {
  const { choices, initial, ...rest } = variable;
  const keeps = typeof initial === "string" && isTextLike(variable.type) && isTextLike(type);
  return {
    ...rest,
    type,
    ...(type === "choice" ? { choices: choices ?? ["yes", "no"] } : {}),
    ...(keeps ? { initial } : {}),
  };
}

function isTextLike(type: VariableType): boolean {
  return type === "text" || type === "digits";
}
