import { ActionIcon, Button, Input } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { type FormField, newItem } from "../form-schema.ts";
import { keyOf } from "../held-fields.ts";
import css from "../inspector.module.css";
import { type FieldProps, useForm } from "./field-context.ts";

interface ListFieldProps extends FieldProps {
  readonly field: FormField;
  /** Draws one field of an item; handed in, because a list may hold lists. */
  readonly Item: React.ComponentType<FieldProps & { field: FormField }>;
}

/** Items with fields of their own: add, remove, reorder. */
export function ListField({ field, path, value, onChange, Item }: ListFieldProps) {
  const { flow, problem } = useForm();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const noun = field.label.replace(/s$/, "").toLowerCase();
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
              <div key={one.key} data-widget={one.widget} title={one.help}>
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
