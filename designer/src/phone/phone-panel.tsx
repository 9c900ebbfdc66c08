import "../mantine-forms.css";
import { ActionIcon, Button, CloseButton, TextInput } from "@mantine/core";
import { IconMicrophone, IconPhoneOff, IconVolume, IconVolumeOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { describeValue } from "../canvas/walk.ts";
import { duration } from "../frame/clock.ts";
import { Keypad } from "./keypad.tsx";
import { listenOnce, recognises } from "./listen.ts";
import css from "./phone.module.css";
import type { PhoneCall, PhoneState } from "./phone-call.ts";
import { playTone } from "./tones.ts";
import { Transcript } from "./transcript.tsx";

interface PhonePanelProps {
  readonly call: PhoneCall;
  readonly state: PhoneState;
  onClose(): void;
}

const stages = {
  dialling: "Dialling",
  ringing: "Ringing",
  answered: "On the call",
  ended: "Call ended",
  failed: "Not connected",
};

/** The telephone: what it hears, a keypad, a place to say something. Digits typed anywhere outside a field are keys. */
export function PhonePanel({ call, state, onClose }: PhonePanelProps) {
  const [text, setText] = useState("");
  const [now, setNow] = useState(Date.now());
  const on = state.stage === "answered";
  useEffect(() => {
    if (!on) return;
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, [on]);
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target?.closest("input, textarea, select, [contenteditable]")
      )
        return;
      if (!/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      playTone(event.key);
      call.press(event.key);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [on, call]);
  const say = (words: string) => {
    if (words.trim()) call.say(words.trim());
    setText("");
  };
  const over = state.stage === "ended" || state.stage === "failed";
  return (
    <section className={css.panel} role="dialog" aria-label="Phone" aria-modal={false}>
      <header>
        <strong className="mono">{state.number}</strong>
        <span className="muted" role="status">
          {stages[state.stage]}
        </span>
        {state.answeredAt !== null && on && (
          <span className="muted mono">{duration(now - state.answeredAt)}</span>
        )}
        <span style={{ flex: 1 }} />
        <ActionIcon
          data-tip={state.muted ? "Speak the prompts aloud" : "Stay silent"}
          aria-label="Mute"
          aria-pressed={state.muted}
          onClick={() => call.mute(!state.muted)}
        >
          {state.muted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
        </ActionIcon>
        <CloseButton size="sm" aria-label="Close phone" onClick={onClose} />
      </header>
      <Transcript lines={state.lines} />
      {over ? (
        <Afterwards state={state} onLeave={onClose} />
      ) : (
        <>
          <div className={css.hint} role="status">
            {state.listening
              ? `Listening for ${state.listening.map((one) => (one === "dtmf" ? "keys" : one)).join(" or ")}`
              : on
                ? "Speaking"
                : ""}
          </div>
          <Keypad disabled={!on} onPress={(key) => call.press(key)} />
          <form
            className={css.speech}
            onSubmit={(event) => {
              event.preventDefault();
              say(text);
            }}
          >
            <TextInput
              aria-label="Say something"
              placeholder="Say something…"
              disabled={!on}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {recognises() && (
              <ActionIcon
                size={30}
                aria-label="Speak into the microphone"
                disabled={!on}
                onClick={() => listenOnce(say)}
              >
                <IconMicrophone size={16} />
              </ActionIcon>
            )}
            <Button type="submit" variant="default" disabled={!on || text.trim() === ""}>
              Say
            </Button>
          </form>
          <Button
            color="red.8"
            fullWidth
            leftSection={<IconPhoneOff size={14} />}
            onClick={() => call.hangUp()}
          >
            Hang up
          </Button>
        </>
      )}
    </section>
  );
}

/** After the call: what decided last, and the way to the call's page. */
function Afterwards({ state, onLeave }: { state: PhoneState; onLeave(): void }) {
  const decided = state.trace
    .filter((entry) => entry.value?.by === "keys" || entry.value?.by === "speech")
    .at(-1);
  return (
    <p className={css.after}>
      {decided
        ? `You ${describeValue(decided.value)} at “${state.titles[decided.node] ?? decided.node}”. `
        : ""}
      {state.callId && (
        <Link href={`/calls/${state.callId}`} onClick={onLeave}>
          See the call →
        </Link>
      )}
    </p>
  );
}
