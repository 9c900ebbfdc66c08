/**
 * A TwiML document as it is read: indented, and every complaint at the element it is about. Pure.
 *
 * A complaint carries no place, so each element is read once more alone, without the elements in it: what is then complained of is its own.
 * What belongs to no single element stands at the root.
 */
import type { Warning } from "../twiml/document.ts";
import { readTwiml } from "../twiml/read-twiml.ts";
import { type Element, readXml } from "../twiml/xml.ts";

export interface Line {
  readonly depth: number;
  readonly text: string;
  readonly warnings: readonly Warning[];
}

/** Of a document longer than this only the beginning is looked at. */
const mostElements = 300;

/** null when the text is no XML: it is then shown as it came. */
export function twimlLines(text: string): Line[] | null {
  const xml = readXml(text);
  if (!xml.ok) return null;
  const left = warningsOf(xml.root);
  const lines: { depth: number; text: string; warnings: Warning[] }[] = [];
  const show = (element: Element, above: readonly Element[]) => {
    if (lines.length >= mostElements) return;
    const depth = above.length;
    const line = { depth, text: "", warnings: take(left, element, above) };
    lines.push(line);
    const children = element.children.filter((child) => typeof child !== "string" || child.trim() !== "");
    const [only] = children;
    const open = openTag(element);
    if (children.length === 0) line.text = `${open}/>`;
    else if (children.length === 1 && typeof only === "string")
      line.text = `${open}>${escaped(only.trim())}</${element.name}>`;
    else {
      line.text = `${open}>`;
      for (const child of children)
        if (typeof child === "string")
          lines.push({ depth: depth + 1, text: escaped(child.trim()), warnings: [] });
        else show(child, [...above, element]);
      lines.push({ depth, text: `</${element.name}>`, warnings: [] });
    }
  };
  show(xml.root, []);
  lines[0]!.warnings.push(...left);
  return lines;
}

function warningsOf(root: Element): Warning[] {
  const reading = readTwiml(written(root));
  return reading.ok ? [...reading.warnings] : [];
}

/** What the element adds to the complaints about those around it; taken out of `left`. */
function take(left: Warning[], element: Element, above: readonly Element[]): Warning[] {
  if (left.length === 0) return [];
  const before = above.length === 0 ? [] : warningsOf(chain(above));
  const own: Warning[] = [];
  for (const warning of warningsOf(chain([...above, element]))) {
    const known = before.findIndex((one) => same(one, warning));
    if (known !== -1) before.splice(known, 1);
    else {
      const at = left.findIndex((one) => same(one, warning));
      if (at !== -1) own.push(...left.splice(at, 1));
    }
  }
  return own;
}

/** Only these, one in the other, and the words of the last. */
function chain(elements: readonly Element[]): Element {
  const [outer, ...inner] = elements;
  // Nobody asks for a chain of none.
  const { name, attributes, children } = outer!;
  const words = children.filter((child) => typeof child === "string");
  return { name, attributes, children: inner.length === 0 ? words : [chain(inner)] };
}

const same = (a: Warning, b: Warning) => a.code === b.code && a.message === b.message;

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const openTag = ({ name, attributes }: Element) =>
  `<${[name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value).replace(/"/g, "&quot;")}"`)].join(" ")}`;

function written(element: Element): string {
  const inside = element.children
    .map((child) => (typeof child === "string" ? escaped(child) : written(child)))
    .join("");
  return `${openTag(element)}>${inside}</${element.name}>`;
}
