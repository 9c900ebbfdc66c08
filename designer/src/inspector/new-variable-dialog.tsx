import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type Sensitivity, sensitivities, type VariableType, variableTypes } from "@trunkline/schema/call";
import { useState } from "react";
import { changeVariables } from "../document/commands/change-variables.ts";
import { Dialog } from "../frame/dialog.tsx";
import { useForm } from "./fields/field-context.ts";
import { sensitivityChoices } from "./sensitivity-choices.ts";
import { retyped } from "./variable-shape.ts";

interface NewVariableDialogProps {
  readonly suggested: string;
  onDeclared(name: string): void;
  onClose(): void;
}

/** Declare a variable: its name, what its values are, and how sensitive they are. */
export function NewVariableDialog({ suggested, onDeclared, onClose }: NewVariableDialogProps) {
  const { run } = useForm();
  const [name, setName] = useState(suggested);
  const [type, setType] = useState<VariableType>("text");
  const [sensitivity, setSensitivity] = useState<Sensitivity>("internal");
  const [error, setError] = useState<string>();
  const declare = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const ran = run(changeVariables, {
      declare: name,
      variable: retyped({ type: "text", sensitivity }, type),
    });
    if (ran.refused !== undefined) setError(ran.refused);
    else onDeclared(name);
  };
  return (
    <Dialog onClose={onClose} title="New variable" size="sm">
      <form onSubmit={declare}>
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="claim_number"
            data-autofocus
            value={name}
            error={error}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setError(undefined);
            }}
          />
          <NativeSelect
            label="Type"
            value={type}
            data={[...variableTypes]}
            onChange={(event) =>
              setType(variableTypes.find((one) => one === event.currentTarget.value) ?? "text")
            }
          />
          <NativeSelect
            label="Sensitivity"
            description="PHI is kept out of traces, logs and URLs."
            value={sensitivity}
            data={sensitivityChoices}
            onChange={(event) =>
              setSensitivity(sensitivities.find((one) => one === event.currentTarget.value) ?? "internal")
            }
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Declare variable</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
