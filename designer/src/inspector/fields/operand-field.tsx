import { Button, NativeSelect, TextInput } from "@mantine/core";
import { declaredAs, operandOf, type Test } from "@trunkline/schema/language";
import css from "../inspector.module.css";
import { useForm } from "./field-context.ts";
import { DateField, TimeField } from "./time-fields.tsx";
import { VariableField } from "./variable-field.tsx";

interface OperandProps {
  readonly asked: Test;
  onChange(next: Test): void;
}

/** What a test compares with: a value of the variable's own type, several, or another variable. */
export function OperandField({ asked, onChange }: OperandProps) {
  const { flow } = useForm();
  const declared = declaredAs(flow.variables, asked.variable);
  const { to, is } = asked;
  const wants = operandOf(is);
  if (wants === "none") return null;
  if (typeof to === "object" && !Array.isArray(to)) {
    return (
      <>
        <VariableField
          label="Other variable"
          references
          value={to.variable}
          onChange={(variable) => onChange({ ...asked, to: { variable } })}
        />
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={css.aside ?? ""}
          onClick={() => onChange({ ...asked, to: wants === "list" ? [] : "" })}
        >
          Compare with a value
        </Button>
      </>
    );
  }
  const numeric = declared?.type === "number" || declared?.type === "money";
  const read = (text: string) =>
    numeric && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  const description = declared?.type === "money" ? "In cents: 12550 is 125.50" : undefined;
  const one = (label: string, value: string, write: (text: string) => void) => {
    const words = { label, description, value, onChange: write };
    if (declared?.type === "date") return <DateField {...words} />;
    if (declared?.type === "time") return <TimeField {...words} />;
    if (declared?.type === "choice" && is.endsWith("equals")) {
      const choices = declared.choices ?? [];
      const data = choices.includes(value) ? [...choices] : [{ value, label: value || "Choose" }, ...choices];
      return (
        <NativeSelect
          label={label}
          value={value}
          data={data}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
    }
    return (
      <TextInput
        label={label}
        description={description}
        value={value}
        onChange={(event) => write(event.currentTarget.value)}
      />
    );
  };
  if (is === "between") {
    const [from = "", until = ""] = Array.isArray(to) ? to.map(String) : [];
    return (
      <div className={css.pair}>
        {one("From", from, (text) => onChange({ ...asked, to: [read(text), read(until)] }))}
        {one("To", until, (text) => onChange({ ...asked, to: [read(from), read(text)] }))}
      </div>
    );
  }
  const shown = Array.isArray(to) ? to.join(", ") : String(to ?? "");
  const patterns = is === "matches" || is === "not-matches";
  return (
    <>
      {wants === "list" ? (
        <TextInput
          label="Values, with commas"
          description={description}
          value={shown}
          onChange={(event) =>
            onChange({ ...asked, to: event.currentTarget.value.split(",").map((part) => read(part.trim())) })
          }
        />
      ) : (
        one(patterns ? "Pattern" : "Value", shown, (text) =>
          onChange({ ...asked, to: patterns ? text : read(text) }),
        )
      )}
      {!patterns && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={css.aside ?? ""}
          onClick={() => onChange({ ...asked, to: { variable: Object.keys(flow.variables)[0] ?? "value" } })}
        >
          Compare with a variable
        </Button>
      )}
    </>
  );
}
