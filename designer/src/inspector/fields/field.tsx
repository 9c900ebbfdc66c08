import { NativeSelect, Switch, TextInput } from "@mantine/core";
import type { FormField } from "../form-schema.ts";
import { keyOf } from "../held-fields.ts";
import { ConditionField } from "./condition-field.tsx";
import { type FieldProps, useForm } from "./field-context.ts";
import { ListField } from "./list-field.tsx";
import { NumberField } from "./number-field.tsx";
import { PhrasesField } from "./phrases-field.tsx";
import { PromptField } from "./prompt-field.tsx";
import { VariableField } from "./variable-field.tsx";

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
  switch (field.widget) {
    case "prompt":
      return <PromptField {...words} value={text} most={field.most} onChange={setText} />;
    case "number":
      return (
        <NumberField {...words} value={value} unit={field.unit} onChange={(next) => onChange(path, next)} />
      );
    case "switch":
      return (
        <Switch
          id={id}
          label={field.label}
          description={field.help}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(path, event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <NativeSelect
          {...words}
          value={text}
          data={[...field.choices]}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
    case "variable":
      return <VariableField {...words} value={text} onChange={setText} />;
    case "condition":
      return <ConditionField {...words} value={value} onChange={(next) => onChange(path, next)} />;
    case "phrases":
      return <PhrasesField {...words} value={value} onChange={(next) => onChange(path, next)} />;
    case "list":
      return <ListField field={field} path={path} value={value} onChange={onChange} Item={Field} />;
    default:
      return <TextInput {...words} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
  }
}
