/** Waiting for work that may not be wanted any more. */

/** Null when `stop` fires first: nobody waits for what is not wanted any more. */
export function orStopped<Given>(work: Promise<Given>, stop: AbortSignal): Promise<Given | null> {
  return new Promise((settle, fail) => {
    const stopped = () => settle(null);
    stop.addEventListener("abort", stopped, { once: true });
    void work.then(settle, fail).finally(() => stop.removeEventListener("abort", stopped));
  });
}
