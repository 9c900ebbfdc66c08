import { NativeSelect } from "@mantine/core";
import type { FlowDocument, FlowNode } from "@trunkline/schema/document";
import { orderedOutcomes } from "../canvas/geometry.ts";
import { connect } from "../document/commands/connect.ts";
import { disconnect } from "../document/commands/disconnect.ts";
import type { DocumentStore } from "../document/store.ts";
import css from "./inspector.module.css";

interface OutcomeTargetsProps {
  readonly flow: FlowDocument;
  readonly id: string;
  readonly node: FlowNode;
  readonly run: DocumentStore["run"];
}

/** Where each way out leads: the same wires as on the canvas, for the keyboard and for screen readers. */
export function OutcomeTargets({ flow, id, node, run }: OutcomeTargetsProps) {
  const outcomes = orderedOutcomes(node);
  if (outcomes.length === 0) return null;
  const targets = Object.entries(flow.nodes)
    .filter(([, one]) => one.kind !== "start")
    .map(([value, one]) => ({ value, label: one.title }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <section aria-label="Ways out">
      <h2 className={css.heading}>Ways out</h2>
      {outcomes.map((outcome) => {
        const to = node.next[outcome.name] ?? "";
        return (
          <div
            key={outcome.name}
            className={css.outcome}
            data-wired={to !== "" || undefined}
            data-failure={outcome.failure || undefined}
          >
            <span className={css.dot} aria-hidden />
            <label htmlFor={`outcome-${outcome.name}`} title={outcome.name}>
              {outcome.label}
            </label>
            <NativeSelect
              id={`outcome-${outcome.name}`}
              value={to}
              data={[{ value: "", label: "Not wired" }, ...targets]}
              onChange={(event) => {
                const target = event.currentTarget.value;
                if (target === "") run(disconnect, { wires: [{ node: id, outcome: outcome.name }] });
                else run(connect, { from: { node: id, outcome: outcome.name }, to: target });
              }}
            />
          </div>
        );
      })}
    </section>
  );
}
