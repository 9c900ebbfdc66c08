import { ActionIcon, Button, Input } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { type FormField, newItem } from "../form-schema.ts";
import { keyOf } from "../held-fields.ts";
import css from "../inspector.module.css";
import { type FieldProps, useForm } from "./field-context.ts";
import type { OpenSpan } from "./week.ts";
import { WeekStrip } from "./week-strip.tsx";

interface ListFieldProps extends FieldProps {
  readonly field: FormField;
  /** Draws one field of an item; handed in, because a list may hold lists. */
  readonly Item: React.ComponentType<FieldProps & { field: FormField }>;
}

/** Items with fields of their own: add, remove, reorder. */
export function ListField({ field, path, value, onChange, Item }: ListFieldProps) {
  const { flow, problem } = useForm();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const noun = singular(field.label);
  const days = field.items.find((one) => one.widget === "days");
  const move = (from: number, to: number) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(path, next);
  };
  return (
    <Input.Wrapper
      label={field.label}
      description={field.help}
      error={problem(keyOf(path))}
      labelElement="div"
    >
      <ol className={css.list} aria-label={field.label}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no names of their own
          <li key={index} className={css.item}>
            <div className={css.itemHead}>
              <span className="muted">{`${noun} ${index + 1}`}</span>
              <span>
                <ActionIcon
                  size="sm"
                  aria-label={`Move ${noun} ${index + 1} up`}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={`Move ${noun} ${index + 1} down`}
                  disabled={index === items.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={`Remove ${noun} ${index + 1}`}
                  disabled={items.length <= field.fewestItems}
                  onClick={() =>
                    onChange(
                      path,
                      items.filter((_, at) => at !== index),
                    )
                  }
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </span>
            </div>
            {field.items.map((one) => (
              <div
                key={one.key}
                data-widget={one.widget}
                data-short={isShort(one) || undefined}
                title={one.help}
              >
                <Item
                  field={{ ...one, help: "" }}
                  path={[...path, index, one.key]}
                  value={typeof item === "object" && item !== null ? Reflect.get(item, one.key) : undefined}
                  onChange={onChange}
                />
              </div>
            ))}
          </li>
        ))}
      </ol>
      {days && items.length > 0 && <WeekStrip hours={items.filter(isSpan)} days={days.choices} />}
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={12} />}
        disabled={items.length >= field.mostItems}
        onClick={() => onChange(path, [...items, newItem(field, items, Object.keys(flow.variables))])}
      >
        {`Add ${noun}`}
      </Button>
    </Input.Wrapper>
  );
}

/** `Classes` → `class`, `Opening hours` → `opening hour`, `Replies` → `reply`. */
function singular(label: string): string {
  const low = label.toLowerCase();
  if (/(ss|x|ch|sh)es$/.test(low)) return low.slice(0, -2);
  return low.endsWith("ies") ? `${low.slice(0, -3)}y` : low.replace(/s$/, "");
}

/** Two of these stand side by side. */
function isShort(field: FormField): boolean {
  return field.widget === "time" || field.widget === "date";
}

function isSpan(item: unknown): item is OpenSpan {
  if (typeof item !== "object" || item === null) return false;
  const [days, from, to] = ["days", "from", "to"].map((key) => Reflect.get(item, key));
  return Array.isArray(days) && typeof from === "string" && typeof to === "string";
}
