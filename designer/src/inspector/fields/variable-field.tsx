import { NativeSelect } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { referencesOf } from "./completions.ts";
import { useForm } from "./field-context.ts";
import type { Words } from "./words.ts";

const NewVariableDialog = lazy(() =>
  import("../new-variable-dialog.tsx").then((one) => ({ default: one.NewVariableDialog })),
);
const newOne = "\u0000new";

interface VariableFieldProps extends Words {
  readonly value: string;
  /** Fields of claims and facts of the call may be named too. */
  readonly references?: boolean;
  /** It may be left out. */
  readonly optional?: boolean;
  onChange(value: string): void;
}

/** A variable of the flow, or a new one that is declared on the spot. */
export function VariableField({
  value,
  references = false,
  optional = false,
  onChange,
  ...words
}: VariableFieldProps) {
  const { flow } = useForm();
  const [creating, setCreating] = useState(false);
  const known = Object.entries(flow.variables).map(([name, one]) => ({
    value: name,
    label: one.label ? `${name} · ${one.label}` : name,
  }));
  const parts = references ? referencesOf(flow.variables).filter(({ name }) => name.includes(".")) : [];
  const inParts = parts.map(({ name, help }) => ({ value: name, label: `${name} · ${help}` }));
  const declared = [...known, ...inParts].some((one) => one.value === value);
  const unknown = value !== "" && !declared ? [{ value, label: `${value} · not declared` }] : [];
  const empty =
    value === "" || optional ? [{ value: "", label: optional ? "None" : "Choose a variable" }] : [];
  return (
    <>
      <NativeSelect
        {...words}
        value={value}
        data={[...empty, ...unknown, ...known, ...inParts, { value: newOne, label: "New variable…" }]}
        onChange={(event) =>
          event.currentTarget.value === newOne ? setCreating(true) : onChange(event.currentTarget.value)
        }
      />
      {creating && (
        <Suspense>
          <NewVariableDialog
            suggested={unknown.length > 0 ? value : ""}
            onClose={() => setCreating(false)}
            onDeclared={(name) => {
              setCreating(false);
              onChange(name);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
