import { ActionIcon, Button, NativeSelect, Textarea } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { sensitivities, variableTypes } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { lazy, Suspense, useState } from "react";
import { changeSettings } from "../document/commands/change-settings.ts";
import { changeVariables } from "../document/commands/change-variables.ts";
import type { DocumentStore } from "../document/store.ts";
import { FormProvider } from "./fields/field-context.ts";
import css from "./inspector.module.css";
import { Committed } from "./node-form.tsx";
import { sensitivityChoices } from "./sensitivity-choices.ts";

const NewVariableDialog = lazy(() =>
  import("./new-variable-dialog.tsx").then((one) => ({ default: one.NewVariableDialog })),
);

/** With nothing selected: what holds for the whole flow, and its variables. */
export function FlowForm({ flow, run }: { flow: FlowDocument; run: DocumentStore["run"] }) {
  const { settings } = flow;
  const nodes = Object.entries(flow.nodes)
    .filter(([, node]) => node.kind !== "start")
    .map(([value, node]) => ({ value, label: node.title }));
  const set = (change: Parameters<typeof changeSettings.run>[1]) => run(changeSettings, change).refused;
  return (
    <FormProvider value={{ flow, run, problem: () => undefined }}>
      <Committed label="Flow name" live value={flow.name} onCommit={(name) => set({ name })} />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={8}
        value={flow.description ?? ""}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <div className={css.pair}>
        <Committed
          label="Language"
          value={settings.language}
          onCommit={(language) => set({ settings: { language } })}
        />
        <Committed
          label="Voice"
          value={settings.voice ?? ""}
          onCommit={(voice) => set({ settings: { voice } })}
        />
      </div>
      <Committed
        label="Longest call, in minutes"
        value={String(settings.maxCallMinutes)}
        onCommit={(minutes) => set({ settings: { maxCallMinutes: Number(minutes) } })}
      />
      <Committed
        label="Apology"
        value={settings.apology}
        onCommit={(apology) => set({ settings: { apology } })}
      />
      <NativeSelect
        label="When the caller hangs up"
        description="Walked in silence, to record what is known."
        value={flow.onHangUp ?? ""}
        data={[{ value: "", label: "Nothing" }, ...nodes]}
        onChange={(event) => set({ onHangUp: event.currentTarget.value || null })}
      />
      <Variables flow={flow} run={run} />
    </FormProvider>
  );
}

/** The id of the field that names a variable, for whoever leads there. */
export function variableFieldId(name: string): string {
  return `variable-${name}`;
}

function Variables({ flow, run }: { flow: FlowDocument; run: DocumentStore["run"] }) {
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
          <li key={index}>
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
                if (type) run(changeVariables, { change: name, variable: { ...variable, type } });
              }}
            />
            <NativeSelect
              aria-label={`Sensitivity of ${name}`}
              value={variable.sensitivity}
              data={sensitivityChoices}
              onChange={(event) => {
                const sensitivity = sensitivities.find((one) => one === event.currentTarget.value);
                if (sensitivity)
                  run(changeVariables, { change: name, variable: { ...variable, sensitivity } });
              }}
            />
            <ActionIcon aria-label={`Remove ${name}`} onClick={() => run(changeVariables, { remove: name })}>
              <IconTrash size={15} />
            </ActionIcon>
          </li>
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
