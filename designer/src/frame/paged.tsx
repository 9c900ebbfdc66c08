import { Button } from "@mantine/core";
import { RowSkeletons } from "./page.tsx";
import type { Pages } from "./use-pages.ts";

interface PagedProps<T> {
  readonly pages: Pages<T>;
  readonly skeletons?: number;
  /** Stands in for a list with nothing in it. */
  readonly empty: React.ReactNode;
  readonly children: (items: readonly T[]) => React.ReactNode;
}

/** A list that comes in pages: while it loads, when it fails, when there is nothing, and what there is so far. */
export function Paged<T>({
  pages: { items, fault, more, reload },
  skeletons,
  empty,
  children,
}: PagedProps<T>) {
  return (
    <>
      {fault && <FaultBox sentence={fault.sentence} onRetry={reload} />}
      {!items && !fault && <RowSkeletons rows={skeletons} />}
      {items?.length === 0 && empty}
      {items && items.length > 0 && children(items)}
      {more && (
        <Button mt="md" variant="default" onClick={more}>
          Show more
        </Button>
      )}
    </>
  );
}

export function FaultBox({ sentence, onRetry }: { sentence: string; onRetry(): void }) {
  return (
    <div className="fault" role="alert">
      {sentence}
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
