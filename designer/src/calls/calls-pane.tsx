import { Paged } from "../frame/paged.tsx";
import { CallTable } from "./call-table.tsx";
import { useCalls } from "./use-calls.ts";

/** The calls of one flow, in the editor's dock. */
export function CallsPane({ flowId }: { flowId: string }) {
  const nothing = (
    <p className="muted" style={{ padding: "0 4px" }}>
      No calls on this flow yet.
    </p>
  );
  return (
    <div style={{ padding: "0 12px 12px" }}>
      <Paged pages={useCalls(flowId)} skeletons={3} empty={nothing}>
        {(calls) => <CallTable calls={calls} withFlow={false} />}
      </Paged>
    </div>
  );
}
