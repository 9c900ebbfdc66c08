import { ActionIcon, Textarea } from "@mantine/core";
import { IconVolume } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { speak } from "../../phone/voice.ts";
import css from "../inspector.module.css";
import { type Completion, completionsAt } from "./completions.ts";
import { held, useForm } from "./field-context.ts";
import { becomes, callerHears } from "./sample.ts";
import type { Words } from "./words.ts";

interface PromptFieldProps extends Words {
  readonly value: string;
  readonly most: number | null;
  /** False for a text that is filled in but not said: an address, a number, a message. */
  readonly said: boolean;
  onChange(value: string): void;
}

/** A text with placeholders: `{{` offers variables and filters, and below stands what becomes of it. */
export function PromptField({ value, most, said, onChange, ...words }: PromptFieldProps) {
  const { flow, config } = useForm();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const listId = useId();
  const offered = open ? completionsAt(value, caret, flow.variables) : null;
  const chosen = offered ? Math.min(active, offered.options.length - 1) : 0;
  const take = (one: Completion) => {
    if (!offered) return;
    const next = value.slice(0, offered.from) + one.insert + value.slice(offered.to);
    onChange(next);
    setOpen(!one.ends);
    const at = offered.from + one.insert.length;
    setCaret(at);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at, at);
    });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!offered || offered.options.length === 0) return;
    const one = offered.options[chosen];
    if (event.key === "ArrowDown") setActive((chosen + 1) % offered.options.length);
    else if (event.key === "ArrowUp")
      setActive((chosen + offered.options.length - 1) % offered.options.length);
    else if ((event.key === "Enter" || event.key === "Tab") && one) take(one);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const own = held(config, "language");
  const language = typeof own === "string" && own !== "" ? own : flow.settings.language;
  const heard = said ? callerHears(flow, value, { markup: held(config, "markup") === true, language }) : null;
  const below = said ? (heard !== null && heard !== value.trim() ? heard : null) : becomes(flow, value);
  return (
    <div className={css.prompt}>
      <Textarea
        {...words}
        ref={area}
        autosize
        minRows={said ? 2 : 1}
        maxRows={10}
        value={value}
        aria-autocomplete="list"
        aria-controls={offered ? listId : undefined}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setActive(0);
          setOpen(true);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {offered && offered.options.length > 0 && (
        <div className={css.completions} role="listbox" id={listId} aria-label="Variables and filters">
          {offered.options.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text area has the keys
            <div
              key={one.insert}
              ref={index === chosen ? intoView : null}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={css.completion}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              <span className="mono">{one.label}</span> <span className="muted">{one.help}</span>
            </div>
          ))}
        </div>
      )}
      <div className={css.below}>
        {said && (
          <ActionIcon
            data-tip="Hear it"
            data-tip-side="right"
            size="sm"
            aria-label={`Hear ${words.label}`}
            disabled={!heard}
            onClick={() => heard && speak(heard, language)}
          >
            <IconVolume size={15} />
          </ActionIcon>
        )}
        <span className={css.hears}>
          {below && (
            <>
              <b>{said ? "Caller hears:" : "Becomes:"}</b> {said ? `“${below}”` : below}
            </>
          )}
        </span>
        <span className="muted tabular" title={`At most ${most ?? 3000} characters`}>
          {value.length}
        </span>
      </div>
    </div>
  );
}

function intoView(option: HTMLElement | null) {
  option?.scrollIntoView({ block: "nearest" });
}
