import { Button } from "@mantine/core";
import { RowSkeletons } from "../frame/page.tsx";
import { CallTable } from "./call-table.tsx";
import { useCalls } from "./use-calls.ts";

/** The calls of one flow, in the editor's dock. */
export function CallsPane({ flowId }: { flowId: string }) {
  const { items, fault, more } = useCalls(flowId);
  return (
    <div style={{ padding: "0 12px 12px" }}>
      {fault && (
        <div className="fault" role="alert">
          {fault.sentence}
        </div>
      )}
      {!items && !fault && <RowSkeletons rows={3} />}
      {items?.length === 0 && (
        <p className="muted" style={{ padding: "0 4px" }}>
          No calls on this flow yet.
        </p>
      )}
      {items && items.length > 0 && <CallTable calls={items} withFlow={false} />}
      {more && (
        <Button mt="xs" variant="default" onClick={more}>
          Show more
        </Button>
      )}
    </div>
  );
}
