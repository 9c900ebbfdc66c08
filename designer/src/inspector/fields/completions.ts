/** What may stand after `{{` or `|` at a place in a text. Pure. */
import { filters } from "@trunkline/schema/language";

export interface Completion {
  readonly label: string;
  readonly help: string;
  readonly insert: string;
  /** Nothing more to choose after it. */
  readonly ends: boolean;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

/** Null where no placeholder is being written. */
export function completionsAt(text: string, caret: number, variables: readonly string[]): Completions | null {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf("{{");
  if (open < 0 || before.indexOf("}}", open) >= 0) return null;
  const inside = before.slice(open + 2);
  if (inside.length > 80) return null;
  const closed = text.slice(caret).startsWith("}}");
  const to = caret + (closed ? 2 : 0);
  const bar = inside.indexOf("|");
  if (bar < 0) {
    const typed = inside.trimStart();
    const options = variables
      .filter((name) => name.startsWith(typed))
      .map((name) => ({
        label: name,
        help: "",
        insert: `${name}}}`,
        ends: true,
      }));
    const exact = variables.includes(typed.trim());
    const withFilter = exact
      ? filters.map((one) => ({
          label: `${typed.trim()}|${one.name}`,
          help: one.help,
          insert: `${typed.trim()}|${one.name}}}`,
          ends: true,
        }))
      : [];
    return { from: open + 2, to, options: [...options, ...withFilter] };
  }
  const typed = inside.slice(bar + 1).trimStart();
  const options = filters
    .filter((one) => one.name.startsWith(typed))
    .map((one) => ({ label: one.name, help: one.help, insert: `${one.name}}}`, ends: true }));
  return { from: open + 2 + bar + 1, to, options };
}
