/** Joins two people: what one says, presses or lets sound the other hears, until the answer is called. */
import type { Line } from "./line.ts";

export function join(one: Line, other: Line): () => void {
  const pass = (from: Line, to: Line) => {
    // A word begun in the moment of the answer is not lost.
    const already = from.saying();
    if (already) to.relay({ speech: already.input });
    return from.listen({
      speech: (speech) => to.relay({ speech }),
      key: (key) => to.relay({ key }),
      tone: (tone, durationMs) => to.relay({ tone, durationMs }),
    });
  };
  const lines = [one, other];
  for (const line of lines) line.person.connected?.();
  const unlisten = [pass(one, other), pass(other, one)];
  return () => {
    for (const stop of unlisten) stop();
    for (const line of lines) if (!line.closed) line.person.disconnected?.();
  };
}
