import { NativeSelect, TextInput } from "@mantine/core";
import type { Value } from "@trunkline/schema/call";
import type { FlowVariable } from "@trunkline/schema/document";
import { coerce, plainText } from "@trunkline/schema/language";
import { useState } from "react";
import { PhrasesField } from "./fields/phrases-field.tsx";
import { DateField, TimeField } from "./fields/time-fields.tsx";

export type InitialValue = FlowVariable["initial"];

interface InitialFieldProps {
  readonly variable: FlowVariable;
  readonly value: InitialValue;
  readonly label?: string;
  onChange(next: InitialValue): void;
}

/** A value of a variable's type: what it is from the start, or what a rehearsal begins with. Kept as typed until it fits. */
export function InitialField({ variable, value, label = "From the start", onChange }: InitialFieldProps) {
  const { type, choices } = variable;
  const [typed, setTyped] = useState<{ text: string; sentence: string } | null>(null);
  const shown = typed?.text ?? (value === undefined ? "" : plainText(value as Value)); // a document's value is a call's
  const set = (text: string) => {
    if (text.trim() === "") {
      setTyped(null);
      return onChange(undefined);
    }
    const fits = coerce(text, type, choices);
    if (!fits.ok) return setTyped({ text, sentence: fits.sentence });
    // What was typed stays as it was typed until it is left; the document has the value it means.
    setTyped({ text, sentence: "" });
    onChange(fits.value as InitialValue); // a text coerced to a plain type is a plain value
  };
  const words = { label, error: typed?.sentence || undefined, value: shown, onChange: set };
  switch (type) {
    case "list":
      return (
        <PhrasesField
          label={label}
          commas
          value={value}
          onChange={(next) => onChange(Array.isArray(next) && next.length > 0 ? next.map(String) : undefined)}
        />
      );
    case "choice":
      return (
        <NativeSelect
          label={label}
          value={shown}
          data={[{ value: "", label: "Blank" }, ...(choices ?? [])]}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    case "date":
      return <DateField {...words} />;
    case "time":
      return <TimeField {...words} />;
    default:
      return (
        <TextInput
          {...words}
          description={type === "money" ? "In cents: 12550 is 125.50" : undefined}
          onChange={(event) => set(event.currentTarget.value)}
          onBlur={() => setTyped((before) => (before?.sentence ? before : null))}
        />
      );
  }
}
