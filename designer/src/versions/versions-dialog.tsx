import { Button } from "@mantine/core";
import { Link } from "wouter";
import { api } from "../api.ts";
import { counted } from "../document/command.ts";
import { dayAndTime } from "../frame/clock.ts";
import { Dialog } from "../frame/dialog.tsx";
import { refuse, tell } from "../frame/notify.ts";
import { Paged } from "../frame/paged.tsx";
import { usePages } from "../frame/use-pages.ts";
import css from "./versions.module.css";

/** Every published version, newest first: look at it, or make it the live one. */
export function VersionsDialog({
  flowId,
  onChanged,
  onClose,
}: {
  flowId: string;
  onChanged(): void;
  onClose(): void;
}) {
  const pages = usePages(`versions ${flowId}`, (cursor) => api.versions(flowId, cursor));
  const makeLive = async (version: number) => {
    const answer = await api.makeLive(flowId, version);
    if (!answer.ok) return refuse(answer.fault.sentence);
    tell(`Version ${version} is live. Calls in flight stay on theirs.`);
    pages.reload();
    onChanged();
  };
  const nothing = (
    <p className="muted">
      Nothing is published yet. A version is frozen when it is published; every call stays on the version it
      began on.
    </p>
  );
  return (
    <Dialog onClose={onClose} title="Versions" size="lg">
      <Paged pages={pages} skeletons={3} empty={nothing}>
        {(versions) => (
          <ul className={css.list} aria-label="Versions">
            {versions.map((one) => (
              <li key={one.version}>
                <span>
                  {one.current ? (
                    <span className="tag" data-tone="accent">
                      Version {one.version}
                    </span>
                  ) : (
                    `Version ${one.version}`
                  )}
                </span>
                <span>
                  {one.note || <span className="muted">No note</span>}
                  <small>
                    {dayAndTime(one.publishedAt)} by {one.publishedBy} · {counted(one.calls, "call")}
                  </small>
                </span>
                <span className="actions">
                  <Button
                    component={Link}
                    href={`/flows/${flowId}?version=${one.version}`}
                    size="compact-xs"
                    variant="default"
                  >
                    View
                  </Button>
                  {one.current ? (
                    <span className="muted" style={{ fontSize: 12 }}>
                      Live
                    </span>
                  ) : (
                    <Button size="compact-xs" variant="default" onClick={() => void makeLive(one.version)}>
                      Make version {one.version} live
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Dialog>
  );
}
