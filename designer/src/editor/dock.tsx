import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import css from "./editor.module.css";
import type { DockState, DockTab } from "./editor-state.ts";
import { Resizer } from "./resizer.tsx";

interface DockProps {
  readonly dock: DockState;
  readonly problems: number;
  /** The source pane holds text that is not applied. */
  readonly sourceHeld: boolean;
  change(part: Partial<DockState>): void;
  readonly children: React.ReactNode;
}

const tabs: readonly (readonly [DockTab, string])[] = [
  ["problems", "Problems"],
  ["rehearsal", "Rehearsal"],
  ["source", "Source"],
  ["calls", "Calls"],
];

/** The drawer under the canvas. Remembers its height and its tab. */
export function Dock({ dock, problems, sourceHeld, change, children }: DockProps) {
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.stopPropagation();
    const at = tabs.findIndex(([tab]) => tab === dock.tab);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    change({ tab: next[0], open: true });
    document.getElementById(`dock-tab-${next[0]}`)?.focus();
  };
  return (
    <section
      className={css.dock}
      aria-label="Dock"
      style={dock.open ? { height: `min(${dock.height}px, 50vh)` } : {}}
    >
      {dock.open && (
        <Resizer
          label="Height of the dock"
          along="height"
          size={dock.height}
          least={140}
          most={window.innerHeight / 2}
          onResize={(height) => change({ height })}
        />
      )}
      <div className={css.tabs}>
        <div role="tablist" aria-label="Dock" onKeyDown={onKeyDown}>
          {tabs.map(([tab, label]) => (
            <button
              key={tab}
              id={`dock-tab-${tab}`}
              type="button"
              role="tab"
              aria-selected={dock.open && dock.tab === tab}
              aria-controls="dock-panel"
              tabIndex={dock.tab === tab ? 0 : -1}
              onClick={() => change(dock.open && dock.tab === tab ? { open: false } : { tab, open: true })}
            >
              {label}
              {tab === "problems" && problems > 0 && <span className={css.count}>{problems}</span>}
              {tab === "source" && sourceHeld && (
                <span className={css.held} role="img" aria-label="has text that is not applied" />
              )}
            </button>
          ))}
        </div>
        <ActionIcon
          size="sm"
          aria-label={dock.open ? "Close the dock" : "Open the dock"}
          onClick={() => change({ open: !dock.open })}
        >
          {dock.open ? <IconChevronDown size={15} /> : <IconChevronUp size={15} />}
        </ActionIcon>
      </div>
      {dock.open && (
        <div id="dock-panel" role="tabpanel" aria-labelledby={`dock-tab-${dock.tab}`} className={css.panel}>
          {children}
        </div>
      )}
    </section>
  );
}
