/** XML text to a plain tree, by saxes. Knows nothing about TwiML; never throws. */
import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

interface Growing {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

export type XmlReading =
  | { readonly ok: true; readonly root: Element; readonly version: string | null }
  | { readonly ok: false; readonly message: string };

/** Nobody speaks in deeper nests; those who read the tree recursively rely on it. */
const deepest = 100;

/** The root element, or where and why the text is not well-formed XML. */
export function readXml(text: string): XmlReading {
  const parser = new SaxesParser({ position: true, xmlns: false });
  const open: Growing[] = [];
  let root: Growing | null = null;
  let problem: string | null = null;
  let version: string | null = null;
  parser.on("error", (error) => {
    problem ??= error.message;
  });
  parser.on("xmldecl", (declaration) => {
    version = declaration.version ?? null;
  });
  parser.on("opentag", (tag) => {
    // Without xmlns the parser gives attributes as plain strings.
    const attributes = tag.attributes as Record<string, string>;
    const element: Growing = { name: tag.name, attributes, children: [] };
    if (open.length >= deepest) problem ??= `elements are nested deeper than ${deepest}`;
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const words = (piece: string) => void open.at(-1)?.children.push(piece);
  parser.on("text", words);
  parser.on("cdata", words);
  try {
    parser.write(text).close();
  } catch (error) {
    problem ??= error instanceof Error ? error.message : String(error);
  }
  if (problem !== null) return { ok: false, message: problem };
  if (root === null) return { ok: false, message: "expected an XML document, found nothing" };
  return { ok: true, root, version };
}

/** All text below an element, in order. */
export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

/** The elements right below, without the words between them. */
export const elementsOf = (element: Element): Element[] =>
  element.children.filter((child): child is Element => typeof child !== "string");
