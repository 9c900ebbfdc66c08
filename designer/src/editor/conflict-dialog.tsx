import { Button, Group, Stack } from "@mantine/core";
import type { FlowDocument } from "@trunkline/schema/document";
import type { FlowDetail } from "../api.ts";
import { dayAndTime } from "../frame/clock.ts";
import { Dialog } from "../frame/dialog.tsx";
import { downloadJson } from "../frame/download.ts";
import { diffFlows } from "../versions/diff.ts";

interface ConflictDialogProps {
  readonly mine: FlowDocument;
  readonly theirs: FlowDetail;
  onTakeTheirs(): void;
  onKeepMine(): void;
}

/** The draft was saved elsewhere meanwhile. Nothing is overwritten until somebody decides, and mine can be kept as a file. */
export function ConflictDialog({ mine, theirs, onTakeTheirs, onKeepMine }: ConflictDialogProps) {
  const changes = diffFlows(theirs.document, mine);
  const download = () => downloadJson(`${mine.name}.json`, mine);
  return (
    <Dialog
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="This draft was changed elsewhere"
      size="lg"
    >
      <Stack gap="sm">
        <p style={{ margin: 0 }}>
          Somebody saved this draft {dayAndTime(theirs.savedAt)}, in another window or by another person.
          Yours is not saved, and nothing is lost yet.
        </p>
        <div className="muted">
          {changes.length === 0
            ? "Both mean the same; only the drawing differs."
            : "Yours differs from theirs in:"}
        </div>
        <ul style={{ margin: 0, maxHeight: 220, overflow: "auto", paddingLeft: 20, fontSize: 13 }}>
          {changes.map((one) => (
            <li key={one.sentence}>{one.sentence}</li>
          ))}
        </ul>
        <Group justify="space-between">
          <Button variant="subtle" onClick={download}>
            Download mine
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onTakeTheirs}>
              Take theirs
            </Button>
            <Button onClick={onKeepMine}>Keep mine</Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
