/** Why a request brought no answer: Twilio's codes (error-codes, 112xx) and the retry rule each failure falls under (protocol 2). */
import type { Retryable } from "./connection.ts";

export interface Failed {
  readonly ok: false;
  readonly code: number;
  readonly message: string;
  /** Which word of `rp` asks for another attempt; null when none does. */
  readonly because: Retryable | null;
}

export const failed = (code: number, message: string, because: Retryable | null = null): Failed => ({
  ok: false,
  code,
  message,
  because,
});

/** No TCP connection, or no TLS on it. */
export const unconnected = (code: number, message: string): Failed => failed(code, message, "ct");

export const refusedBy = (status: number): Failed =>
  failed(
    11200,
    `HTTP retrieval failure: expected status 2xx, found ${status}`,
    status >= 500 ? "5xx" : status >= 400 ? "4xx" : null,
  );

export const violated = (what: string): Failed => failed(11206, `HTTP protocol violation: ${what}`);

/** Before or after connecting: what never connected falls under `ct`; nothing is asked again once an answer has begun. */
export function connectionFailure(error: unknown, connected: boolean): Failed {
  const name = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (name.startsWith("HPE_")) return violated(name);
  const code = codeOf(name);
  return failed(code, `${titles[code] ?? "HTTP connection failure"}: ${name}`, connected ? null : "ct");
}

/** Twilio's codes for Node's; certificates must be valid for public authorities (protocol 2, TLS). */
function codeOf(name: string): number {
  const known: Readonly<Record<string, number>> = {
    ECONNREFUSED: 11202,
    ETIMEDOUT: 11201,
    ENOTFOUND: 11210,
    EAI_AGAIN: 11210,
    EPROTO: 11220,
    ERR_TLS_CERT_ALTNAME_INVALID: 11235,
    CERT_HAS_EXPIRED: 11236,
    CERT_NOT_YET_VALID: 11236,
    DEPTH_ZERO_SELF_SIGNED_CERT: 11237,
    SELF_SIGNED_CERT_IN_CHAIN: 11237,
    UNABLE_TO_GET_ISSUER_CERT: 11237,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 11237,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 11237,
  };
  return known[name] ?? (name.startsWith("ERR_SSL") ? 11220 : 11205);
}

const titles: Readonly<Record<number, string>> = {
  11201: "TCP connection timed out",
  11202: "TCP connection refused",
  11210: "HTTP bad host name",
  11220: "SSL/TLS Handshake Error",
  11235: "Certificate Invalid - Domain Mismatch",
  11236: "Certificate Invalid - Certificate Expired",
  11237: "Certificate Invalid - Could not find path to certificate",
};
