import { useState } from "react";
import type { Answer, Fault, Page } from "../api.ts";
import { useAnswer } from "./use-answer.ts";

/** A list that comes in pages by cursor; `more` is there while there is more. */
export interface Pages<T> {
  readonly items: readonly T[] | null;
  readonly fault: Fault | null;
  readonly more: (() => void) | null;
  reload(): void;
  change(edit: (items: readonly T[]) => readonly T[]): void;
}

export function usePages<T>(
  key: string,
  page: (cursor: string | null) => Promise<Answer<Page<T>>>,
): Pages<T> {
  const { load, reload, setLoad } = useAnswer(key, () => page(null));
  const [later, setLater] = useState<Fault | null>(null);
  const value = load.is === "ready" ? load.value : null;
  const more = async () => {
    if (!value?.next) return;
    const answer = await page(value.next);
    setLater(answer.ok ? null : answer.fault);
    if (answer.ok)
      setLoad({
        is: "ready",
        value: { items: [...value.items, ...answer.value.items], next: answer.value.next },
      });
  };
  return {
    items: value?.items ?? null,
    fault: load.is === "failed" ? load.fault : later,
    more: value?.next ? () => void more() : null,
    reload: () => void reload(),
    change(edit) {
      if (value) setLoad({ is: "ready", value: { ...value, items: edit(value.items) } });
    },
  };
}
