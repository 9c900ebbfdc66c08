import type { Value } from "@trunkline/schema/call";
import type { FlowVariable } from "@trunkline/schema/document";
import { ClaimField } from "./claim-field.tsx";
import { InitialField, type InitialValue } from "./initial-field.tsx";

interface InputFieldProps {
  readonly name: string;
  readonly variable: FlowVariable;
  readonly value: Value | undefined;
  onChange(next: InitialValue): void;
}

/** A value that a flow is given when it begins: of any type, a claim among them. */
export function InputField({ name, variable, value, onChange }: InputFieldProps) {
  const Field = variable.type === "claim" ? ClaimField : InitialField;
  // A call's value may be read-only; a form's field takes both.
  const held = typeof value === "object" ? structuredClone(value as string[]) : value; // texts or a claim's fields: plain data
  return (
    <Field
      label={variable.label ? `${name} · ${variable.label}` : name}
      variable={variable}
      value={held ?? variable.initial}
      onChange={onChange}
    />
  );
}
