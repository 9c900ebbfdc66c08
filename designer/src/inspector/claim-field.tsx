import { claimFields } from "@trunkline/schema/language";
import { useId } from "react";
import { InitialField, type InitialValue } from "./initial-field.tsx";
import css from "./inspector.module.css";

interface ClaimFieldProps {
  readonly label: string;
  readonly value: InitialValue;
  onChange(next: InitialValue): void;
}

/** A claim, field by field; those that are blank are left out. Folded, it tells how many are filled. */
export function ClaimField({ label, value, onChange }: ClaimFieldProps) {
  const held = typeof value === "object" && !Array.isArray(value) ? value : {};
  const id = useId();
  const filled = Object.keys(held).length;
  return (
    <details className={css.claim}>
      <summary id={id}>
        <span className="mono">{label}</span>
        <small className="muted">
          {filled === 0 ? "claim, blank" : `claim, ${filled} of ${Object.keys(claimFields).length} filled`}
        </small>
      </summary>
      {/* biome-ignore lint/a11y/useSemanticElements: the summary is its legend */}
      <div role="group" aria-labelledby={id}>
        {Object.entries(claimFields).map(([field, { type, label: called }]) => (
          <InitialField
            key={field}
            label={called}
            variable={{ type, sensitivity: "phi" }}
            value={held[field]}
            onChange={(next) => {
              const { [field]: _before, ...rest } = held;
              // The fields of a claim are texts and numbers only.
              const whole =
                typeof next === "string" || typeof next === "number" ? { ...rest, [field]: next } : rest;
              onChange(Object.keys(whole).length > 0 ? whole : undefined);
            }}
          />
        ))}
      </div>
    </details>
  );
}
