/** The address of a web service as an analyst writes it: https, a literal host, placeholders only behind it. */
import { z } from "zod";
import { parseTemplate } from "../../language/index.ts";
import type { FieldMeta } from "../fields.ts";

const literalHost = /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(?::(\d{1,5}))?(?:[/?]|$)/;
/** Segments that lead back up the path, also as they may be encoded. */
const dots = /\/(?:\.|%2e){1,2}(?=[/?]|$)/i;

export function webAddress(label: string, help: string) {
  return z
    .string()
    .max(1000)
    .superRefine((text, context) => {
      const message = faultOf(text);
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .meta({ label, help, widget: "template" } satisfies FieldMeta);
}

function faultOf(text: string): string | null {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return parsed.problem.sentence;
  // What stands between the braces is no part of the address yet.
  const drawn = parsed.template.parts.map((part) => (typeof part === "string" ? part : "{}")).join("");
  const host = literalHost.exec(drawn);
  if (!host || /[\s#\\]/.test(drawn)) {
    return "Expected an address such as https://claims.example/status?member={{member_id}}.";
  }
  if (Number(host[1] ?? 443) > 65_535) return `Expected a port up to 65535, found ${host[1]}.`;
  return dots.test(drawn) ? "Expected a path without . and .. in it; write the whole path." : null;
}
