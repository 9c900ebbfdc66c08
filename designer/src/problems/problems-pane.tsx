import { Button } from "@mantine/core";
import { IconAlertCircleFilled, IconAlertTriangleFilled } from "@tabler/icons-react";
import type { FlowDocument } from "@trunkline/schema/document";
import type { Finding } from "@trunkline/schema/lint";
import type { SourceProblem } from "./find-problems.ts";
import css from "./problems.module.css";

interface ProblemsPaneProps {
  readonly flow: FlowDocument;
  readonly findings: readonly Finding[];
  readonly source: readonly SourceProblem[];
  onOpen(finding: Finding): void;
  onFix(finding: Finding): void;
  onOpenSource(problem: SourceProblem): void;
}

/** Errors block publishing, warnings ask. A click goes to the place. */
export function ProblemsPane({ flow, findings, source, onOpen, onFix, onOpenSource }: ProblemsPaneProps) {
  if (findings.length + source.length === 0) {
    return (
      <p className="muted" style={{ padding: "4px 16px" }}>
        No problems. Every way out leads somewhere, and everything that is read is set.
      </p>
    );
  }
  return (
    <ul className={css.problems} aria-label="Problems">
      {source.map((one) => (
        <li key={`${one.pointer}${one.sentence}`}>
          <button type="button" className={css.go} onClick={() => onOpenSource(one)}>
            <IconAlertCircleFilled size={15} className={css.error} role="img" aria-label="Error" />
            <span>{one.sentence}</span>
            <span className="muted">Source, line {one.line}</span>
          </button>
        </li>
      ))}
      {findings.map((one) => (
        <li key={`${one.rule}${one.pointer}${one.sentence}`}>
          <button type="button" className={css.go} onClick={() => onOpen(one)}>
            {one.severity === "error" ? (
              <IconAlertCircleFilled size={15} className={css.error} role="img" aria-label="Error" />
            ) : (
              <IconAlertTriangleFilled size={15} className={css.warning} role="img" aria-label="Warning" />
            )}
            <span>{one.sentence}</span>
            <span className="muted">
              {one.node ? (flow.nodes[one.node]?.title ?? one.node) : "Flow"} · {one.rule}
            </span>
          </button>
          {one.fix && (
            <Button size="compact-xs" variant="default" onClick={() => onFix(one)}>
              {`Fix: ${one.fix.title}`}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
