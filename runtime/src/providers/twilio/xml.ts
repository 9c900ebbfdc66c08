/** XML as text: elements, escaping, and the characters XML 1.0 forbids. Pure; what it makes is always well formed. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element around `inner`, which is XML already; attributes without a value are left out. */
export function element(name: string, attributes: Attributes, inner = ""): string {
  let written = "";
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) written += ` ${key}="${escapeAttribute(clean(String(value)))}"`;
  }
  return inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Without what XML 1.0 forbids: control characters, lone surrogates, U+FFFE and U+FFFF. */
export function clean(text: string): string {
  const whole = text.toWellFormed();
  return forbidden.test(whole) ? whole.replace(new RegExp(forbidden, "g"), "") : whole;
}

// Most text has nothing to escape, and looking is cheaper than four replacements.
export function escapeText(text: string): string {
  if (!/[&<>\r]/.test(text)) return text;
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#xD;");
}

function escapeAttribute(text: string): string {
  if (!/[&<>\r"\t\n]/.test(text)) return text;
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\t", "&#x9;").replaceAll("\n", "&#xA;");
}
