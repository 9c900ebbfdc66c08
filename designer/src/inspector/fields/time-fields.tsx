/** Times of day, dates and days of the week. */
import { Input, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import css from "../inspector.module.css";
import { readTime } from "./read-time.ts";
import { SuggestedField } from "./suggested-field.tsx";
import type { Words } from "./words.ts";

interface TextProps extends Words {
  readonly value: string;
  onChange(value: string): void;
}

const halfHours = Array.from({ length: 48 }, (_none, half) => ({
  value: `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`,
}));

/** 24 hours, `HH:MM`; what is typed otherwise is put so when the field is left. */
export function TimeField({ value, onChange, ...words }: TextProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText((before) => (readTime(before) === value ? before : value)), [value]);
  return (
    <SuggestedField
      {...words}
      value={text}
      suggestions={halfHours}
      placeholder="09:00"
      onChange={(next) => {
        setText(next);
        onChange(readTime(next));
      }}
      onLeave={() => setText(readTime(text))}
    />
  );
}

export function DateField({ value, onChange, ...words }: TextProps) {
  return (
    <TextInput
      {...words}
      type="date"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface DaysProps extends Words {
  readonly value: unknown;
  readonly choices: readonly string[];
  onChange(value: readonly string[]): void;
}

/** One switch a day, in the order of the week. */
export function DaysField({ value, choices, onChange, id, label, description, error }: DaysProps) {
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const toggle = (day: string) => {
    const next = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day];
    onChange(choices.filter((one) => next.includes(one)));
  };
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <fieldset className={css.days} aria-label={label} {...(id ? { id } : {})}>
        {choices.map((day) => (
          <label key={day} data-on={chosen.includes(day) || undefined}>
            <input type="checkbox" checked={chosen.includes(day)} onChange={() => toggle(day)} />
            {day.slice(0, 1).toUpperCase() + day.slice(1, 3)}
          </label>
        ))}
      </fieldset>
    </Input.Wrapper>
  );
}
