import { Skeleton } from "@mantine/core";
import { useEffect } from "react";

interface PageProps {
  readonly title: string;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A page with a heading: everything but the canvas pages. */
export function Page({ title, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className="sheet">
      <header className="sheet-head">
        <h1>{title}</h1>
        <div className="actions">{actions}</div>
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Trunkline`;
  }, [title]);
}

export function PageSkeleton() {
  return (
    <div className="sheet" role="status" aria-label="Loading">
      <Skeleton height={24} width={180} mb={24} />
      <RowSkeletons />
    </div>
  );
}

export function RowSkeletons({ rows = 5 }: { rows?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing
    <Skeleton key={row} height={20} mb={16} />
  ));
}

/** A list with nothing in it teaches one thing. */
export function Empty({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p className="muted">{children}</p>
    </div>
  );
}
