import { groups, kinds } from "@trunkline/schema/nodes";
import { useId, useMemo, useState } from "react";
import css from "./canvas.module.css";
import { KindIcon } from "./kind-icon.tsx";

interface PaletteProps {
  /** Top left corner in the canvas, in pixels. */
  readonly at: { readonly left: number; readonly top: number };
  onChoose(kind: string): void;
  onClose(): void;
}

/** The list of node kinds to add: type to search, arrows and Enter to choose, Escape to leave. */
export function Palette({ at, onChoose, onClose }: PaletteProps) {
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = useMemo(() => {
    const words = search.trim().toLowerCase();
    return kinds
      .filter((kind) => kind.kind !== "start")
      .filter((kind) => `${kind.title} ${kind.summary} ${groups[kind.group]}`.toLowerCase().includes(words))
      .sort((a, b) => placeInList(a.group) - placeInList(b.group))
      .sort((a, b) => nearness(a.title, words) - nearness(b.title, words));
  }, [search]);
  const chosen = Math.min(active, found.length - 1);
  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    const one = found[chosen];
    if (event.key === "ArrowDown") setActive(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(chosen - 1, 0));
    else if (event.key === "Enter" && one) onChoose(one.kind);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="dialog"
      aria-label="Add a node"
      className={css.palette}
      style={at}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onClose()}
    >
      <input
        className={css.search}
        role="combobox"
        aria-label="Search node kinds"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${found[chosen].kind}` : undefined}
        placeholder="Add a node…"
        // biome-ignore lint/a11y/noAutofocus: the dialog was just asked for
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.options} role="listbox" id={listId} aria-label="Node kinds">
        {found.map((kind, index) => (
          <div key={kind.kind}>
            {found[index - 1]?.group !== kind.group && (
              <div className={css.group} role="presentation">
                {groups[kind.group]}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the keys */}
            <div
              role="option"
              tabIndex={-1}
              id={`${listId}-${kind.kind}`}
              aria-selected={index === chosen}
              className={css.option}
              onPointerMove={() => setActive(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(kind.kind)}
            >
              <KindIcon kind={kind.kind} size={18} />
              <span>
                {kind.title}
                <small>{kind.summary}</small>
              </span>
            </div>
          </div>
        ))}
        {found.length === 0 && <div className={css.none}>No kind of node is called that.</div>}
      </div>
    </div>
  );
}

/** Groups in the schema's order, but what a call begins and ends with comes last: one speaks before one hangs up. */
function placeInList(group: string): number {
  return group === "start-end" ? Number.MAX_SAFE_INTEGER : Object.keys(groups).indexOf(group);
}

/** A kind whose own name begins with what was typed comes before one that only mentions it. */
function nearness(title: string, words: string): number {
  const at = title.toLowerCase().indexOf(words);
  return at < 0 ? 2 : Math.min(at, 1);
}
