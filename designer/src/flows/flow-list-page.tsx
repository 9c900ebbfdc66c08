import "../mantine-forms.css";
import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { api, type FlowSummary } from "../api.ts";
import { dayAndTime } from "../frame/clock.ts";
import { Empty, Page } from "../frame/page.tsx";
import { Paged } from "../frame/paged.tsx";
import { usePages } from "../frame/use-pages.ts";
import { loadPatterns } from "../late/patterns.ts";

// Its templates are parsed when they are loaded, so what checks their patterns has to be there before.
const NewFlowDialog = lazy(async () => {
  await loadPatterns();
  return { default: (await import("./new-flow-dialog.tsx")).NewFlowDialog };
});
const DeleteFlowDialog = lazy(() =>
  import("./delete-flow-dialog.tsx").then((one) => ({ default: one.DeleteFlowDialog })),
);

export function FlowListPage() {
  const pages = usePages("flows", api.flows);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<FlowSummary | null>(null);
  const create = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>
      New flow
    </Button>
  );
  return (
    <Page title="Flows" actions={create}>
      <Paged
        pages={pages}
        empty={
          <Empty title="No flows yet">
            A flow is what a caller meets: what is said, what is asked, and where each answer leads. Choose
            “New flow” and begin with the front desk: it can be called a minute later.
          </Empty>
        }
      >
        {(flows) => <FlowTable flows={flows} onDelete={setDeleting} />}
      </Paged>
      {creating && (
        <Suspense>
          <NewFlowDialog onClose={() => setCreating(false)} />
        </Suspense>
      )}
      {deleting && (
        <Suspense>
          <DeleteFlowDialog
            flow={deleting}
            onClose={() => setDeleting(null)}
            onDeleted={() => {
              pages.change((before) => before.filter((one) => one.id !== deleting.id));
              setDeleting(null);
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

interface FlowTableProps {
  readonly flows: readonly FlowSummary[];
  onDelete(flow: FlowSummary): void;
}

function FlowTable({ flows, onDelete }: FlowTableProps) {
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
            <th>
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.id}>
              <td>
                <Link id={`flow-${flow.id}`} href={`/flows/${flow.id}`}>
                  {flow.name}
                </Link>
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
              <td className="muted" style={{ whiteSpace: "nowrap" }}>
                {dayAndTime(flow.updatedAt)}
              </td>
              <td className="row-action">
                <ActionIcon
                  aria-label="Delete this flow"
                  aria-describedby={`flow-${flow.id}`}
                  title="Delete"
                  onClick={() => onDelete(flow)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
