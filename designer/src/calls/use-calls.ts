import { useEffect, useRef } from "react";
import { api, type CallSummary } from "../api.ts";
import { usePages } from "../frame/use-pages.ts";
import { openLive } from "../live.ts";

/** The list of calls, kept up to date while it is looked at. */
export function useCalls(flow: string) {
  const pages = usePages<CallSummary>(`calls ${flow}`, (cursor) =>
    api.calls({ flow: flow || undefined, cursor, limit: 50 }),
  );
  const latest = useRef(pages);
  latest.current = pages;
  useEffect(
    () =>
      openLive(null, {
        onCall(call) {
          if (flow && call.flowId !== flow) return;
          latest.current.change((items) =>
            items.some((one) => one.id === call.id)
              ? items.map((one) => (one.id === call.id ? call : one))
              : [call, ...items],
          );
        },
        onReconnect: () => latest.current.reload(),
      }),
    [flow],
  );
  return pages;
}
