/** The address of a web service as an analyst writes it: https, a literal host, placeholders only behind it. */
import { z } from "zod";
import { parseTemplate } from "../../language/index.ts";
import type { FieldMeta } from "../fields.ts";

const literalHost = /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?(?::\d{1,5})?(?:[/?]|$)/;

export function webAddress(label: string, help: string) {
  return z
    .string()
    .max(1000)
    .superRefine((text, context) => {
      const parsed = parseTemplate(text);
      if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.problem.sentence });
      else if (!literalHost.test(text) || /[\s#\\]/.test(text)) {
        const message = "Expected an address such as https://claims.example/status?member={{member_id}}.";
        context.addIssue({ code: "custom", message });
      }
    })
    .meta({ label, help, widget: "template" } satisfies FieldMeta);
}
