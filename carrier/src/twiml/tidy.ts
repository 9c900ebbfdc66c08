/**
 * Holds a document against the grammar before it is read: what Twilio's schema does not know is reported and left out, and the rest is as
 * good as documented. Elements that are unknown, misspelt or in the wrong place go with all they contain (12200), attributes that are
 * unknown go (12200), wrong values go with the attribute's own code, so that the default is used, and so do words where none may stand.
 * Within a Say an unknown mark goes, the words it marks stay. Pure; the tree it is given is as deep as `xml.ts` allows.
 */
import type { Warn } from "./attributes.ts";
import { elementNamed, isSpoken } from "./grammar/grammar.ts";
import type { Element } from "./xml.ts";

/** The same attributes have other codes within a Gather. */
const codesInGather: Readonly<Record<number, number>> = { 13510: 13322, 13511: 13321 };

/** `root` is known to be a Response. */
export function tidy(root: Element, warn: Warn): Element {
  return tidied(root, "", warn);
}

function tidied(element: Element, parent: string, warn: Warn): Element {
  const known = elementNamed(element.name)!;
  const children: (Element | string)[] = [];
  for (const child of element.children)
    if (typeof child !== "string") children.push(...tidiedChild(child, element.name, warn));
    else if (known.text) children.push(child);
    else if (child.trim() !== "")
      warn(12200, `text is not allowed in <${element.name}>: "${child.trim().slice(0, 40)}"`);
  return { name: element.name, attributes: tidiedAttributes(element, parent, warn), children };
}

/** The child as it may stand in `parent`; nothing if it may not; its words alone, if they are spoken. */
function tidiedChild(child: Element, parent: string, warn: Warn): (Element | string)[] {
  const known = elementNamed(child.name);
  if (known?.parents.includes(parent)) return [tidied(child, parent, warn)];
  warn(
    12200,
    known ? `<${child.name}> is not allowed in <${parent}>` : `<${child.name}> is not a TwiML element`,
  );
  if (!isSpoken(parent) || (known && !isSpoken(child.name))) return [];
  return child.children.flatMap((one) => (typeof one === "string" ? [one] : tidiedChild(one, parent, warn)));
}

function tidiedAttributes(element: Element, parent: string, warn: Warn): Record<string, string> {
  const { attributes: known } = elementNamed(element.name)!;
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(element.attributes)) {
    const attribute = Object.hasOwn(known, name) ? known[name] : undefined;
    const read = attribute?.read(value);
    if (attribute && read !== null && read !== undefined) kept.push([name, read]);
    else if (attribute) {
      const code = (parent === "Gather" ? codesInGather[attribute.code] : undefined) ?? attribute.code;
      warn(code, `<${element.name}> ${name}: expected ${attribute.expected}, found ${value.slice(0, 100)}`);
    } else if (/^asyncAmd/i.test(name))
      warn(21263, `attribute ${name} is not for <${element.name}>: its callback is amdStatusCallback`);
    else if (!/^(xmlns|xsi:|xml:)/.test(name))
      warn(12200, `attribute ${name} is not known on <${element.name}>`);
  }
  return Object.fromEntries(kept);
}
