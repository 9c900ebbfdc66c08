import { TextInput } from "@mantine/core";
import type { FlowDocument } from "@trunkline/schema/document";
import { glanceOf } from "@trunkline/schema/document";
import { useState } from "react";
import { KindIcon } from "../canvas/kind-icon.tsx";
import { Dialog } from "../frame/dialog.tsx";
import css from "./editor.module.css";

export interface EditorCommand {
  readonly name: string;
  run(): void;
}

interface SearchDialogProps {
  readonly flow: FlowDocument;
  readonly commands: readonly EditorCommand[];
  onNode(node: string): void;
  onVariable(name: string): void;
  onClose(): void;
}

/** Find a node by its title, id or words, a variable or a command by its name. */
export function SearchDialog({ flow, commands, onNode, onVariable, onClose }: SearchDialogProps) {
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const wanted = words.trim().toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted);
  const all = [
    ...commands
      .filter((one) => wanted !== "" && fits(one.name))
      .map((one) => ({ key: one.name, title: one.name, detail: "Command", kind: null, go: one.run })),
    ...Object.entries(flow.nodes)
      .filter(([id, node]) => fits(`${node.title} ${id} ${node.kind} ${glanceOf(node)}`))
      .map(([id, node]) => ({
        key: id,
        title: node.title,
        detail: glanceOf(node),
        kind: node.kind as string | null,
        go: () => onNode(id),
      })),
    ...Object.entries(flow.variables)
      .filter(([name]) => wanted !== "" && fits(name))
      .map(([name, variable]) => ({
        key: `variable ${name}`,
        title: name,
        detail: `Variable, ${variable.type}`,
        kind: null,
        go: () => onVariable(name),
      })),
  ];
  // A name that begins with the words comes first; otherwise commands, nodes, variables.
  const found = all
    .map((one) => ({ one, first: wanted !== "" && one.title.toLowerCase().startsWith(wanted) }))
    .sort((a, b) => Number(b.first) - Number(a.first))
    .slice(0, 12)
    .map(({ one }) => one);
  const chosen = Math.min(active, found.length - 1);
  const go = (index: number) => {
    onClose();
    found[index]?.go();
  };
  return (
    <Dialog
      onClose={onClose}
      withCloseButton={false}
      padding="xs"
      yOffset="12vh"
      centered={false}
      aria-label="Search"
    >
      <TextInput
        aria-label="Search nodes and commands"
        placeholder="Search nodes, variables and commands…"
        data-autofocus
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setActive(Math.min(chosen + 1, found.length - 1));
          else if (event.key === "ArrowUp") setActive(Math.max(chosen - 1, 0));
          else if (event.key === "Enter") go(chosen);
          else return;
          event.preventDefault();
        }}
      />
      <ul className={css.found} aria-label="Found">
        {found.map((one, index) => (
          <li key={one.key}>
            <button type="button" data-active={index === chosen || undefined} onClick={() => go(index)}>
              {one.kind && <KindIcon kind={one.kind} />}
              <span>{one.title}</span>
              <small className="muted">{one.detail}</small>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="muted">Nothing is called that.</li>}
      </ul>
    </Dialog>
  );
}
