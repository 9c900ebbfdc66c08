/** Frames of a WebSocket (RFC 6455, 5): the client's half. Pure. */
import { limits } from "../limits.ts";

export const opcodes = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly payload: Buffer;
  /** How much of what has come it took. */
  readonly bytes: number;
}

/** The first frame of what has come; null when it is not whole yet; the code to close with when it can be none (RFC 6455, 7.4.1). */
export function readFrame(from: Buffer): Frame | null | { readonly wrong: 1002 | 1009 } {
  if (from.length < 2) return null;
  const first = from[0]!;
  const opcode = first & 0x0f;
  const final = (first & 0x80) !== 0;
  const short = from[1]! & 0x7f;
  const isControl = opcode >= 8;
  const known = Object.values<number>(opcodes).includes(opcode);
  // No extension was agreed on, a server never masks, and control frames are short and whole.
  if ((first & 0x70) !== 0 || from[1]! & 0x80 || !known || (isControl && (!final || short > 125)))
    return { wrong: 1002 };
  const size = short < 126 ? 0 : short === 126 ? 2 : 8;
  if (from.length < 2 + size) return null;
  const length = size === 0 ? short : size === 2 ? from.readUInt16BE(2) : Number(from.readBigUInt64BE(2));
  if (length > limits.socketMessageBytes) return { wrong: 1009 };
  const bytes = 2 + size + length;
  if (from.length < bytes) return null;
  return { opcode, final, payload: Buffer.from(from.subarray(2 + size, bytes)), bytes };
}

/** A frame of a client is masked (5.3). */
export function maskedFrame(opcode: number, payload: Buffer, mask: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const header = Buffer.alloc(2 + size);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) header.writeUInt16BE(length, 2);
  if (size === 8) header.writeBigUInt64BE(BigInt(length), 2);
  const masked = Buffer.from(payload);
  for (let at = 0; at < length; at++) masked[at] = masked[at]! ^ mask[at % 4]!;
  return Buffer.concat([header, mask, masked]);
}
