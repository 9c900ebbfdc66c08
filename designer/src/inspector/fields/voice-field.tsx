import { voicesFor } from "@trunkline/schema/language";
import { held, useForm } from "./field-context.ts";
import { SuggestedField } from "./suggested-field.tsx";
import type { Words } from "./words.ts";

/** The provider's voices for the language that is spoken here. */
export function VoiceField({
  value,
  onChange,
  ...words
}: Words & { value: string; onChange(value: string): void }) {
  const { flow, config } = useForm();
  const own = held(config, "language");
  const language = typeof own === "string" && own !== "" ? own : flow.settings.language;
  return (
    <SuggestedField
      {...words}
      value={value}
      suggestions={voicesFor(language).map((voice) => ({ value: voice }))}
      placeholder={flow.settings.voice ?? "The provider's own"}
      onChange={onChange}
    />
  );
}
