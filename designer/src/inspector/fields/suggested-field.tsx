import { TextInput } from "@mantine/core";
import { useId } from "react";
import type { Words } from "./words.ts";

interface SuggestedFieldProps extends Words {
  readonly value: string;
  readonly suggestions: readonly { readonly value: string; readonly label?: string | undefined }[];
  readonly placeholder?: string;
  /** What the value means, for people. */
  readonly meaning?: string | null;
  onChange(value: string): void;
  onLeave?(): void;
}

/** A text with a searchable list of what it may be; the browser's own list, so that every keyboard knows its way. */
export function SuggestedField({
  value,
  suggestions,
  placeholder,
  meaning,
  onChange,
  onLeave,
  ...words
}: SuggestedFieldProps) {
  const list = useId();
  const known = meaning
    ? `${words.description ? `${words.description} ` : ""}Now: ${meaning}.`
    : words.description;
  return (
    <>
      <TextInput
        {...words}
        description={known}
        value={value}
        list={list}
        autoComplete="off"
        spellCheck={false}
        {...(placeholder ? { placeholder } : {})}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => onLeave?.()}
      />
      <datalist id={list}>
        {suggestions.map((one) => (
          <option key={one.value} value={one.value} label={one.label} />
        ))}
      </datalist>
    </>
  );
}
