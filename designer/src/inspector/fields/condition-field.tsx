import { ActionIcon, Button, Input, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import {
  type Comparison,
  type Condition,
  comparisons,
  condition as conditionSchema,
  declaredAs,
  describeCondition,
  operatorsFor,
  type Test,
} from "@trunkline/schema/language";
import css from "../inspector.module.css";
import { useForm } from "./field-context.ts";
import { OperandField } from "./operand-field.tsx";
import { VariableField } from "./variable-field.tsx";
import { withComparison } from "./with-comparison.ts";
import type { Words } from "./words.ts";

/** A condition in closed JSON, built from tests joined by "all" or "any", each part possibly negated. */
export function ConditionField({
  value,
  onChange,
  ...words
}: Words & { value: unknown; onChange(value: Condition): void }) {
  const parsed = conditionSchema.safeParse(value);
  // A held value may not fit yet, but it was made by the controls below and so has their shape.
  const shown = parsed.success
    ? parsed.data
    : ((value ?? { variable: "value", is: "not-blank" }) as Condition);
  return (
    <Input.Wrapper label={words.label} description={words.description} error={words.error} labelElement="div">
      <fieldset className={css.group} aria-label={words.label}>
        <Part asked={shown} depth={0} onChange={onChange} />
      </fieldset>
      <div className={css.hears} style={{ marginTop: 4 }}>
        {describeCondition(shown)}
      </div>
    </Input.Wrapper>
  );
}

interface PartProps {
  readonly asked: Condition;
  readonly depth: number;
  onChange(next: Condition): void;
  onRemove?(): void;
}

function Part({ asked, depth, onChange, onRemove }: PartProps) {
  if ("not" in asked) {
    return (
      <div className={css.part}>
        <div className={css.partHead}>
          <span>not</span>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(asked.not)}>
            Take “not” away
          </Button>
        </div>
        <Part asked={asked.not} depth={depth + 1} onChange={(not) => onChange({ not })} />
      </div>
    );
  }
  if ("all" in asked || "any" in asked) {
    const joins = "all" in asked ? "all" : "any";
    const parts = "all" in asked ? asked.all : asked.any;
    const become = (how: string, next: Condition[]) =>
      onChange(how === "any" ? { any: next } : { all: next });
    return (
      <div className={css.part}>
        <div className={css.partHead}>
          <SegmentedControl
            size="xs"
            value={joins}
            aria-label="How the parts are joined"
            onChange={(how) => become(how, parts)}
            data={[
              { value: "all", label: "All of" },
              { value: "any", label: "Any of" },
            ]}
          />
          {onRemove && (
            <ActionIcon size="sm" aria-label="Remove group" onClick={onRemove}>
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </div>
        {parts.map((part, index) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names
            key={index}
            asked={part}
            depth={depth + 1}
            onChange={(next) =>
              become(
                joins,
                parts.map((one, at) => (at === index ? next : one)),
              )
            }
            {...(parts.length > 1
              ? {
                  onRemove: () => {
                    const rest = parts.filter((_, at) => at !== index);
                    const [only] = rest;
                    if (rest.length === 1 && only) onChange(only);
                    else become(joins, rest);
                  },
                }
              : {})}
          />
        ))}
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          disabled={parts.length >= 20}
          onClick={() => become(joins, [...parts, fresh(parts.at(-1))])}
        >
          Add test
        </Button>
      </div>
    );
  }
  return (
    <div className={css.test}>
      <TestRow asked={asked} onChange={onChange} />
      <div className={css.partHead}>
        {depth < 3 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onChange({ all: [asked, fresh(asked)] })}
          >
            and / or…
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange({ not: asked })}>
          not
        </Button>
        {onRemove && (
          <ActionIcon size="sm" aria-label="Remove test" onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

function TestRow({ asked, onChange }: { asked: Test; onChange(next: Test): void }) {
  const { flow } = useForm();
  const type = declaredAs(flow.variables, asked.variable)?.type;
  const fitting = type ? operatorsFor(type) : [];
  const offered = Object.entries(comparisons).filter(
    ([is]) => !type || is === asked.is || fitting.some((one) => one === is),
  );
  return (
    <>
      <VariableField
        label="Variable"
        references
        value={asked.variable}
        onChange={(variable) => onChange({ ...asked, variable })}
      />
      <NativeSelect
        label="Comparison"
        value={asked.is}
        data={offered.map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange(withComparison(asked, event.currentTarget.value as Comparison))}
      />
      <OperandField asked={asked} onChange={onChange} />
    </>
  );
}

function fresh(like: Condition | undefined): Condition {
  return { variable: like && "variable" in like ? like.variable : "value", is: "not-blank" };
}
