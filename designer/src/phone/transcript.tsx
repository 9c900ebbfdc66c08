import { useEffect, useRef } from "react";
import css from "./phone.module.css";

interface TranscriptProps {
  readonly lines: readonly {
    readonly who: "flow" | "caller" | "line";
    readonly text: string;
    readonly mark?: React.ReactNode;
  }[];
}

const speakers = { flow: "Flow", caller: "Caller", line: "Line" };

/** What was said, by whom; stays at its end. */
export function Transcript({ lines }: TranscriptProps) {
  const end = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line is added
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to
    <ol className={css.transcript} aria-label="Transcript" aria-live="polite" tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended
        <li key={index} data-who={line.who} ref={index === lines.length - 1 ? end : null}>
          <span className="visually-hidden">{speakers[line.who]}: </span>
          <span className={css.said}>{line.text}</span>
          {line.mark}
        </li>
      ))}
    </ol>
  );
}
