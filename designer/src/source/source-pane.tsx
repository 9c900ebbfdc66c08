import { Skeleton, useComputedColorScheme } from "@mantine/core";
import { type FlowDocument, parseFlowText } from "@trunkline/schema/document";
import { useEffect, useRef, useState } from "react";
import { replaceDocument } from "../document/commands/replace-document.ts";
import type { DocumentStore } from "../document/store.ts";
import type { SourceProblem } from "../problems/find-problems.ts";
import { changedRange, lineOf, lineOfSyntaxError } from "./changed-range.ts";

interface SourcePaneProps {
  readonly flow: FlowDocument;
  /** Absent for a read-only document. */
  readonly run?: DocumentStore["run"];
  onProblems?(problems: readonly SourceProblem[]): void;
  /** A line to show; a new object asks again. */
  readonly goTo?: { readonly line: number } | null;
}

type Monaco = typeof import("./monaco.ts")["monaco"];
type Editor = ReturnType<Monaco["editor"]["create"]>;

/**
 * The document as text, in step with the canvas. What is typed is applied when it parses; text that does not parse
 * stays here with its problems, and the last good document stays everywhere else.
 */
export function SourcePane({ flow, run, onProblems, goTo }: SourcePaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<{ editor: Editor; monaco: Monaco } | null>(null);
  const latest = useRef({ flow, run, onProblems });
  latest.current = { flow, run, onProblems };
  const applied = useRef<FlowDocument | null>(null);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    let gone = false;
    let close = () => {};
    void import("./monaco.ts").then(({ monaco, flowModelUri }) => {
      if (gone || !box.current) return;
      const model = monaco.editor.createModel(
        textOf(latest.current.flow),
        "json",
        latest.current.run ? flowModelUri : undefined,
      );
      applied.current = latest.current.flow;
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
        const text = model.getValue();
        const parsed = parseFlowText(text);
        const { run: execute, onProblems: report } = latest.current;
        if (parsed.ok) {
          applied.current = parsed.flow;
          if (!same(parsed.flow, latest.current.flow))
            execute?.(replaceDocument, { document: parsed.flow, mark: "source" });
          report?.([]);
          monaco.editor.setModelMarkers(model, "trunkline", []);
          return;
        }
        const problems = parsed.problems.map((one) => ({
          ...one,
          line: one.sentence.startsWith("Expected JSON")
            ? lineOfSyntaxError(text, one.sentence)
            : lineOf(text, one.pointer),
        }));
        report?.(problems);
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
      };
      model.onDidChangeContent((event) => {
        if (event.isFlush || fromOutside) return;
        clearTimeout(timer);
        timer = setTimeout(apply, 300);
      });
      setEditor({ editor: created, monaco });
      close = () => {
        clearTimeout(timer);
        created.dispose();
        model.dispose();
      };
    });
    return () => {
      gone = true;
      close();
    };
  }, []);

  // The canvas changed: bring the text into step by the smallest edit.
  useEffect(() => {
    const model = editor?.editor.getModel();
    if (!editor || !model || (applied.current && same(applied.current, flow))) return;
    applied.current = flow;
    const change = changedRange(model.getValue(), textOf(flow));
    if (!change) return;
    const [from, to] = [model.getPositionAt(change.from), model.getPositionAt(change.to)];
    fromOutside = true;
    model.pushEditOperations(
      null,
      [{ range: editor.monaco.Range.fromPositions(from, to), text: change.text }],
      () => null,
    );
    fromOutside = false;
    latest.current.onProblems?.([]);
    editor.monaco.editor.setModelMarkers(model, "trunkline", []);
  }, [flow, editor]);

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
    <div style={{ position: "relative", height: "100%" }}>
      {!editor && <Skeleton height="100%" />}
      <div ref={box} style={{ position: "absolute", inset: 0 }} data-testid="source" />
    </div>
  );
}

/** True while this module itself edits the model; Monaco tells of changes synchronously. */
let fromOutside = false;

function textOf(flow: FlowDocument): string {
  return `${JSON.stringify(flow, null, 2)}\n`;
}

function same(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
