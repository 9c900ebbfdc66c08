import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { api, type FlowSummary } from "../api.ts";
import { dayAndTime } from "../frame/clock.ts";
import { Empty, Page, RowSkeletons } from "../frame/page.tsx";
import { usePages } from "../frame/use-pages.ts";

const NewFlowDialog = lazy(() =>
  import("./new-flow-dialog.tsx").then((one) => ({ default: one.NewFlowDialog })),
);

export function FlowListPage() {
  const { items, fault, more, reload } = usePages("flows", api.flows);
  const [creating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
      New flow
    </Button>
  );
  return (
    <Page title="Flows" actions={create}>
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
        <Empty title="No flows yet">
          A flow is what a caller meets: what is said, what is asked, and where each answer leads. Begin with
          a template, or from an empty canvas.
        </Empty>
      )}
      {items && items.length > 0 && <FlowTable flows={items} />}
      {more && (
        <Button mt="md" variant="default" onClick={more}>
          Show more
        </Button>
      )}
      {creating && (
        <Suspense>
          <NewFlowDialog onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function FlowTable({ flows }: { flows: readonly FlowSummary[] }) {
  return (
    <div className="table-box">
      <table className="table" aria-label="Flows">
        <thead>
          <tr>
            <th>Name</th>
            <th>Live version</th>
            <th>Draft</th>
            <th>Numbers</th>
            <th className="number">Calls today</th>
            <th>Changed</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.id}>
              <td>
                <Link href={`/flows/${flow.id}`}>{flow.name}</Link>
                {flow.description && (
                  <div className="muted" style={{ fontSize: 12 }}>
                    {flow.description}
                  </div>
                )}
              </td>
              <td>
                {flow.publishedVersion === null ? (
                  <span className="muted">Not published</span>
                ) : (
                  <span className="tag" data-tone="accent">
                    Version {flow.publishedVersion}
                  </span>
                )}
              </td>
              <td>
                {flow.publishedVersion === null || flow.draftDiffers ? (
                  <span className="tag" data-tone="warning">
                    {flow.publishedVersion === null ? "Draft only" : "Draft differs"}
                  </span>
                ) : (
                  <span className="muted">Same as live</span>
                )}
              </td>
              <td className="mono">
                {flow.numbers.length > 0 ? flow.numbers.join(", ") : <span className="muted">None</span>}
              </td>
              <td className="number">{flow.callsToday}</td>
              <td className="muted">{dayAndTime(flow.updatedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
