/** `<Echo>`: what the caller says, presses and lets sound comes back to it, until the call is over or gets something else to do. */
import { type Next, nextVerb, type Stage } from "./stage.ts";

export async function performEcho({ line, stop, answer }: Stage): Promise<Next> {
  answer();
  if (stop.aborted) return nextVerb;
  const unlisten = line.listen({
    speech: (speech) => line.relay({ speech }),
    key: (key) => line.relay({ key }),
    tone: (tone) => line.relay({ tone }),
  });
  await new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
  unlisten();
  return nextVerb;
}
