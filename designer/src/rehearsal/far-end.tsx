import { Button } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import type { CallerAction, Listening } from "@trunkline/schema/scenario";
import { Keypad } from "../phone/keypad.tsx";
import css from "./rehearsal.module.css";

interface FarEndProps {
  readonly listening: Listening | null;
  readonly over: boolean;
  perform(action: CallerAction): void;
}

const fates = [
  { dialled: "completed", label: "They talk" },
  { dialled: "busy", label: "Busy" },
  { dialled: "no-answer", label: "No answer" },
  { dialled: "failed", label: "Cannot be reached" },
] as const;

/** What the far end can do now: press and be silent, speak into a recording, or be somebody who was dialled. */
export function FarEnd({ listening, over, perform }: FarEndProps) {
  const hangUp = (
    <Button
      variant="default"
      disabled={over}
      leftSection={<IconPhoneOff size={14} />}
      onClick={() => perform({ hangUp: true })}
    >
      Hang up
    </Button>
  );
  if (listening?.verb === "dial") {
    return (
      <fieldset className={css.fates} aria-label="The party that was dialled">
        {fates.map(({ dialled, label }) => (
          <Button key={dialled} variant="default" onClick={() => perform({ dialled })}>
            {label}
          </Button>
        ))}
        {listening.detectMachine && (
          <Button variant="default" onClick={() => perform({ dialled: "machine" })}>
            A machine answers
          </Button>
        )}
        {hangUp}
      </fieldset>
    );
  }
  return (
    <>
      <Keypad disabled={over} onPress={(key) => perform({ press: key })} />
      <div className={css.buttons}>
        <Button variant="default" disabled={over} onClick={() => perform({ silence: true })}>
          Stay silent
        </Button>
        {hangUp}
      </div>
    </>
  );
}

/** What the phone waits for, in a few words. */
export function toldListening(listening: Listening | null): string {
  switch (listening?.verb) {
    case "gather":
      return `Listening for ${listening.input.join(" or ")}`;
    case "record":
      return `Recording, up to ${listening.maxSeconds} s`;
    case "dial":
      return "Ringing somebody";
    default:
      return "Speaking";
  }
}
