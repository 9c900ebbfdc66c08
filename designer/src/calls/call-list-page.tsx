import "../mantine-forms.css";
import { Button, NativeSelect } from "@mantine/core";
import { useSearchParams } from "wouter";
import { api } from "../api.ts";
import { Empty, Page, RowSkeletons } from "../frame/page.tsx";
import { useAnswer } from "../frame/use-answer.ts";
import { CallTable } from "./call-table.tsx";
import { useCalls } from "./use-calls.ts";

export function CallListPage() {
  const [search, setSearch] = useSearchParams();
  const flow = search.get("flow") ?? "";
  const { items, fault, more, reload } = useCalls(flow);
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
      {fault && (
        <div className="fault" role="alert">
          {fault.sentence}
          <Button variant="default" onClick={reload}>
            Try again
          </Button>
        </div>
      )}
      {!items && !fault && <RowSkeletons />}
      {items?.length === 0 && (
        <Empty title="No calls yet">
          Every call is kept with the path it took. Publish a flow, point a number at it under Numbers, then
          use “Call it”.
        </Empty>
      )}
      {items && items.length > 0 && (
        <div className="table-box">
          <CallTable calls={items} />
        </div>
      )}
      {more && (
        <Button mt="md" variant="default" onClick={more}>
          Show more
        </Button>
      )}
    </Page>
  );
}
