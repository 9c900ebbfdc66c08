import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer, Fault } from "../api.ts";

export type Load<T> =
  | { readonly is: "loading" }
  | { readonly is: "ready"; readonly value: T }
  | { readonly is: "failed"; readonly fault: Fault };

/** Ask the server once per key; `reload` asks again and keeps what is shown until the answer is there. */
export function useAnswer<T>(key: string, question: () => Promise<Answer<T>>) {
  const [load, setLoad] = useState<Load<T>>({ is: "loading" });
  const latest = useRef(question);
  latest.current = question;
  const asked = useRef(0);
  const reload = useCallback(async () => {
    const turn = ++asked.current;
    const answer = await latest.current();
    if (turn !== asked.current) return;
    setLoad(answer.ok ? { is: "ready", value: answer.value } : { is: "failed", fault: answer.fault });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the question
  useEffect(() => {
    setLoad({ is: "loading" });
    void reload();
    return () => void asked.current++;
  }, [key, reload]);
  return { load, reload, setLoad };
}
