/** Where in a JSON text a JSON pointer leads: line and column, both from 1. Total; the start when it leads nowhere. */

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Every value's pointer with the offset it begins at. One pass, no recursion. */
export function placesOf(text: string): (pointer: string) => Place {
  const offsets = new Map<string, number>([["", 0]]);
  const open: { readonly pointer: string; readonly list: boolean; index: number; key: string }[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  let expectKey = false;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    const inside = open.at(-1);
    if (found === "}" || found === "]") {
      open.pop();
      expectKey = false;
    } else if (found === ",") {
      if (inside?.list) inside.index += 1;
      else expectKey = true;
    } else if (found === ":") {
      expectKey = false;
    } else if (expectKey && inside) {
      inside.key = keyOf(found);
    } else {
      const pointer = inside ? `${inside.pointer}/${inside.list ? inside.index : escaped(inside.key)}` : "";
      offsets.set(pointer, match.index);
      if (found === "{" || found === "[") {
        open.push({ pointer, list: found === "[", index: 0, key: "" });
        expectKey = found === "{";
      }
    }
  }
  return (pointer) => placeAt(text, nearest(offsets, pointer));
}

function keyOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A value that is missing is looked for where it should stand. */
function nearest(offsets: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const offset = offsets.get(at);
    if (offset !== undefined) return offset;
    if (at === "") return 0;
  }
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
