import { Button, Group, Stack, TextInput } from "@mantine/core";
import { catalogue } from "@trunkline/flows";
import { useState } from "react";
import { useLocation } from "wouter";
import { api } from "../api.ts";
import { Dialog } from "../frame/dialog.tsx";

/** Begin a flow, empty or from a template. */
export function NewFlowDialog({ onClose }: { onClose(): void }) {
  const [, go] = useLocation();
  const [template, setTemplate] = useState("");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const choices = [
    { id: "", title: "Blank", summary: "A start and a hang-up; the rest is yours." },
    ...catalogue,
  ];
  const create = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const called = name.trim() || (template ? undefined : "New flow");
    const answer = await api.createFlow({
      ...(template ? { template } : {}),
      ...(called ? { name: called } : {}),
    });
    setBusy(false);
    if (!answer.ok) setError(answer.fault.sentence);
    else go(`/flows/${answer.value.id}`);
  };
  return (
    <Dialog onClose={onClose} title="New flow">
      <form onSubmit={(event) => void create(event)}>
        <Stack gap="sm">
          <fieldset className="choices">
            <legend>Begin with</legend>
            {choices.map((one) => (
              <label key={one.id} className="choice">
                <input
                  type="radio"
                  name="template"
                  checked={template === one.id}
                  onChange={() => setTemplate(one.id)}
                />
                <span>
                  <strong>{one.title}</strong>
                  <small className="muted">{one.summary}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <TextInput
            label="Name"
            placeholder={template ? (choices.find((one) => one.id === template)?.title ?? "") : "New flow"}
            maxLength={80}
            value={name}
            error={error}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Create flow
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
