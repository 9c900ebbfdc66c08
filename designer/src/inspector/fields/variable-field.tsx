import { NativeSelect } from "@mantine/core";
import { lazy, Suspense, useState } from "react";

import { useForm } from "./field-context.ts";
import type { Words } from "./words.ts";

const NewVariableDialog = lazy(() =>
  import("../new-variable-dialog.tsx").then((one) => ({ default: one.NewVariableDialog })),
);
const newOne = "\u0000new";

/** A variable of the flow, or a new one that is declared on the spot. */
export function VariableField({
  value,
  onChange,
  ...words
}: Words & { value: string; onChange(value: string): void }) {
  const { flow } = useForm();
  const [creating, setCreating] = useState(false);
  const known = Object.entries(flow.variables).map(([name, one]) => ({
    value: name,
    label: one.label ? `${name} · ${one.label}` : name,
  }));
  const unknown =
    value !== "" && !(value in flow.variables) ? [{ value, label: `${value} · not declared` }] : [];
  const empty = value === "" ? [{ value: "", label: "Choose a variable" }] : [];
  return (
    <>
      <NativeSelect
        {...words}
        value={value}
        data={[...empty, ...unknown, ...known, { value: newOne, label: "New variable…" }]}
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
