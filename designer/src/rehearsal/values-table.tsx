import type { Rehearsal } from "@trunkline/schema/scenario";
import css from "./rehearsal.module.css";

const sources = { start: "known at the start", input: "from the caller", computed: "set by the flow" };

/** What the call knows right now, and where each value came from. */
export function ValuesTable({ rehearsal, onNode }: { rehearsal: Rehearsal; onNode(node: string): void }) {
  const { flow } = rehearsal.compiled;
  const held = rehearsal.session.frames.at(-1)?.values ?? {};
  const names = Object.keys(flow.variables);
  return (
    <div className={css.values}>
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
                <td className="mono">{name}</td>
                <td className="mono">{one ? String(one.value) : <span className="muted">not known</span>}</td>
                <td className="muted">
                  {one && (
                    <>
                      {sources[one.origin.source]}
                      {one.origin.node && flow.nodes[one.origin.node] && (
                        <>
                          {" "}
                          at{" "}
                          <button
                            type="button"
                            className={css.origin}
                            onClick={() => onNode(one.origin.node)}
                          >
                            {flow.nodes[one.origin.node]?.title}
                          </button>
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
      {rehearsal.outcomes.map((order, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: orders only grow
        <p key={index}>
          <span className="tag" data-tone="accent">
            {order.outcome}
          </span>{" "}
          <span className="muted">
            {order.fields.map((field) => `${field.name} ${field.value ?? "–"}`).join(", ")}
          </span>
        </p>
      ))}
    </div>
  );
}
