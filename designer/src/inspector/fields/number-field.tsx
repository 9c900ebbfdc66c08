import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Words } from "./words.ts";

interface NumberFieldProps extends Words {
  readonly value: unknown;
  readonly unit: string | null;
  onChange(value: unknown): void;
}

/** A number with its unit. What is no number is handed on as text, so that the schema says why it does not fit. */
export function NumberField({ value, unit, onChange, ...words }: NumberFieldProps) {
  const [text, setText] = useState(() => shown(value));
  useEffect(() => setText((before) => (read(before) === value ? before : shown(value))), [value]);
  return (
    <TextInput
      {...words}
      value={text}
      inputMode="numeric"
      rightSection={
        unit ? (
          <span className="muted" style={{ fontSize: 12, whiteSpace: "nowrap" }}>
            {unit}
          </span>
        ) : null
      }
      rightSectionWidth={unit ? 64 : 0}
      rightSectionPointerEvents="none"
      classNames={{ input: "tabular" }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
    />
  );
}

function shown(value: unknown): string {
  return value === undefined ? "" : String(value);
}

function read(text: string): unknown {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? text : number;
}
