/**
 * Our two pages as they are served: one document each, with a policy that lets run only the script that is in it, by its hash.
 * Text that came from applications cannot become a script, even if the page forgot to escape it.
 */
import { createHash } from "node:crypto";

export interface Page {
  readonly html: string;
  readonly policy: string;
}

export function pageOf(html: string): Page {
  const hashes = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, "gs"))]
      .map(([, text]) => `'sha256-${createHash("sha256").update(text!).digest("base64")}'`)
      .join(" ");
  const rules = {
    "default-src": "'none'",
    "script-src": hashes("script"),
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "connect-src": "'self'",
    "media-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  };
  return {
    html,
    policy: Object.entries(rules)
      .map(([name, value]) => `${name} ${value}`)
      .join("; "),
  };
}
