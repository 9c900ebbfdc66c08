/** Bytes of a document to text, as an XML reader goes about it: byte order mark, then `charset`, then the XML declaration, else UTF-8. */
import { TextDecoder } from "node:util";

export interface Decoded {
  readonly text: string;
  /** What is wrong with the bytes, or null. Such a text has replacement characters in it. */
  readonly problem: string | null;
}

export function decodeDocument(bytes: Uint8Array, contentType: string): Decoded {
  const named = encodingOf(bytes, contentType);
  const decoder = decoderOf(named, true);
  if (!decoder) return { text: plain(bytes, "utf-8"), problem: `unknown encoding ${named.slice(0, 40)}` };
  try {
    return { text: decoder.decode(bytes), problem: null };
  } catch {
    return { text: plain(bytes, named), problem: `bytes that are no ${named}` };
  }
}

const plain = (bytes: Uint8Array, name: string) =>
  (decoderOf(name, false) ?? new TextDecoder()).decode(bytes);

function encodingOf(bytes: Uint8Array, contentType: string): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined) return charset.toLowerCase();
  const beginning = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(beginning)?.[1]?.toLowerCase() ?? "utf-8";
}

function decoderOf(name: string, fatal: boolean): TextDecoder | null {
  try {
    return new TextDecoder(name, { fatal });
  } catch {
    return null;
  }
}
