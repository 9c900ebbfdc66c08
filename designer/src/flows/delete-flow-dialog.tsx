import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { api, type FlowSummary } from "../api.ts";
import { Dialog } from "../frame/dialog.tsx";
import { tell } from "../frame/notify.ts";

interface DeleteFlowDialogProps {
  readonly flow: FlowSummary;
  onDeleted(): void;
  onClose(): void;
}

/** Asks once, by name; a flow a number points at is refused by the runtime, and its sentence says what to do. */
export function DeleteFlowDialog({ flow, onDeleted, onClose }: DeleteFlowDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const remove = async () => {
    setBusy(true);
    const answer = await api.deleteFlow(flow.id);
    setBusy(false);
    if (!answer.ok) return setError(answer.fault.sentence);
    tell(`“${flow.name}” is deleted.`);
    onDeleted();
  };
  return (
    <Dialog onClose={onClose} title={`Delete “${flow.name}”?`}>
      <Stack gap="sm">
        <p>
          {flow.publishedVersion === null
            ? "Its draft is lost; it was never published."
            : "Its draft goes away for good. Calls it took stay under Calls."}
        </p>
        {error && (
          <div className="fault" role="alert">
            {error}
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button color="red.8" loading={busy} onClick={() => void remove()}>
            Delete flow
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
