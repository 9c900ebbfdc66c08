import { Button, Switch, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconPhoneOff, IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import type { FlowDocument } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import { act, type CallerAction, type Rehearsal, startRehearsal } from "@trunkline/schema/scenario";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Walk, walkOf } from "../canvas/walk.ts";
import { duration } from "../frame/clock.ts";
import { Keypad } from "../phone/keypad.tsx";
import { playTone } from "../phone/tones.ts";
import { Transcript } from "../phone/transcript.tsx";
import { type Spoken, speak } from "../phone/voice.ts";
import css from "./rehearsal.module.css";
import { ValuesTable } from "./values-table.tsx";

interface RehearsalPaneProps {
  readonly flow: FlowDocument;
  onWalk(walk: Walk | null): void;
  onNode(node: string): void;
}

/** Plays the draft without a phone, in virtual time. Every former state is kept, so that any turn can be gone back to. */
export function RehearsalPane({ flow, onWalk, onNode }: RehearsalPaneProps) {
  const [turns, setTurns] = useState<readonly Rehearsal[]>(() => [startRehearsal(compileFlow(flow))]);
  const [started, setStarted] = useState(flow);
  const [text, setText] = useState("");
  const [aloud, setAloud] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const voice = useRef<Spoken | null>(null);
  const now = turns.at(-1);

  useEffect(() => {
    if (now) onWalk(walkOf(now.trace, now.over ? null : (now.session.frames.at(-1)?.node ?? null)));
  }, [now, onWalk]);
  useEffect(() => () => onWalk(null), [onWalk]);
  useEffect(() => () => voice.current?.stop(), []);

  const sayNew = useCallback((from: Rehearsal | undefined, to: Rehearsal) => {
    const lines = to.transcript.slice(from?.transcript.length ?? 0).filter((line) => line.who === "flow");
    voice.current?.stop();
    if (lines.length > 0)
      voice.current = speak(lines.map((line) => line.text).join(" "), to.compiled.flow.settings.language);
  }, []);
  const restart = () => {
    const first = startRehearsal(compileFlow(flow));
    setTurns([first]);
    setStarted(flow);
    if (aloud) sayNew(undefined, first);
  };
  const perform = useCallback(
    (action: CallerAction) => {
      if (!now || now.over) return;
      const next = act(now, action);
      setTurns([...turns, next]);
      if (aloud) sayNew(now, next);
    },
    [now, turns, aloud, sayNew],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const inside = pane.current?.contains(target) || target === document.body;
      if (!inside || event.ctrlKey || event.metaKey || target?.closest("input, textarea, select")) return;
      if (!/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      playTone(event.key);
      perform({ press: event.key });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [perform]);

  if (!now) return null;
  const begin = turns[0]?.transcript[0]?.at ?? now.at;
  // After each caller's line stands the way back to the moment before it.
  const lines = now.transcript.map((line, index) => {
    const turn = turns.findIndex((one) => one.transcript.length > index) - 1;
    const first = turn >= 0 && turns[turn]?.transcript.length === index;
    const mark = first && (
      <button
        type="button"
        className={css.rewind}
        aria-label={`Rewind to before: ${line.text}`}
        title="Rewind to here"
        onClick={() => setTurns(turns.slice(0, turn + 1))}
      >
        <IconArrowBackUp size={14} aria-hidden />
      </button>
    );
    return { who: line.who, text: line.text, mark };
  });
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    setText("");
    if (words) perform(/^[0-9*#]+$/.test(words) ? { press: words } : { speak: words });
  };
  const stale = started !== flow;
  return (
    <div className={css.pane} ref={pane}>
      <div className={css.talk}>
        <Transcript lines={lines} />
        {stale && (
          <div className={css.stale} role="status">
            The flow has changed since this rehearsal began.{" "}
            <Button size="compact-xs" variant="default" onClick={restart}>
              Restart
            </Button>
          </div>
        )}
        <form className={css.say} onSubmit={send}>
          <TextInput
            aria-label="Say or press something"
            placeholder={now.over ? "The call is over" : "Say something, or type keys and press Enter"}
            disabled={now.over}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={now.over}>
            Send
          </Button>
        </form>
      </div>
      <div className={css.controls}>
        <Switch
          label="Speak prompts"
          checked={aloud}
          onChange={(event) => {
            setAloud(event.currentTarget.checked);
            if (!event.currentTarget.checked) voice.current?.stop();
          }}
        />
        <div className={css.clock}>
          <span className="mono" role="timer" aria-label="Virtual clock">
            {duration(now.at - begin)}
          </span>
          <span className="muted" role="status">
            {now.over
              ? `Over: ${now.session.disposition ?? now.session.ended?.disposition ?? "ended"}`
              : now.listening
                ? `Listening for ${now.listening.input.join(" or ")}`
                : "Speaking"}
          </span>
        </div>
        <Keypad disabled={now.over} onPress={(key) => perform({ press: key })} />
        <div className={css.buttons}>
          <Button variant="default" disabled={now.over} onClick={() => perform({ silence: true })}>
            Stay silent
          </Button>
          <Button
            variant="default"
            disabled={now.over}
            leftSection={<IconPhoneOff size={14} />}
            onClick={() => perform({ hangUp: true })}
          >
            Hang up
          </Button>
          <Button
            variant="default"
            disabled={turns.length < 2}
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => setTurns(turns.slice(0, -1))}
          >
            Rewind
          </Button>
          <Button
            variant="default"
            leftSection={now.over ? <IconPlayerPlay size={14} /> : <IconRefresh size={14} />}
            onClick={restart}
          >
            Restart
          </Button>
        </div>
      </div>
      <ValuesTable rehearsal={now} onNode={onNode} />
    </div>
  );
}
