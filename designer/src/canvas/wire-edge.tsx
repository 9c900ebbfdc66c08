import { BaseEdge, type EdgeProps, getSmoothStepPath, type ReactFlowState, useStore } from "@xyflow/react";
import { memo } from "react";
import css from "./canvas.module.css";
import type { WireEdge as Wire } from "./graph.ts";

const isFar = (state: ReactFlowState) => state.transform[2] < 0.15;

/** An outcome's way to its target: rounded steps; ways back are dashed; the walked path is lit. Far out, a plain line. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<Wire>) {
  const far = useStore(isFar);
  const { id, data, selected, sourceX, sourceY, targetX, targetY } = props;
  const marks = {
    className: css.wire,
    "data-wire": id,
    "data-state": data?.state,
    "data-back": (data?.back && !far) || undefined,
    "data-selected": selected || undefined,
  };
  if (far) return <path d={`M${sourceX},${sourceY}L${targetX},${targetY}`} fill="none" {...marks} />;
  const [path] = getSmoothStepPath({ ...props, borderRadius: 10, offset: data?.back ? 28 : 20 });
  return (
    <BaseEdge
      id={id}
      path={path}
      {...(props.markerEnd ? { markerEnd: props.markerEnd } : {})}
      interactionWidth={16}
      {...marks}
    />
  );
});
