import { Button, Skeleton, useComputedColorScheme } from "@mantine/core";
import type { FlowDocument } from "@trunkline/schema/document";
import { useCallback, useEffect, useRef, useState } from "react";
import { replaceDocument } from "../document/commands/replace-document.ts";
import type { DocumentStore } from "../document/store.ts";
import type { SourceProblem } from "../problems/find-problems.ts";
import { changedRange } from "./changed-range.ts";
import { type HeldText, isBehind, judge, sameDocument, textOf } from "./held-text.ts";
import css from "./source.module.css";

interface SourcePaneProps {
  readonly flow: FlowDocument;
  /** Absent for a read-only document. */
  readonly run?: DocumentStore["run"];
  onProblems?(problems: readonly SourceProblem[]): void;
  /** Text that is not applied, kept by whoever outlives this pane. */
  readonly held?: HeldText | null;
  onHold?(held: HeldText | null): void;
  /** A line to show; a new object asks again. */
  readonly goTo?: { readonly line: number } | null;
}

type Monaco = typeof import("./monaco.ts")["monaco"];
type Editor = ReturnType<Monaco["editor"]["create"]>;
type Model = ReturnType<Monaco["editor"]["createModel"]>;

/**
 * The document as text, in step with the canvas. What is typed is applied when it parses; text that does not parse
 * stays here with its problems, also while another tab is looked at, and the last good document stays everywhere else.
 */
export function SourcePane({ flow, run, onProblems, held = null, onHold, goTo }: SourcePaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<{ editor: Editor; monaco: Monaco } | null>(null);
  const latest = useRef({ flow, run, onProblems, held, onHold });
  latest.current = { flow, run, onProblems, held, onHold };
  /** The document the text was last in step with. */
  const base = useRef(held?.base ?? flow);
  const applyNow = useRef(() => {});
  const pending = useRef<() => boolean>(() => false);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    let gone = false;
    let close = () => {};
    void import("./monaco.ts").then(({ monaco, flowModelUri }) => {
      if (gone || !box.current) return;
      const model = monaco.editor.createModel(
        latest.current.held?.text ?? textOf(latest.current.flow),
        "json",
        latest.current.run ? flowModelUri : undefined,
      );
      base.current = latest.current.held?.base ?? latest.current.flow;
      const created = monaco.editor.create(box.current, {
        model,
        automaticLayout: true,
        minimap: { enabled: false },
        fontSize: 12,
        tabSize: 2,
        readOnly: !latest.current.run,
        fontFamily: '"JetBrains Mono Variable", monospace',
        scrollBeyondLastLine: false,
        fixedOverflowWidgets: true,
        ariaLabel: "Flow source",
        padding: { top: 6 },
      });
      let timer: ReturnType<typeof setTimeout> | undefined;
      const apply = () => {
        clearTimeout(timer);
        timer = undefined;
        const held = { text: model.getValue(), base: base.current };
        const { flow: current, run: execute, onProblems: report, onHold: hold } = latest.current;
        const verdict = judge(held, current);
        mark(monaco, model, verdict.is === "broken" ? verdict.problems : []);
        report?.(verdict.is === "broken" ? verdict.problems : []);
        if (verdict.is !== "good") return hold?.(held);
        base.current = verdict.flow;
        hold?.(null);
        execute?.(replaceDocument, { document: verdict.flow, mark: "source" });
      };
      applyNow.current = apply;
      pending.current = () => timer !== undefined;
      model.onDidChangeContent((event) => {
        if (event.isFlush || fromOutside) return;
        clearTimeout(timer);
        timer = setTimeout(apply, 300);
      });
      if (latest.current.held) apply();
      setEditor({ editor: created, monaco });
      close = () => {
        if (timer !== undefined) apply();
        created.dispose();
        model.dispose();
      };
    });
    return () => {
      gone = true;
      close();
    };
  }, []);

  const takeCanvas = useCallback(() => {
    const model = editor?.editor.getModel();
    if (!editor || !model) return;
    const current = latest.current.flow;
    base.current = current;
    const change = changedRange(model.getValue(), textOf(current));
    if (change) {
      const [from, to] = [model.getPositionAt(change.from), model.getPositionAt(change.to)];
      fromOutside = true;
      model.pushEditOperations(
        null,
        [{ range: editor.monaco.Range.fromPositions(from, to), text: change.text }],
        () => null,
      );
      fromOutside = false;
    }
    latest.current.onProblems?.([]);
    latest.current.onHold?.(null);
    mark(editor.monaco, model, []);
  }, [editor]);
  const keepText = () => {
    base.current = latest.current.flow;
    applyNow.current();
    editor?.editor.focus();
  };

  // The canvas changed: bring the text into step by the smallest edit, unless it holds what is not applied yet.
  useEffect(() => {
    if (!editor || sameDocument(base.current, flow)) return;
    if (pending.current()) applyNow.current();
    else if (!latest.current.held) takeCanvas();
  }, [flow, editor, takeCanvas]);

  useEffect(() => {
    editor?.monaco.editor.setTheme(`trunkline-${scheme}`);
  }, [editor, scheme]);
  useEffect(() => {
    if (!editor || !goTo) return;
    editor.editor.revealLineInCenter(goTo.line);
    editor.editor.setPosition({ lineNumber: goTo.line, column: 1 });
    editor.editor.focus();
  }, [editor, goTo]);

  return (
    <div style={{ display: "flex", flexDirection: "column", height: "100%" }}>
      {isBehind(held, flow) && (
        <div className={css.behind} role="alert">
          <span>
            The flow was changed on the canvas after this text was last in step with it. Keeping the text
            replaces that change as soon as the text can be read; undo brings it back.
          </span>
          <Button size="compact-xs" variant="default" onClick={takeCanvas}>
            Use the canvas
          </Button>
          <Button size="compact-xs" variant="default" onClick={keepText}>
            Keep editing
          </Button>
        </div>
      )}
      <div style={{ position: "relative", flex: 1, minHeight: 0 }}>
        {!editor && <Skeleton height="100%" />}
        <div ref={box} style={{ position: "absolute", inset: 0 }} data-testid="source" />
      </div>
    </div>
  );
}

/** True while this module itself edits the model; Monaco tells of changes synchronously. */
let fromOutside = false;

function mark(monaco: Monaco, model: Model, problems: readonly SourceProblem[]) {
  monaco.editor.setModelMarkers(
    model,
    "trunkline",
    problems.map((one) => ({
      severity: monaco.MarkerSeverity.Error,
      message: one.sentence,
      startLineNumber: one.line,
      endLineNumber: one.line,
      startColumn: 1,
      endColumn: 200,
    })),
  );
}
