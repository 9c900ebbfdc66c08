import "../mantine-forms.css";
import { NativeSelect } from "@mantine/core";
import type { TraceEntry, Value } from "@trunkline/schema/call";
import { outcomesOf } from "@trunkline/schema/document";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import { api, type CallDetail, wholeTrace } from "../api.ts";
import { Canvas, type CanvasHandle } from "../canvas/canvas.tsx";
import { currentNode, describeValue, walkOf } from "../canvas/walk.ts";
import { dayAndTime, duration } from "../frame/clock.ts";
import { ErrorPage } from "../frame/error-page.tsx";
import { PageSkeleton, useTitle } from "../frame/page.tsx";
import { shownValue } from "../frame/shown-value.ts";
import { useAnswer } from "../frame/use-answer.ts";
import { sourceOf } from "../frame/value-source.ts";
import { openLive } from "../live.ts";
import { CallState } from "./call-table.tsx";
import css from "./calls.module.css";

/** One call: its path on the flow of its own version, entry by entry, and what it found out. */
export function CallPage({ id }: { id: string }) {
  const { load, reload } = useAnswer(id, () => api.call(id));
  const [trace, setTrace] = useState<readonly TraceEntry[]>([]);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [frame, setFrame] = useState("");
  const canvas = useRef<CanvasHandle>(null);
  useTitle("Call");
  useEffect(() => {
    const refetch = async () => {
      const answer = await wholeTrace(id);
      if (answer.ok) setTrace(answer.value);
      void reload();
    };
    void wholeTrace(id).then((answer) => answer.ok && setTrace(answer.value));
    return openLive(id, {
      onTrace: (_call, entry) =>
        setTrace((before) => (before.some((one) => one.seq === entry.seq) ? before : [...before, entry])),
      onCall: () => void refetch(),
      onReconnect: () => void refetch(),
    });
  }, [id, reload]);
  const call = load.is === "ready" ? load.value : null;
  const current = call?.status === "live" ? currentNode(call.document, trace, call.currentNode) : null;
  const startedAt = call?.startedAt;
  const walk = useMemo(
    () => walkOf(trace, frame === "" ? current : null, startedAt, frame),
    [trace, current, startedAt, frame],
  );
  if (load.is === "failed") return <ErrorPage fault={load.fault} onRetry={() => void reload()} />;
  if (!call) return <PageSkeleton />;
  const drawn = call.flows.find((one) => one.frame === frame)?.document ?? call.document;
  const show = (node: string, within = "") => {
    setFrame(within);
    setSelected([node]);
    // Another flow may have to be drawn first.
    requestAnimationFrame(() => canvas.current?.zoomTo(node));
  };
  return (
    <div className={css.page}>
      <header className={css.head}>
        <Link href="/calls" className="link">
          Calls
        </Link>
        <span className="muted" aria-hidden>
          /
        </span>
        <h1 className="mono">
          <span className="visually-hidden">Call from </span>
          {call.from}
        </h1>
        <span className="muted">
          to <span className="mono">{call.to}</span>
        </span>
        <CallState call={call} />
        {call.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
        <span className="muted">
          {dayAndTime(call.startedAt)}
          {call.endedAt !== null && `, ${duration(call.endedAt - call.startedAt)}`}
        </span>
        <span style={{ flex: 1 }} />
        {call.flows.length > 0 && (
          <NativeSelect
            aria-label="Flow that is drawn"
            value={frame}
            data={[
              { value: "", label: call.flowName },
              ...call.flows.map((one) => ({ value: one.frame, label: `${one.name}, called` })),
            ]}
            onChange={(event) => {
              setSelected([]);
              setFrame(event.currentTarget.value);
            }}
          />
        )}
        <Link href={`/flows/${call.flowId}?version=${call.version}`} className="link">
          {call.flowName}, version {call.version}
        </Link>
      </header>
      <Canvas
        key={frame}
        flow={drawn}
        walk={walk}
        selected={selected}
        onSelect={setSelected}
        handle={canvas}
        label={`Path of the call on ${call.flowName}`}
      />
      <aside className={css.side} aria-label="What happened">
        <Timeline call={call} current={current} trace={trace} selected={selected} onNode={show} />
        <Values call={call} onNode={show} />
        <Outcomes call={call} />
      </aside>
    </div>
  );
}

interface TimelineProps {
  readonly call: CallDetail;
  readonly current: string | null;
  readonly trace: readonly TraceEntry[];
  readonly selected: readonly string[];
  onNode(node: string, frame?: string): void;
}

function Timeline({ call, current, trace, selected, onNode }: TimelineProps) {
  return (
    <section aria-label="Timeline">
      <h2>Timeline</h2>
      <ol className={css.timeline}>
        {trace.map((entry) => {
          const within = call.flows.find((one) => one.frame === entry.frame);
          const node = (within?.document ?? call.document).nodes[entry.node];
          const outcome = node ? outcomesOf(node).find((one) => one.name === entry.outcome) : undefined;
          return (
            <li key={entry.seq}>
              <button
                type="button"
                aria-pressed={selected.includes(entry.node)}
                onClick={() => onNode(entry.node, entry.frame)}
              >
                <span className={css.seq}>{entry.seq}</span>
                <span>
                  <strong>{node?.title ?? entry.node}</strong>
                  <small>
                    {within && `In ${within.name} · `}
                    {describeValue(entry.value) && <b>{describeValue(entry.value)} · </b>}
                    {outcome?.label ?? entry.outcome}
                  </small>
                </span>
                <time className="muted mono" title={dayAndTime(entry.leftAt)}>
                  {duration(entry.leftAt - call.startedAt)}
                </time>
              </button>
            </li>
          );
        })}
        {current && (
          <li>
            <button type="button" onClick={() => onNode(current)}>
              <span className={css.seq} data-live>
                ·
              </span>
              <span>
                <strong>{call.document.nodes[current]?.title ?? current}</strong>
                <small>The call is here</small>
              </span>
            </button>
          </li>
        )}
        {trace.length === 0 && call.status !== "live" && <li className="muted">Nothing was traced.</li>}
      </ol>
    </section>
  );
}

function Values({ call, onNode }: { call: CallDetail; onNode(node: string): void }) {
  return (
    <section aria-label="Values">
      <h2>Values</h2>
      {call.values.length === 0 && <p className="muted">The call knows no values.</p>}
      <dl className={css.values}>
        {call.values.map((one) => (
          <div key={one.name}>
            <dt className="mono">{one.name}</dt>
            <dd>
              <span className="mono">
                {one.value === null && one.sensitivity === "phi" ? (
                  <span className="tag" title="Protected health information is not shown here">
                    PHI, not shown
                  </span>
                ) : (
                  <Held value={one.value} />
                )}
              </span>
              <small>
                {sourceOf(one.origin.source)}
                {call.document.nodes[one.origin.node] && (
                  <>
                    {" "}
                    at{" "}
                    <button type="button" onClick={() => onNode(one.origin.node)}>
                      {call.document.nodes[one.origin.node]?.title}
                    </button>
                  </>
                )}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A value; an address, such as a recording's, as the way to it. */
function Held({ value }: { value: Value | null }) {
  if (value === null) return "–";
  if (typeof value !== "string" || !/^https:\/\/\S+$/.test(value)) return shownValue(value);
  return (
    <a href={value} target="_blank" rel="noreferrer">
      {value}
    </a>
  );
}

function Outcomes({ call }: { call: CallDetail }) {
  if (call.outcomes.length === 0) return null;
  return (
    <section aria-label="Outcomes">
      <h2>Outcomes</h2>
      {call.outcomes.map((one) => (
        <p key={one.recordedAt + one.outcome} className={css.outcome}>
          <span className="tag" data-tone="accent">
            {one.outcome}
          </span>{" "}
          {one.fields.map((field) => (
            <span key={field.name}>
              {field.name}{" "}
              <span className="mono">
                {field.value === null ? "not shown" : shownValue(field.value)}
              </span>{" "}
            </span>
          ))}
        </p>
      ))}
    </section>
  );
}
