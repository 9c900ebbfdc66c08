import { IconAlertCircleFilled, IconAlertTriangleFilled, IconShieldLock } from "@tabler/icons-react";
import { glanceOf } from "@trunkline/schema/document";
import { Handle, type NodeProps, Position, type ReactFlowState, useStore } from "@xyflow/react";
import { memo } from "react";
import { duration } from "../frame/clock.ts";
import { cardHeight, drawnOutcomes, glanceLines, isNote } from "./geometry.ts";
import type { CardData, CardNode } from "./graph.ts";
import { groupColor, KindIcon } from "./kind-icon.tsx";
import css from "./node-card.module.css";
import type { WalkedNode } from "./walk.ts";

type Detail = "near" | "mid" | "far";

const detailOf = (state: ReactFlowState): Detail =>
  state.transform[2] < 0.15 ? "far" : state.transform[2] < 0.5 ? "mid" : "near";

/** The farther away, the larger a card is written: at a fifth its title and what decided still read. */
const sizeOf = (state: ReactFlowState) =>
  state.transform[2] < 0.25 ? "tiny" : state.transform[2] < 0.36 ? "small" : undefined;

/**
 * A node on the canvas. Zoomed out it draws less: its title only below 50 %, below 15 % a coloured shape, unless a call
 * came by: the path stays readable.
 */
export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const distance = useStore(detailOf);
  const size = useStore(sizeOf);
  const { node, state, walked, badge } = data;
  const detail = distance === "far" && walked ? "mid" : distance;
  const tiny = detail === "mid" && size === "tiny";
  const titleLine = tiny ? 46 : 32;
  const common = {
    className: css.card,
    style: { "--group": groupColor(node.kind) } as React.CSSProperties, // a custom property React's types do not know
    "data-node-id": id,
    "data-state": state,
    "data-order": walked?.orders.join(" ") || undefined,
    "data-detail": detail,
    "data-size": (detail === "mid" && size) || undefined,
    "data-selected": selected || undefined,
    "data-note": isNote(node) || undefined,
  };
  // An end, or a caller who hung up: no row of the card tells the time, so its header does.
  const leftByRow = drawnOutcomes(node).some((one) => one.name === walked?.left?.outcome);
  if (detail === "far")
    return (
      <div {...common}>
        <Anchors data={data} />
      </div>
    );
  return (
    <div {...common}>
      {node.kind !== "start" && (
        <Handle
          id="in"
          type="target"
          position={Position.Left}
          className={css.target}
          isConnectable={!data.fixed}
        />
      )}
      <div className={css.header}>
        {!tiny && <KindIcon kind={node.kind} size={detail === "mid" ? 28 : 16} />}
        <span
          className={css.title}
          style={
            detail === "mid"
              ? {
                  WebkitLineClamp: Math.min(
                    3,
                    Math.max(1, Math.floor((cardHeight(node) - (walked?.left ? 28 : 16)) / titleLine)),
                  ),
                }
              : {}
          }
        >
          {node.title}
        </span>
        {detail === "near" && data.phi && (
          <IconShieldLock size={14} className={css.phi} role="img" aria-label="Touches PHI" />
        )}
        {badge && <Problem badge={badge} />}
        {detail === "near" && walked?.left && !leftByRow && (
          <time className={css.time} title="From the start of the call">
            {duration(walked.left.after)}
          </time>
        )}
        {walked && (
          <span className={css.order} title="When the call came here">
            {walked.orders.join("·")}
          </span>
        )}
      </div>
      {detail === "near" && glanceLines(node) > 0 && (
        <div
          className={css.glance}
          data-lines={glanceLines(node) > 1 ? "more" : 1}
          style={{ height: glanceLines(node) * 18, WebkitLineClamp: glanceLines(node) }}
        >
          {glanceOf(node)}
        </div>
      )}
      <div className={css.rows}>
        {drawnOutcomes(node).map((outcome) => {
          const taken = walked?.left?.outcome === outcome.name;
          return (
            <div
              key={outcome.name}
              className={css.row}
              data-outcome={outcome.name}
              data-failure={outcome.failure || undefined}
              data-wired={outcome.name in node.next || undefined}
              data-taken={taken || undefined}
            >
              {detail === "near" && <span className={css.label}>{outcome.label}</span>}
              {detail === "near" && taken && walked.left && <Decided left={walked.left} />}
              <Handle
                id={outcome.name}
                type="source"
                position={Position.Right}
                className={css.source}
                isConnectable={!data.fixed}
                role="img"
                aria-label={`${node.title}: ${outcome.label}${outcome.name in node.next ? "" : ", not wired"}`}
              />
            </div>
          );
        })}
      </div>
      {detail === "mid" && walked?.left && (
        <div className={css.below}>
          <Decided left={walked.left} />
        </div>
      )}
    </div>
  );
});

/** What decided the way out, if anything did, and when: minutes and seconds of the call. */
function Decided({ left }: { left: NonNullable<WalkedNode["left"]> }) {
  return (
    <span className={css.decided}>
      {left.value !== "" && (
        <span className={css.value} title={left.value}>
          {left.value}
        </span>
      )}
      <time className={css.time} title="From the start of the call">
        {duration(left.after)}
      </time>
    </span>
  );
}

/** Where edges end when the card is too small to be wired by hand: plain elements, without React Flow's listeners. */
function Anchors({ data }: { data: CardData }) {
  const { node } = data;
  return (
    <>
      <div
        className={`react-flow__handle target ${css.anchor}`}
        data-handleid="in"
        data-handlepos="left"
        style={{ left: 0, top: 18 }}
      />
      {drawnOutcomes(node).map((outcome, row) => (
        <div
          key={outcome.name}
          className={`react-flow__handle source ${css.anchor}`}
          data-handleid={outcome.name}
          data-handlepos="right"
          style={{ right: 0, top: 48 + glanceLines(node) * 18 + row * 24 }}
        />
      ))}
    </>
  );
}

function Problem({ badge }: { badge: "error" | "warning" }) {
  return badge === "error" ? (
    <IconAlertCircleFilled size={15} className={css.error} role="img" aria-label="Has an error" />
  ) : (
    <IconAlertTriangleFilled size={15} className={css.warning} role="img" aria-label="Has a warning" />
  );
}
