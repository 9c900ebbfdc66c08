/** What an application may send over a two-way stream (protocol 5, Stream): read and checked. Pure. */
import { limits } from "../limits.ts";

export type StreamMessage =
  /** μ-law, 8 kHz, without a header. */
  | { readonly event: "media"; readonly samples: Uint8Array }
  | { readonly event: "mark"; readonly name: string }
  | { readonly event: "clear" };

/** The message, or what is wrong with it: 31950 what cannot be read at all, 31951 what is no message of the protocol. */
export function readStreamMessage(
  text: string,
  streamSid: string,
): StreamMessage | { readonly code: 31950 | 31951; readonly message: string } {
  const found = parsed(text);
  if (typeof found !== "object" || found === null)
    return {
      code: 31950,
      message: `Stream - Protocol - Malformed Message: expected JSON, found ${text.slice(0, 100)}`,
    };
  const wrong = (expected: string) =>
    ({
      code: 31951,
      message: `Stream - Protocol - Invalid Message: expected ${expected}, found ${text.slice(0, 100)}`,
    }) as const;
  const given = found as Readonly<Record<string, unknown>>;
  if (given.streamSid !== streamSid) return wrong(`streamSid ${streamSid}`);
  const within = (name: string, field: string): unknown => {
    const part = given[name];
    return typeof part === "object" && part !== null
      ? (part as Readonly<Record<string, unknown>>)[field]
      : undefined;
  };
  if (given.event === "clear") return { event: "clear" };
  if (given.event === "mark") {
    const name = within("mark", "name");
    return typeof name === "string" && name.length <= limits.markCharacters
      ? { event: "mark", name }
      : wrong(`mark.name of at most ${limits.markCharacters} characters`);
  }
  if (given.event !== "media") return wrong("event media, mark or clear");
  const payload = within("media", "payload");
  if (typeof payload !== "string" || !/^[\w+/-]*={0,2}$/.test(payload))
    return wrong("media.payload in base64");
  return { event: "media", samples: Buffer.from(payload, "base64") };
}

/** Null also for what is no JSON: neither is a message. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
