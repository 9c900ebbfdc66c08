import "../mantine-forms.css";
import type { FlowDocument } from "@trunkline/schema/document";
import type { DocumentStore } from "../document/store.ts";
import { FlowForm } from "./flow-form.tsx";
import css from "./inspector.module.css";
import { NodeForm } from "./node-form.tsx";

interface InspectorProps {
  readonly flow: FlowDocument;
  readonly selected: readonly string[];
  readonly run: DocumentStore["run"];
  onSelect(nodes: readonly string[]): void;
}

/** The form of what is selected: one node, several, or the flow itself. */
export function Inspector({ flow, selected, run, onSelect }: InspectorProps) {
  const [id] = selected;
  const node = selected.length === 1 && id !== undefined ? flow.nodes[id] : undefined;
  return (
    <div className={css.inspector}>
      {node && id !== undefined ? (
        <NodeForm
          key={id}
          flow={flow}
          id={id}
          node={node}
          run={run}
          onRenamedId={(next) => onSelect([next])}
        />
      ) : selected.length > 1 ? (
        <p className="muted">
          {selected.length} nodes are selected. Move them together, duplicate them with Ctrl-D, or delete
          them.
        </p>
      ) : (
        <FlowForm flow={flow} run={run} />
      )}
    </div>
  );
}
