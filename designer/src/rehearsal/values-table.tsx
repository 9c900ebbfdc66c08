import { IconShieldLock } from "@tabler/icons-react";
import type { Rehearsal } from "@trunkline/schema/scenario";
import { shownValue } from "../frame/shown-value.ts";
import { sourceOf } from "../frame/value-source.ts";
import css from "./rehearsal.module.css";

/** What the call knows right now, where each value came from, and what it did outside. */
export function ValuesTable({ rehearsal, onNode }: { rehearsal: Rehearsal; onNode(node: string): void }) {
  const frame = rehearsal.session.frames.at(-1);
  const inside = frame && frame.path !== "";
  const flow = (frame && rehearsal.flows.get(frame.flow)?.flow) ?? rehearsal.compiled.flow;
  const held = { ...rehearsal.session.shared, ...frame?.values };
  const names = Object.keys(flow.variables);
  return (
    <div className={css.values}>
      {inside && <p className="muted">In “{flow.name}”, the flow that was called.</p>}
      <table aria-label="Values">
        <thead>
          <tr>
            <th>Variable</th>
            <th>Value</th>
            <th>Origin</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const one = held[name];
            return (
              <tr key={name}>
                <td className="mono">
                  {name}
                  {flow.variables[name]?.sensitivity === "phi" && (
                    <IconShieldLock size={12} className={css.phi} role="img" aria-label="PHI" />
                  )}
                </td>
                <td className="mono">
                  {one ? shownValue(one.value) : <span className="muted">not known</span>}
                </td>
                <td className="muted">
                  {one && (
                    <>
                      {sourceOf(one.origin.source)}
                      {one.origin.node && flow.nodes[one.origin.node] && (
                        <>
                          {" "}
                          at{" "}
                          {inside ? (
                            flow.nodes[one.origin.node]?.title
                          ) : (
                            <button
                              type="button"
                              className={css.origin}
                              onClick={() => onNode(one.origin.node)}
                            >
                              {flow.nodes[one.origin.node]?.title}
                            </button>
                          )}
                        </>
                      )}
                    </>
                  )}
                </td>
              </tr>
            );
          })}
          {names.length === 0 && (
            <tr>
              <td colSpan={3} className="muted">
                This flow has no variables.
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {rehearsal.session.tags && rehearsal.session.tags.length > 0 && (
        <p>
          {rehearsal.session.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </p>
      )}
      {rehearsal.outcomes.map((order, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: orders only grow
        <p key={index}>
          <span className="tag" data-tone="accent">
            {order.outcome}
          </span>{" "}
          <span className="muted">
            {order.fields
              .map((field) => `${field.name} ${field.value === null ? "–" : shownValue(field.value)}`)
              .join(", ")}
          </span>
        </p>
      ))}
      {rehearsal.messages.map((order, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: orders only grow
        <p key={index}>
          <span className="muted">Message to {order.to}:</span> {order.text}
        </p>
      ))}
      {rehearsal.requests.map((order, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: orders only grow
        <p key={index}>
          <span className="muted">{order.method}</span> <span className="mono">{order.url}</span>
        </p>
      ))}
    </div>
  );
}
