import { NativeSelect, Textarea } from "@mantine/core";
import type { FlowDocument } from "@trunkline/schema/document";
import { voicesFor } from "@trunkline/schema/language";
import { changeSettings } from "../document/commands/change-settings.ts";
import type { DocumentStore } from "../document/store.ts";
import { FormProvider } from "./fields/field-context.ts";
import css from "./inspector.module.css";
import { Committed } from "./node-form.tsx";
import { VariablesPanel } from "./variables-panel.tsx";

/** With nothing selected: what holds for the whole flow, and its variables. */
export function FlowForm({ flow, run }: { flow: FlowDocument; run: DocumentStore["run"] }) {
  const { settings } = flow;
  const nodes = Object.entries(flow.nodes)
    .filter(([, node]) => node.kind !== "start")
    .map(([value, node]) => ({ value, label: node.title }));
  const set = (change: Parameters<typeof changeSettings.run>[1]) => run(changeSettings, change).refused;
  return (
    <FormProvider value={{ flow, run, config: {}, problem: () => undefined }}>
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
          suggestions={voicesFor(settings.language)}
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
      <VariablesPanel flow={flow} run={run} />
    </FormProvider>
  );
}
