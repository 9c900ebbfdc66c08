/** How long an MPEG audio file lasts (ISO 11172-3, 13818-3): said by its Xing, Info or VBRI header, else counted frame by frame. Pure. */

/** kbit/s by layer (1 to 3), of version 1 and of versions 2 and 2.5. */
const first: readonly (readonly number[])[] = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const later: readonly (readonly number[])[] = [
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const rates = [44_100, 48_000, 32_000] as const;

interface Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly hertz: number;
  /** Where a Xing header stands, from the frame's beginning. */
  readonly xingAt: number;
}

function frameAt(bytes: Buffer, at: number): Frame | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return null;
  const version = (bytes[at + 1]! >> 3) & 3;
  const layer = 4 - ((bytes[at + 1]! >> 1) & 3);
  const rate = rates[(bytes[at + 2]! >> 2) & 3];
  if (version === 1 || layer === 4 || rate === undefined) return null;
  const kilobits = (version === 3 ? first : later)[layer - 1]![bytes[at + 2]! >> 4];
  if (!kilobits) return null;
  const hertz = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const padding = (bytes[at + 2]! >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 2 || version === 3 ? 1152 : 576;
  const size =
    layer === 1
      ? (Math.floor((12_000 * kilobits) / hertz) + padding) * 4
      : Math.floor((samples * 125 * kilobits) / hertz) + padding;
  const mono = bytes[at + 3]! >> 6 === 3;
  const sideBytes = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
  return { bytes: size, samples, hertz, xingAt: 4 + sideBytes };
}

/** Null when there is no frame in it. */
export function readMpegMs(bytes: Buffer): number | null {
  let at = bytes.toString("latin1", 0, 3) === "ID3" && bytes.length > 10 ? 10 + synchsafe(bytes, 6) : 0;
  // Two frames in a row, or one that fills the rest: else it was no frame.
  for (; at < bytes.length; at++) {
    const frame = frameAt(bytes, at);
    if (frame && (at + frame.bytes >= bytes.length || frameAt(bytes, at + frame.bytes))) break;
  }
  const opening = frameAt(bytes, at);
  if (!opening) return null;
  const msOf = (frames: number) => (frames * opening.samples * 1000) / opening.hertz;
  const said = framesSaid(bytes, at, opening);
  if (said !== null) return msOf(said);
  let frames = 0;
  for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
    at += frame.bytes;
    frames++;
  }
  return msOf(frames);
}

/** What a first frame that carries no sound says about the others. */
function framesSaid(bytes: Buffer, at: number, { xingAt }: Frame): number | null {
  const wordAt = (offset: number) => bytes.toString("latin1", at + offset, at + offset + 4);
  const numberAt = (offset: number) =>
    at + offset + 4 <= bytes.length ? bytes.readUInt32BE(at + offset) : 0;
  const xing = wordAt(xingAt);
  if ((xing === "Xing" || xing === "Info") && numberAt(xingAt + 4) & 1) return numberAt(xingAt + 8) || null;
  // VBRI stands 32 bytes after the frame's header; its count of frames 14 bytes further on.
  return wordAt(36) === "VBRI" ? numberAt(50) || null : null;
}

/** Seven bits of every byte. */
function synchsafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, n) => (sum << 7) | (bytes[at + n]! & 0x7f), 0);
}
