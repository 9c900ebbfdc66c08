import "../mantine-forms.css";
import { Button, NativeSelect, SegmentedControl, Skeleton, Switch, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconDownload, IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import type { FlowDocument } from "@trunkline/schema/document";
import { type CallerAction, type Rehearsal, scenarioOf } from "@trunkline/schema/scenario";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Walk, walkOf } from "../canvas/walk.ts";
import { slugOf } from "../document/ids.ts";
import { duration } from "../frame/clock.ts";
import { downloadJson } from "../frame/download.ts";
import { playTone } from "../phone/tones.ts";
import { Transcript } from "../phone/transcript.tsx";
import { type Spoken, speak } from "../phone/voice.ts";
import { FarEnd, toldListening } from "./far-end.tsx";
import css from "./rehearsal.module.css";
import { asksFirst, rememberedSetup, rememberSetup, usedCaller } from "./setup.ts";
import { SetupForm } from "./setup-form.tsx";
import { useRehearsal } from "./use-rehearsal.ts";
import { ValuesTable } from "./values-table.tsx";

interface RehearsalPaneProps {
  readonly flowId: string;
  readonly flow: FlowDocument;
  onWalk(walk: Walk | null): void;
  onNode(node: string): void;
}

/** How somebody ends a recording of what they say. */
const endings = { silence: "then silence", key: "then a key", "hang-up": "then hangs up" } as const;

/** Plays the draft without a phone, in virtual time. Every former state is kept, so that any turn can be gone back to. */
export function RehearsalPane({ flowId, flow, onWalk, onNode }: RehearsalPaneProps) {
  const [setup, setSetup] = useState(() => rememberedSetup(flowId));
  const { playing, fault, restart, perform, rewind } = useRehearsal(flow, setup);
  const [side, setSide] = useState(() => (asksFirst(flow) ? "setup" : "values"));
  const [text, setText] = useState("");
  const [end, setEnd] = useState<keyof typeof endings>("silence");
  const [aloud, setAloud] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const voice = useRef<Spoken | null>(null);
  const turns = playing?.turns ?? [];
  const now = turns.at(-1);

  useEffect(() => {
    if (now) onWalk(walkOf(now.trace, now.over ? null : (now.session.frames[0]?.node ?? null)));
  }, [now, onWalk]);
  useEffect(() => () => onWalk(null), [onWalk]);
  useEffect(() => () => voice.current?.stop(), []);

  const sayNew = useCallback((from: Rehearsal | undefined, to: Rehearsal) => {
    const lines = to.transcript.slice(from?.transcript.length ?? 0).filter((line) => line.who === "flow");
    const said = lines
      .map((line) => line.text)
      .filter((line) => !/^(plays https:|presses [0-9*#wW]+$)/.test(line));
    voice.current?.stop();
    if (said.length > 0) voice.current = speak(said.join(" "), to.compiled.flow.settings.language);
  }, []);
  const begin = async () => {
    const first = await restart();
    if (aloud && first) sayNew(undefined, first);
  };
  const go = useCallback(
    (action: CallerAction) => {
      const next = perform(action);
      if (aloud && next) sayNew(now, next);
    },
    [perform, aloud, sayNew, now],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const inside = pane.current?.contains(target) || target === document.body;
      if (!inside || event.ctrlKey || event.metaKey || target?.closest("input, textarea, select")) return;
      if (!/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      playTone(event.key);
      go({ press: event.key });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go]);

  if (!playing || !now) return <Skeleton height="100%" />;
  const began = turns[0]?.transcript[0]?.at ?? now.at;
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
        onClick={() => rewind(turn)}
      >
        <IconArrowBackUp size={14} aria-hidden />
      </button>
    );
    return { who: line.who, text: line.text, mark };
  });
  const recording = now.listening?.verb === "record" ? now.listening : null;
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    setText("");
    if (!words) return;
    if (recording)
      go({ record: words, end: end === "key" && recording.finishOnKeys === "" ? "silence" : end });
    else go(/^[0-9*#]+$/.test(words) ? { press: words } : { speak: words });
  };
  const keep = () => {
    const name = slugOf(`${flow.name} ${now.session.disposition ?? ""}`);
    const scenario = scenarioOf(name, { ...playing, caller: usedCaller(playing.caller, now) });
    downloadJson(`${name}.scenario.json`, scenario);
  };
  const { node: talking } = now.session.frames.at(-1) ?? {};
  return (
    <div className={css.pane} ref={pane}>
      <div className={css.talk}>
        <Transcript lines={lines} />
        {fault && (
          <div className={css.stale} role="alert">
            {fault}
          </div>
        )}
        {playing.flow !== flow && (
          <div className={css.stale} role="status">
            The flow has changed since this rehearsal began.{" "}
            <Button size="compact-xs" variant="default" onClick={() => void begin()}>
              Restart
            </Button>
          </div>
        )}
        <form className={css.say} data-recording={recording !== null || undefined} onSubmit={send}>
          <TextInput
            aria-label={recording ? "Say into the recording" : "Say or press something"}
            placeholder={
              now.over
                ? "The call is over"
                : recording
                  ? "What is said into the recording"
                  : "Say something, or type keys and press Enter"
            }
            disabled={now.over}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {recording && (
            <NativeSelect
              aria-label="How the recording ends"
              value={end}
              data={Object.entries(endings).flatMap(([value, label]) =>
                value === "key" && recording.finishOnKeys === "" ? [] : [{ value, label }],
              )}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                if (Object.hasOwn(endings, chosen)) setEnd(chosen as keyof typeof endings); // just looked up
              }}
            />
          )}
          <Button type="submit" variant="default" disabled={now.over}>
            {recording ? "Record" : "Send"}
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
            {duration(now.at - began)}
          </span>
          <span className="muted" role="status" {...(talking ? { title: `At ${talking}` } : {})}>
            {now.over
              ? `Over: ${now.session.disposition ?? now.session.ended?.disposition ?? "ended"}`
              : toldListening(now.listening)}
          </span>
        </div>
        <FarEnd listening={now.listening} over={now.over} perform={go} />
        <div className={css.buttons}>
          <Button
            variant="default"
            disabled={turns.length < 2}
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => rewind(turns.length - 2)}
          >
            Rewind
          </Button>
          <Button
            variant="default"
            leftSection={now.over ? <IconPlayerPlay size={14} /> : <IconRefresh size={14} />}
            onClick={() => void begin()}
          >
            Restart
          </Button>
        </div>
        <Button
          variant="default"
          disabled={!now.over}
          title={
            now.over
              ? "A file that plays this call again and says when it goes otherwise"
              : "When the call is over"
          }
          leftSection={<IconDownload size={14} />}
          onClick={keep}
        >
          Keep as scenario
        </Button>
      </div>
      <div className={css.side}>
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          value={side}
          onChange={setSide}
          data={[
            { value: "values", label: "Values" },
            { value: "setup", label: "The call" },
          ]}
        />
        {side === "values" ? (
          <ValuesTable rehearsal={now} onNode={onNode} />
        ) : (
          <SetupForm
            flow={flow}
            setup={setup}
            change={(next) => {
              setSetup(next);
              rememberSetup(flowId, next);
            }}
            onRestart={() => {
              setSide("values");
              void begin();
            }}
          />
        )}
      </div>
    </div>
  );
}
