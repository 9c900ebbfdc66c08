import "../mantine-forms.css";
import { NativeSelect } from "@mantine/core";
import { useSearchParams } from "wouter";
import { api } from "../api.ts";
import { Empty, Page } from "../frame/page.tsx";
import { Paged } from "../frame/paged.tsx";
import { useAnswer } from "../frame/use-answer.ts";
import { CallTable } from "./call-table.tsx";
import { useCalls } from "./use-calls.ts";

export function CallListPage() {
  const [search, setSearch] = useSearchParams();
  const flow = search.get("flow") ?? "";
  const flows = useAnswer("flows for calls", () => api.flows());
  const choices =
    flows.load.is === "ready"
      ? flows.load.value.items.map((one) => ({ value: one.id, label: one.name }))
      : [];
  const filter = (
    <NativeSelect
      aria-label="Filter by flow"
      value={flow}
      data={[{ value: "", label: "All flows" }, ...choices]}
      onChange={(event) => setSearch(event.currentTarget.value ? { flow: event.currentTarget.value } : {})}
    />
  );
  return (
    <Page title="Calls" actions={filter}>
      <Paged
        pages={useCalls(flow)}
        empty={
          <Empty title="No calls yet">
            Every call is kept with the path it took. Publish a flow, point a number at it under Numbers, then
            use “Call it”.
          </Empty>
        }
      >
        {(calls) => (
          <div className="table-box">
            <CallTable calls={calls} />
          </div>
        )}
      </Paged>
    </Page>
  );
}
