import { Alert, Button, Checkbox, Group, Stack, Textarea } from "@mantine/core";
import type { FlowDocument } from "@trunkline/schema/document";
import type { Finding } from "@trunkline/schema/lint";
import { useEffect, useState } from "react";
import { api, type FlowDetail } from "../api.ts";
import { Dialog } from "../frame/dialog.tsx";
import { findProblems } from "../problems/find-problems.ts";
import { diffFlows } from "./diff.ts";
import css from "./versions.module.css";

interface PublishDialogProps {
  readonly detail: FlowDetail;
  readonly flow: FlowDocument;
  /** Saves what is unsaved; the draft's revision, or null when it could not be saved. */
  save(): Promise<number | null>;
  onShow(node: string): void;
  onPublished(version: number): void;
  onClose(): void;
}

const marks = { added: "+", removed: "−", changed: "~", wired: "→" };

/** What stands in the way, what changed, a note, and the button that makes it live. */
export function PublishDialog({ detail, flow, save, onShow, onPublished, onClose }: PublishDialogProps) {
  const [found, setFound] = useState<readonly Finding[] | null>(null);
  const findings = found ?? [];
  useEffect(() => {
    let late = false;
    void findProblems(flow).then((all) => !late && setFound(all));
    return () => {
      late = true;
    };
  }, [flow]);
  const errors = findings.filter((one) => one.severity === "error");
  const warnings = findings.filter((one) => one.severity === "warning");
  const [accepted, setAccepted] = useState(false);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [published, setPublished] = useState<FlowDocument | "none" | null>(detail.published ? null : "none");
  const [next, setNext] = useState(detail.published ? null : 1);
  useEffect(() => {
    if (!detail.published) return;
    const { version } = detail.published;
    void api.version(detail.id, version).then((answer) => {
      if (answer.ok) setPublished(answer.value.document);
      else setRefused(answer.fault.sentence);
    });
    void api.versions(detail.id).then((answer) => {
      if (answer.ok) setNext(Math.max(version, ...answer.value.items.map((one) => one.version)) + 1);
    });
  }, [detail]);
  const changes = published && published !== "none" ? diffFlows(published, flow) : [];
  const unchanged = published !== null && published !== "none" && changes.length === 0;
  const publish = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    const revision = await save();
    const answer = revision === null ? null : await api.publish(detail.id, revision, note.trim());
    setBusy(false);
    if (!answer) setRefused("The draft could not be saved, so nothing was published.");
    else if (answer.ok) onPublished(answer.value.version);
    else setRefused(answer.fault.sentence);
  };
  const blocked = found === null || errors.length > 0 || unchanged || (warnings.length > 0 && !accepted);
  return (
    <Dialog onClose={onClose} title={`Publish ${flow.name}`} size="lg">
      <form onSubmit={(event) => void publish(event)}>
        <Stack gap="sm">
          {errors.length > 0 && (
            <section aria-label="Errors">
              <h3 className={css.heading}>
                {errors.length === 1
                  ? "One error blocks publishing"
                  : `${errors.length} errors block publishing`}
              </h3>
              <ul className={css.findings}>
                {errors.map((one) => (
                  <li key={one.rule + one.pointer} data-severity="error">
                    {one.sentence}{" "}
                    {one.node && (
                      <button type="button" onClick={() => onShow(one.node ?? "")}>
                        Go to {flow.nodes[one.node]?.title ?? one.node}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {warnings.length > 0 && (
            <section aria-label="Warnings">
              <h3 className={css.heading}>
                {warnings.length === 1 ? "One warning" : `${warnings.length} warnings`}
              </h3>
              <ul className={css.findings}>
                {warnings.map((one) => (
                  <li key={one.rule + one.pointer + one.sentence} data-severity="warning">
                    {one.sentence}{" "}
                    {one.node && (
                      <button type="button" onClick={() => onShow(one.node ?? "")}>
                        Go to {flow.nodes[one.node]?.title ?? one.node}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
              <Checkbox
                label="Publish in spite of the warnings"
                checked={accepted}
                onChange={(event) => setAccepted(event.currentTarget.checked)}
              />
            </section>
          )}
          <section aria-label="Changes">
            <h3 className={css.heading}>
              {detail.published
                ? `What changes for callers since version ${detail.published.version}`
                : "The first version"}
            </h3>
            {published === "none" && (
              <p className="muted">
                {Object.keys(flow.nodes).length} nodes. Point a number at this flow under Numbers, and callers
                will hear it.
              </p>
            )}
            {unchanged && (
              <p className="muted">
                Nothing. The draft means the same as the live version; only the drawing may differ.
              </p>
            )}
            <ul className={css.changes}>
              {changes.map((change) => (
                <li key={change.sentence} data-kind={change.kind}>
                  <span aria-hidden>{marks[change.kind]}</span>
                  {change.sentence}
                </li>
              ))}
            </ul>
          </section>
          <Textarea
            label="Note"
            placeholder="Why this change, for whoever looks back"
            autosize
            minRows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <p className="muted" style={{ margin: 0, fontSize: 12 }}>
            Calls in flight stay on their version. Going back is one click under Versions.
          </p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={blocked}>
              {next === null ? "Publish" : `Publish version ${next}`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
