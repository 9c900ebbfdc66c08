import { CloseButton, TextInput } from "@mantine/core";
import { useState } from "react";
import css from "../inspector.module.css";
import type { Words } from "./words.ts";

interface PhrasesFieldProps extends Words {
  readonly value: unknown;
  /** A comma is part of the text: only Enter adds one. */
  readonly commas?: boolean;
  onChange(value: unknown): void;
}

/** Short texts, each a chip; Enter or a comma adds one. */
export function PhrasesField({ value, commas = false, onChange, ...words }: PhrasesFieldProps) {
  const [text, setText] = useState("");
  const phrases = Array.isArray(value) ? value.map(String) : [];
  const add = () => {
    const one = text.trim();
    setText("");
    if (one && !phrases.includes(one)) onChange([...phrases, one]);
  };
  const remove = (one: string) => {
    const rest = phrases.filter((held) => held !== one);
    onChange(rest.length > 0 || words.required ? rest : undefined);
  };
  return (
    <div>
      <TextInput
        {...words}
        value={text}
        placeholder="Type and press Enter"
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key === "Enter" || (event.key === "," && !commas)) {
            event.preventDefault();
            add();
          } else if (event.key === "Backspace" && text === "" && phrases.length > 0)
            remove(phrases.at(-1) ?? "");
        }}
      />
      {phrases.length > 0 && (
        <ul className={css.chips} aria-label={`${words.label} added`}>
          {phrases.map((one) => (
            <li key={one} {...(commas ? { className: "mono" } : {})}>
              {one}
              <CloseButton size={16} iconSize={12} aria-label={`Remove ${one}`} onClick={() => remove(one)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
