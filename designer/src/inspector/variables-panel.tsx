import { ActionIcon, Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconPlus, IconShieldLock, IconTrash } from "@tabler/icons-react";
import { scopes, sensitivities, variableOrigins, variableTypes } from "@trunkline/schema/call";
import type { FlowDocument, FlowVariable } from "@trunkline/schema/document";
import { claimFields } from "@trunkline/schema/language";
import { lazy, Suspense, useState } from "react";
import { changeVariables } from "../document/commands/change-variables.ts";
import type { DocumentStore } from "../document/store.ts";
import { variableFieldId } from "./field-ids.ts";
import { PhrasesField } from "./fields/phrases-field.tsx";
import { InitialField } from "./initial-field.tsx";
import css from "./inspector.module.css";
import { Committed } from "./node-form.tsx";
import { sensitivityChoices } from "./sensitivity-choices.ts";
import { retyped } from "./variable-shape.ts";

const NewVariableDialog = lazy(() =>
  import("./new-variable-dialog.tsx").then((one) => ({ default: one.NewVariableDialog })),
);

interface PanelProps {
  readonly flow: FlowDocument;
  readonly run: DocumentStore["run"];
}

/** The flow's variables: a line each, and behind it everything that is declared of it. */
export function VariablesPanel({ flow, run }: PanelProps) {
  const [creating, setCreating] = useState(false);
  const all = Object.entries(flow.variables);
  return (
    <section aria-label="Variables">
      <h2 className={css.heading}>Variables</h2>
      {all.length === 0 && (
        <p className="muted">
          A variable holds what the call finds out, such as a claim number. Declare one here or in a node's
          form.
        </p>
      )}
      <ul className={css.variables}>
        {all.map(([name, variable], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a renamed variable keeps its row, and the row its focus
          <Row key={index} name={name} variable={variable} run={run} />
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={12} />}
        onClick={() => setCreating(true)}
      >
        New variable
      </Button>
      {creating && (
        <Suspense>
          <NewVariableDialog
            suggested=""
            onClose={() => setCreating(false)}
            onDeclared={() => setCreating(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly variable: FlowVariable;
  readonly run: DocumentStore["run"];
}

function Row({ name, variable, run }: RowProps) {
  const [open, setOpen] = useState(false);
  const change = (part: { [key in keyof FlowVariable]?: FlowVariable[key] | undefined }) => {
    const held = Object.entries({ ...variable, ...part }).filter(([, value]) => value !== undefined);
    // The variable's own entries, without those that were taken away; optional ones are all that ever are.
    run(changeVariables, { change: name, variable: Object.fromEntries(held) as FlowVariable });
  };
  return (
    <li>
      <div className={css.variable}>
        <ActionIcon
          size="sm"
          aria-label={`Details of ${name}`}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </ActionIcon>
        <Committed
          id={variableFieldId(name)}
          label={`Name of ${name}`}
          mono
          value={name}
          onCommit={(to) => run(changeVariables, { rename: name, to }).refused}
        />
        <NativeSelect
          aria-label={`Type of ${name}`}
          value={variable.type}
          data={[...variableTypes]}
          onChange={(event) => {
            const type = variableTypes.find((one) => one === event.currentTarget.value);
            if (type) run(changeVariables, { change: name, variable: retyped(variable, type) });
          }}
        />
        <span className={css.shield}>
          {variable.sensitivity === "phi" && (
            <IconShieldLock size={16} role="img" aria-label={`${name} is PHI`} />
          )}
        </span>
        <ActionIcon aria-label={`Remove ${name}`} onClick={() => run(changeVariables, { remove: name })}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      {open && <Details name={name} variable={variable} change={change} />}
    </li>
  );
}

const origins: { readonly [origin: string]: string } = {
  input: "Given at the start",
  collected: "Collected on the call",
  computed: "Computed by the flow",
};
const seenBy: { readonly [scope: string]: string } = { flow: "This flow", call: "Every flow of the call" };

interface DetailsProps {
  readonly name: string;
  readonly variable: FlowVariable;
  change(part: { [key in keyof FlowVariable]?: FlowVariable[key] | undefined }): void;
}

function Details({ name, variable, change }: DetailsProps) {
  const { type, sensitivity, label, origin, scope, output, choices, initial } = variable;
  return (
    <fieldset className={css.details} aria-label={`Details of ${name}`}>
      <div className={css.pair}>
        <NativeSelect
          label="Sensitivity"
          value={sensitivity}
          data={sensitivityChoices}
          onChange={(event) =>
            change({ sensitivity: sensitivities.find((one) => one === event.currentTarget.value) })
          }
        />
        <NativeSelect
          label="Comes from"
          value={origin ?? ""}
          data={[
            { value: "", label: "Not said" },
            ...variableOrigins.map((value) => ({ value, label: origins[value] ?? value })),
          ]}
          onChange={(event) =>
            change({ origin: variableOrigins.find((one) => one === event.currentTarget.value) })
          }
        />
      </div>
      <div className={css.pair}>
        <TextInput
          label="Label"
          maxLength={80}
          value={label ?? ""}
          onChange={(event) => change({ label: event.currentTarget.value || undefined })}
        />
        <NativeSelect
          label="Seen by"
          value={scope ?? "flow"}
          data={scopes.map((value) => ({ value, label: seenBy[value] ?? value }))}
          onChange={(event) => change({ scope: event.currentTarget.value === "call" ? "call" : undefined })}
        />
      </div>
      {type === "choice" && (
        <PhrasesField
          label="Choices"
          description="The words it may be."
          required
          value={choices}
          onChange={(next) => {
            const words = Array.isArray(next) ? next.map(String) : [];
            if (words.length > 0) change({ choices: words });
          }}
        />
      )}
      {type === "claim" ? (
        <p className={css.fields}>
          {Object.entries(claimFields).map(([field, one]) => (
            <span key={field} title={`${one.label}, ${one.type}`}>
              {name}.{field}
            </span>
          ))}
        </p>
      ) : (
        <InitialField variable={variable} value={initial} onChange={(next) => change({ initial: next })} />
      )}
      <Switch
        label="Handed back"
        description="A flow that calls this one can take the value."
        checked={output === true}
        onChange={(event) => change({ output: event.currentTarget.checked || undefined })}
      />
    </fieldset>
  );
}
