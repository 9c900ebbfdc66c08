/** JSON in and problems out, for the routes that are ours and not Twilio's. */
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { limits } from "../limits.ts";
import { readText } from "../rest/form.ts";

/** `{"error":{"code","message"}}` with a stable code and a sentence. */
export function problem(code: string, message: string, status: ContentfulStatusCode): Response {
  // The rest of what is too large is not read, so nothing else can come on this connection.
  const headers = status === 413 ? { connection: "close" } : undefined;
  return Response.json({ error: { code, message } }, { status, headers });
}

/** What is wrong and where, a line each: `steps[0].press: expected keys 0-9 * # A-D, …`. */
export function sentencesOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => {
      const place = path
        .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
        .join("");
      const sentence = message
        .replace(/^(Invalid input|Too small|Too big|Invalid option): /, "")
        .replace(", received undefined", ", found nothing")
        .replace(", received ", ", found ")
        .replace(/^Unrecognized keys?: /, "unknown here: ");
      return place === "" ? sentence : `${place.replace(/^\./, "")}: ${sentence}`;
    })
    .join("\n");
}

/** The checked body, or the answer to give instead. An empty body counts as `{}`. */
export async function readJson<Body>(c: Context, schema: z.ZodType<Body>): Promise<Body | Response> {
  const text = await readText(c.req.raw);
  if (text === null) return problem("too-large", `expected at most ${limits.bodyBytes} bytes`, 413);
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    return problem("not-json", "expected a JSON body", 400);
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : problem("invalid", sentencesOf(parsed.error), 400);
}
