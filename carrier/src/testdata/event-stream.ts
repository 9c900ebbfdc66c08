/** For tests: an open event stream of a browser's telephone. */

export interface TestStream {
  /** The next messages as "id type…"; "end of stream" when there are no more. */
  take(count: number): Promise<string[]>;
  /** The next messages of a stream that follows several, as "of id type". */
  takeOfSeveral(count: number): Promise<string[]>;
  close(): Promise<void>;
}

export async function openStream(url: string, headers: Record<string, string>): Promise<TestStream> {
  const response = await fetch(url, { headers });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  const next = async (): Promise<{ id: number; event: Record<string, unknown> } | null> => {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end !== -1) {
        const message = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(message)?.[1] ?? "";
        return { id: Number(field("id")), event: JSON.parse(field("data")) as Record<string, unknown> };
      }
      const { done, value } = await reader.read();
      if (done) return null;
      buffer += value;
    }
  };
  return {
    async take(count) {
      const taken: string[] = [];
      for (let i = 0; i < count; i++) {
        const one = await next();
        if (one === null) return [...taken, "end of stream"];
        const { type, ...rest } = one.event;
        taken.push(`${one.id} ${String(type)} ${Object.values(rest).join(",")}`.trim());
      }
      return taken;
    },
    async takeOfSeveral(count) {
      const taken: string[] = [];
      for (let i = 0; i < count; i++) {
        // The documented message.
        const { of, id, event } = (await next())!.event as {
          of: string;
          id: number;
          event: { type: string };
        };
        taken.push(`${of} ${id} ${event.type}`);
      }
      return taken;
    },
    close: () => reader.cancel(),
  };
}
