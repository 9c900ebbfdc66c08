import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import type { Value } from "@trunkline/schema/call";
import type { FlowDocument } from "@trunkline/schema/document";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { api, type PlacedCall } from "../api.ts";
import { Dialog } from "../frame/dialog.tsx";
import { InputField } from "../inspector/input-field.tsx";
import { inputsOf } from "../rehearsal/setup.ts";

interface PlaceCallDialogProps {
  readonly flowId: string;
  /** The draft: the call itself takes the live version. */
  readonly flow: FlowDocument;
  readonly builtIn: boolean;
  readonly published: boolean;
  onClose(): void;
}

/** How often to ask what became of the call. */
const askAgainMs = 1500;

/** Ring a number with the live version, and follow what becomes of it. */
export function PlaceCallDialog({ flowId, flow, builtIn, published, onClose }: PlaceCallDialogProps) {
  const [to, setTo] = useState(builtIn ? "+15550100009" : "");
  const [inputs, setInputs] = useState<{ readonly [variable: string]: Value }>({});
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [id, setId] = useState<string | null>(null);
  const placed = usePlaced(id);
  const place = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    const answer = await api.placeCall(flowId, to.trim(), inputs);
    setBusy(false);
    if (answer.ok) setId(answer.value.id);
    else setRefused(answer.fault.problems?.[0]?.sentence ?? answer.fault.sentence);
  };
  return (
    <Dialog onClose={onClose} title="Call somebody" size="md">
      <form onSubmit={(event) => void place(event)}>
        <Stack gap="sm">
          <p className="muted">
            {builtIn
              ? "This is the built-in line: no telephone rings. Whoever the line's own script says answers."
              : "A real telephone rings, and the carrier charges for it."}{" "}
            The live version is what is heard.
          </p>
          {!published && (
            <Alert color="yellow">Publish the flow first: there is no version to call with.</Alert>
          )}
          <TextInput
            label="Number"
            type="tel"
            placeholder="+1 555 010 0009"
            data-autofocus
            required
            withAsterisk={false}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          {inputsOf(flow).map(([name, variable]) => (
            <InputField
              key={name}
              name={name}
              variable={variable}
              value={inputs[name]}
              onChange={(value) => {
                const { [name]: _before, ...rest } = inputs;
                setInputs(value === undefined ? rest : { ...rest, [name]: value });
              }}
            />
          ))}
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          {id && (
            <p role="status">
              {told(placed)}{" "}
              {placed?.state === "answered" || placed?.reason === "completed" ? (
                <Link href={`/calls/${id}`} className="link" onClick={onClose}>
                  See the call →
                </Link>
              ) : null}
            </p>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={busy} disabled={!published || to.trim() === ""}>
              Call
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function usePlaced(id: string | null): PlacedCall | null {
  const [placed, setPlaced] = useState<PlacedCall | null>(null);
  useEffect(() => {
    if (id === null) return;
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const look = async () => {
      const answer = await api.placedCall(id);
      if (left) return;
      if (answer.ok) setPlaced(answer.value);
      if (!answer.ok || !["refused", "ended"].includes(answer.value.state))
        timer = setTimeout(() => void look(), askAgainMs);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [id]);
  return placed?.id === id ? placed : null;
}

function told(placed: PlacedCall | null): string {
  switch (placed?.state) {
    case "refused":
      return `Not placed: ${placed.code ?? "the carrier refused it"}.`;
    case "ambiguous":
      return "The carrier did not say whether it rings; this is being found out.";
    case "answered":
      return "Answered.";
    case "ended":
      return `Over: ${placed.reason ?? "ended"}.`;
    default:
      return "Ringing…";
  }
}
