import { Textarea, TextInput } from "@mantine/core";
import { definitionOf, type FlowDocument, type FlowNode } from "@trunkline/schema/document";
import type { Widget } from "@trunkline/schema/nodes";
import { useId, useMemo, useState } from "react";
import { KindIcon } from "../canvas/kind-icon.tsx";
import { changeConfig } from "../document/commands/change-config.ts";
import { changeNodeId } from "../document/commands/change-node-id.ts";
import { changeNote } from "../document/commands/change-note.ts";
import { renameNode } from "../document/commands/rename-node.ts";
import type { DocumentStore } from "../document/store.ts";
import { Field } from "./fields/field.tsx";
import { FormProvider, held } from "./fields/field-context.ts";
import { type FormField, formOf } from "./form-schema.ts";
import {
  type Check,
  editField,
  type HeldFields,
  keyOf,
  nothingHeld,
  type Path,
  withHeld,
} from "./held-fields.ts";
import css from "./inspector.module.css";
import { OutcomeTargets } from "./outcome-targets.tsx";

interface NodeFormProps {
  readonly flow: FlowDocument;
  readonly id: string;
  readonly node: FlowNode;
  readonly run: DocumentStore["run"];
  onRenamedId(id: string): void;
}

/** Everything about one node: title, the kind's own fields, ways out, id, note. Mount it anew for each node. */
export function NodeForm({ flow, id, node, run, onRenamedId }: NodeFormProps) {
  const definition = definitionOf(node.kind);
  const [fields, setFields] = useState<HeldFields>(nothingHeld);
  const check = useMemo(
    (): Check => (config) => {
      const parsed = definition.config.safeParse(config);
      return parsed.success
        ? []
        : parsed.error.issues.map((issue) => ({ path: issue.path.map(part), sentence: issue.message }));
    },
    [definition],
  );
  const shown = withHeld(node.config, fields);
  const problems = useMemo(() => (fields.held.size === 0 ? [] : check(shown)), [fields, check, shown]);
  const problem = (path: string) =>
    problems.find(
      (one) => keyOf(one.path) === path || (fields.held.has(path) && keyOf(one.path).startsWith(`${path}.`)),
    )?.sentence;
  const change = (path: Path, value: unknown) => {
    const edited = editField(node.config, fields, path, value, check);
    setFields(edited.fields);
    if (edited.apply !== null) run(changeConfig, { node: id, config: edited.apply, field: keyOf(path) });
  };
  // What is usually left as it is stands behind a fold. Which fields these are is decided once: none moves while one types.
  const [folded] = useState(() => foldedKeys(formOf(definition), node.config));
  const field = (one: FormField) => (
    <Field key={one.key} field={one} path={[one.key]} value={held(shown, one.key)} onChange={change} />
  );
  const form = formOf(definition);
  return (
    <FormProvider value={{ flow, run, problem, config: shown }}>
      <div className={css.kind}>
        <KindIcon kind={node.kind} /> <strong>{definition.title}</strong>{" "}
        <span className="muted">{definition.summary}</span>
      </div>
      <Committed
        label="Title"
        value={node.title}
        onCommit={(title) => run(renameNode, { node: id, title }).refused}
        live
      />
      {form.filter((one) => !folded.has(one.key)).map(field)}
      {folded.size > 0 && (
        <details className={css.more}>
          <summary>
            More{" "}
            <span className="muted">
              {form.flatMap((one) => (folded.has(one.key) ? one.label : [])).join(", ")}
            </span>
          </summary>
          {form.filter((one) => folded.has(one.key)).map(field)}
        </details>
      )}
      <OutcomeTargets flow={flow} id={id} node={node} run={run} />
      <Textarea
        label="Note"
        description="For people who read the flow."
        autosize
        minRows={1}
        maxRows={8}
        value={node.note ?? ""}
        onChange={(event) => run(changeNote, { node: id, note: event.currentTarget.value })}
      />
      <Committed
        label="Node id"
        mono
        value={id}
        onCommit={(next) => {
          const ran = run(changeNodeId, { node: id, id: next });
          if (ran.refused === undefined) onRenamedId(next);
          return ran.refused;
        }}
      />
    </FormProvider>
  );
}

interface CommittedProps {
  readonly label: string;
  readonly id?: string;
  readonly value: string;
  readonly mono?: boolean;
  /** Apply while typing; otherwise on Enter or when the field is left. */
  readonly live?: boolean;
  /** What it may be, offered while typing. */
  readonly suggestions?: readonly string[];
  onCommit(value: string): string | undefined;
}

/** A text that keeps what was typed while the command refuses it, and says why. */
export function Committed({ label, id, value, mono, live, suggestions, onCommit }: CommittedProps) {
  const [typed, setTyped] = useState<{ text: string; for: string } | null>(null);
  const [error, setError] = useState<string>();
  const held = typed?.for === value ? typed : null;
  const text = held?.text ?? value;
  const commit = (next: string) => {
    const refused = next === value ? undefined : onCommit(next);
    setError(refused);
    if (refused === undefined) setTyped(null);
  };
  const list = useId();
  return (
    <>
      <TextInput
        label={label}
        {...(id ? { id } : {})}
        {...(suggestions ? { list, autoComplete: "off" } : {})}
        value={text}
        error={held && error}
        classNames={mono ? { input: "mono" } : {}}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setTyped({ text: next, for: value });
          if (live) commit(next);
        }}
        onBlur={() => commit(text)}
        onKeyDown={(event) => event.key === "Enter" && commit(text)}
      />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}

const oftenLeft: readonly Widget[] = ["switch", "voice", "language", "audio", "number", "list", "phrases"];

/** Optional fields that are seldom needed and hold nothing. */
function foldedKeys(form: readonly FormField[], config: unknown): ReadonlySet<string> {
  const empty = form.filter((one) => !one.required && held(config, one.key) === undefined);
  return new Set(empty.flatMap((one) => (oftenLeft.includes(one.widget) ? one.key : [])));
}

function part(key: PropertyKey): string | number {
  return typeof key === "number" ? key : String(key);
}
