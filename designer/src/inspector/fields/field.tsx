import { ActionIcon, NativeSelect, Switch, TextInput } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { FormField } from "../form-schema.ts";
import { keyOf } from "../held-fields.ts";
import { ConditionField } from "./condition-field.tsx";
import { type FieldProps, useForm } from "./field-context.ts";
import { FlowField } from "./flow-field.tsx";
import { ListField } from "./list-field.tsx";
import { NumberField } from "./number-field.tsx";
import { PhrasesField } from "./phrases-field.tsx";
import { LanguageField, ZoneField } from "./place-fields.tsx";
import { PromptField } from "./prompt-field.tsx";
import { DateField, DaysField, TimeField } from "./time-fields.tsx";
import { VariableField } from "./variable-field.tsx";
import { VoiceField } from "./voice-field.tsx";
import { inWords } from "./words.ts";

/** One field of a generated form, by its widget. */
export function Field({ field, path, value, onChange }: FieldProps & { field: FormField }) {
  const error = useForm().problem(keyOf(path));
  const id = `field-${keyOf(path)}`;
  const words = {
    id,
    label: field.label,
    description: field.help || undefined,
    error,
    required: field.required,
    withAsterisk: false,
  };
  const text = typeof value === "string" ? value : value === undefined ? "" : String(value);
  const setText = (next: string) => onChange(path, next === "" && !field.required ? undefined : next);
  const typed = { ...words, value: text, onChange: setText };
  const set = (next: unknown) => onChange(path, next);
  switch (field.widget) {
    case "prompt":
    case "template":
      return <PromptField {...typed} most={field.most} said={field.widget === "prompt"} />;
    case "number":
      return (
        <NumberField
          {...words}
          value={value}
          unit={field.unit}
          onChange={(next) => set(next === "" && !field.required ? undefined : next)}
        />
      );
    case "switch":
      return <SwitchField words={words} value={value} initially={field.initially} set={set} />;
    case "choice": {
      const data = field.choices.map((one) => ({ value: one, label: inWords(one) }));
      return (
        <NativeSelect
          {...words}
          value={text}
          data={field.required ? data : [{ value: "", label: "Not said" }, ...data]}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
    }
    case "variable":
      return (
        <VariableField
          {...typed}
          references={field.pattern?.includes("\\.") ?? false}
          optional={!field.required}
        />
      );
    case "condition":
      return <ConditionField {...words} value={value} onChange={set} />;
    case "phrases":
      return <PhrasesField {...words} value={value} onChange={set} />;
    case "list":
    case "pairs":
      return field.itemWidget === null ? (
        <ListField field={field} path={path} value={value} onChange={onChange} Item={Field} />
      ) : (
        <PhrasesField {...words} value={value} commas onChange={set} />
      );
    case "zone":
      return <ZoneField {...typed} />;
    case "language":
      return <LanguageField {...typed} />;
    case "voice":
      return <VoiceField {...typed} />;
    case "time":
      return <TimeField {...typed} />;
    case "date":
      return <DateField {...typed} />;
    case "days":
      return <DaysField {...words} value={value} choices={field.choices} onChange={set} />;
    case "flow":
      return <FlowField {...words} value={value} onChange={onChange} />;
    case "audio":
      return <AudioField words={words} text={text} setText={setText} />;
    default:
      return (
        <TextInput
          {...words}
          value={text}
          {...(field.widget === "pattern" ? { classNames: { input: "mono" }, spellCheck: false } : {})}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
  }
}

interface OneField {
  readonly words: React.ComponentProps<typeof TextInput> & { label: string };
}

/** A switch that was never touched shows what holds unless it is said. */
function SwitchField({
  words: { id, label, description, error },
  value,
  initially,
  set,
}: OneField & { value: unknown; initially: boolean; set(next: boolean): void }) {
  return (
    <Switch
      {...{ id, label, description, error }}
      checked={value === undefined ? initially : value === true}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

/** An address of an audio file, with the way to listen to it. */
function AudioField({ words, text, setText }: OneField & { text: string; setText(next: string): void }) {
  const there = URL.canParse(text) && text.startsWith("https://");
  return (
    <TextInput
      {...words}
      type="url"
      placeholder="https://"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={
        there ? (
          <ActionIcon
            component="a"
            href={text}
            target="_blank"
            rel="noreferrer"
            size="sm"
            aria-label={`Open the file of ${words.label}`}
          >
            <IconExternalLink size={14} />
          </ActionIcon>
        ) : null
      }
    />
  );
}
