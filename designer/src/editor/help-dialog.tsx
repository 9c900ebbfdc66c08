import { Kbd } from "@mantine/core";
import { Dialog } from "../frame/dialog.tsx";
import css from "./editor.module.css";

const keys: readonly (readonly [keys: string, does: string])[] = [
  ["/", "Add a node"],
  ["Ctrl K", "Search nodes and commands"],
  ["Tab", "Go to the next node"],
  ["Enter", "Open the node's form"],
  ["Space", "Select the focused node, or not"],
  ["Arrows", "Move the selection (with Shift: farther)"],
  ["Ctrl A", "Select everything"],
  ["Shift drag", "Select with a frame"],
  ["Ctrl C, Ctrl V", "Copy, paste"],
  ["Ctrl D", "Duplicate"],
  ["Delete", "Delete nodes or wires"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Shift Z, Ctrl Y", "Redo"],
  ["Ctrl S", "Save now"],
  ["Escape", "Select nothing"],
  ["0–9 * #", "Press keys in a rehearsal or a call"],
  ["?", "This list"],
];

export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog onClose={onClose} title="Keyboard">
      <dl className={css.keys}>
        {keys.map(([pressed, does]) => (
          <div key={pressed}>
            <dt>
              {pressed.split(", ").map((one) => (
                <Kbd key={one}>{one}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
