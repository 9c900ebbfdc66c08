/** The content hash of a flow: what it means, not how it is drawn. It names a published version for ever. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { FlowDocument } from "./flow.ts";

/** SHA-256 (lower-case hex) of the document without its layout, with every object's keys in order. */
export function hashFlow(flow: FlowDocument): string {
  const { layout: _drawnOnly, ...meaning } = flow;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(meaning))));
}

/** JSON with sorted keys and no spaces: equal values give equal bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(",")}}`;
}
