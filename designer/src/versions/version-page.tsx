import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../api.ts";
import { Canvas } from "../canvas/canvas.tsx";
import { dayAndTime } from "../frame/clock.ts";
import { ErrorPage } from "../frame/error-page.tsx";
import { PageSkeleton, useTitle } from "../frame/page.tsx";
import { useAnswer } from "../frame/use-answer.ts";
import css from "./versions.module.css";

/** A published version, to look at: it can never change. */
export function VersionPage({ id, version }: { id: string; version: number }) {
  const { load, reload } = useAnswer(`${id} ${version}`, () => api.version(id, version));
  const [selected, setSelected] = useState<readonly string[]>([]);
  useTitle(`Version ${version}`);
  if (load.is === "loading") return <PageSkeleton />;
  if (load.is === "failed") return <ErrorPage fault={load.fault} onRetry={() => void reload()} />;
  const { document, publishedAt, note } = load.value;
  return (
    <div className={css.view}>
      <header className={css.banner}>
        <h1 style={{ fontSize: 14 }}>{document.name}</h1>
        <span className="tag">Version {version}, read only</span>
        <span className="muted">
          Published {dayAndTime(publishedAt)}
          {note ? ` · ${note}` : ""}
        </span>
        <span style={{ flex: 1 }} />
        <Button component={Link} href={`/flows/${id}`} variant="default">
          Back to the draft
        </Button>
      </header>
      <Canvas
        flow={document}
        selected={selected}
        onSelect={setSelected}
        label={`Version ${version} of ${document.name}`}
      />
    </div>
  );
}
