/** Errors as Twilio's REST API gives them (protocol 6): a number, a sentence, a link and a status. */
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface RestError {
  readonly code: number;
  readonly message: string;
  readonly status: ContentfulStatusCode;
}

export const restError = (code: number, message: string, status: ContentfulStatusCode = 400): RestError => ({
  code,
  message,
  status,
});

export const notFound = (path: string) =>
  restError(20404, `The requested resource ${path} was not found`, 404);

export function errorResponse({ code, message, status }: RestError): Response {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (status === 401) headers["www-authenticate"] = 'Basic realm="Twilio API"';
  // The rest of what is too large is not read, so nothing else can come on this connection.
  if (status === 413) headers.connection = "close";
  return new Response(JSON.stringify({ code, message, more_info, status }), { status, headers });
}

export const isRestError = (value: object): value is RestError =>
  "code" in value && "status" in value && "message" in value;
