/**
 * The drawing of a flow. With `edit` it can be changed, without it is a picture (a version, a call). The document is
 * the only truth: React Flow's own state holds no more than positions during a drag, and selection.
 */
import "@xyflow/react/dist/base.css";
import { Button } from "@mantine/core";
import { IconPlus, IconSitemap } from "@tabler/icons-react";
import type { FlowDocument } from "@trunkline/schema/document";
import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
} from "@xyflow/react";
import {
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Point, Wire } from "../document/command.ts";
import { addNode } from "../document/commands/add-node.ts";
import { connect } from "../document/commands/connect.ts";
import { moveNodes } from "../document/commands/move-nodes.ts";
import type { DocumentStore } from "../document/store.ts";
import { late } from "../late/late.ts";
import css from "./canvas.module.css";
import { lastThatFit, pathCards } from "./fit-path.ts";
import { cardWidth } from "./geometry.ts";
import { type Badge, type CardNode, toEdges, toNodes, type WireEdge as WireType } from "./graph.ts";
import { groupColor } from "./kind-icon.tsx";
import { NodeCard } from "./node-card.tsx";
import type { Walk } from "./walk.ts";
import { WireEdge } from "./wire-edge.tsx";

/** What others may ask of the canvas. */
export interface CanvasHandle {
  zoomTo(node: string): void;
  fit(): void;
  openPalette(): void;
  tidy(): void;
  /** The point of the flow in the middle of the window. */
  middle(): Point;
}

export interface CanvasProps {
  readonly flow: FlowDocument;
  readonly edit?: DocumentStore["run"];
  readonly badges?: ReadonlyMap<string, Badge>;
  readonly walk?: Walk | null;
  readonly selected: readonly string[];
  onSelect(nodes: readonly string[], wires: readonly Wire[]): void;
  onOpen?(node: string): void;
  /** The flow stands on the screen. */
  onDrawn?(): void;
  readonly handle?: React.Ref<CanvasHandle>;
  readonly label: string;
}

const Palette = late(() => import("./palette.tsx").then((one) => one.Palette));

const nodeTypes = { card: NodeCard };
const edgeTypes = { wire: WireEdge };
const noBadges: ReadonlyMap<string, Badge> = new Map();
const fitOptions = { padding: 0.06, maxZoom: 1, minZoom: 0.12 };
/** Farther away than this not even a walked card reads: a path that is longer shows its end. */
const leastPathZoom = 0.2;

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

interface Adding {
  readonly at: { readonly left: number; readonly top: number };
  readonly place: Point;
  readonly from?: Wire;
}

function Drawing({
  flow,
  edit,
  badges = noBadges,
  walk = null,
  selected,
  onSelect,
  onOpen,
  onDrawn,
  handle,
  label,
}: CanvasProps) {
  const { fitView, screenToFlowPosition } = useReactFlow<CardNode, WireType>();
  const store = useStoreApi<CardNode, WireType>();
  const size = useStore((state) => `${state.width} × ${state.height}`);
  // What the window was last fitted to; null since somebody moved it by hand.
  const fitted = useRef<"flow" | "path" | null>(edit === undefined && walk ? "path" : "flow");
  const latestWalk = useRef(walk);
  latestWalk.current = walk;
  const fit = useCallback(
    (what: "flow" | "path", ms = 120) => {
      fitted.current = what;
      const { width, height, nodeLookup } = store.getState();
      const cards = what === "path" ? pathCards(latestWalk.current, nodeLookup) : [];
      const readable = { width: width / leastPathZoom, height: height / leastPathZoom };
      const path = lastThatFit(cards, readable);
      void fitView({ ...fitOptions, duration: ms, ...(path.length > 0 ? { nodes: [...path] } : {}) });
    },
    [fitView, store],
  );
  const moved = () => {
    fitted.current = null;
  };
  const box = useRef<HTMLDivElement>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const fixed = edit === undefined;
  const overlay = useMemo(() => ({ badges, walk, fixed }), [badges, walk, fixed]);
  const [nodes, setNodes] = useState<CardNode[]>(() => toNodes(flow, overlay, []));
  const [edges, setEdges] = useState<WireType[]>(() => toEdges(flow, overlay, []));

  useLayoutEffect(() => {
    const chosen = new Set(selected);
    setNodes((before) =>
      toNodes(flow, overlay, before).map((node) =>
        Boolean(node.selected) === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) },
      ),
    );
    setEdges((before) => toEdges(flow, overlay, before));
  }, [flow, overlay, selected]);

  const openPalette = useCallback(
    (place?: Point, at?: { left: number; top: number }, from?: Wire) => {
      const frame = box.current?.getBoundingClientRect();
      if (!frame) return;
      const centre = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
      const spot = at ?? { left: frame.width / 2 - 150, top: 60 };
      const held = {
        left: Math.max(8, Math.min(spot.left, frame.width - 308)),
        top: Math.max(8, Math.min(spot.top, frame.height - 388)),
      };
      setAdding({ at: held, place: place ?? screenToFlowPosition(centre), ...(from ? { from } : {}) });
    },
    [screenToFlowPosition],
  );

  const tidy = () =>
    void import("./layout.ts").then(({ layoutFlow }) => {
      edit?.(moveNodes, { places: layoutFlow(flow), name: "Tidy the layout" });
      requestAnimationFrame(() => fit("flow"));
    });
  useImperativeHandle(handle, () => ({
    zoomTo: (node) => {
      moved();
      void fitView({ nodes: [{ id: node }], padding: 0.4, maxZoom: 1, minZoom: 0.75, duration: 120 });
    },
    fit: () => fit("flow"),
    openPalette: () => openPalette(),
    tidy,
    middle: () => {
      const frame = box.current?.getBoundingClientRect();
      return frame
        ? screenToFlowPosition({ x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 })
        : { x: 0, y: 0 };
    },
  }));

  // The call moves on: keep the node it is at in sight.
  const current = walk?.current ?? null;
  useEffect(() => {
    if (!current) return;
    fitted.current = null;
    void fitView({ nodes: [{ id: current }], padding: 0.6, maxZoom: 0.9, minZoom: 0.5, duration: 140 });
  }, [current, fitView]);
  // The call is over: show the path it took, not only where it ended.
  const before = useRef(current);
  useEffect(() => {
    if (before.current && !current && latestWalk.current) fit("path");
    before.current = current;
  }, [current, fit]);
  // A finished call's path stays in sight while its last entries arrive; live, the effects above lead.
  const path = !current ? [...(walk?.nodes.keys() ?? [])].join(" ") : "";
  useEffect(() => {
    if (path && (fixed || fitted.current === "path")) fit("path", 0);
  }, [path, fixed, fit]);
  // The window or a pane got another size: what was fitted stays fitted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what it waits for
  useEffect(() => {
    if (fitted.current) fit(fitted.current, 0);
  }, [size, fit]);

  const select = (kept: readonly CardNode[], wires: readonly WireType[]) =>
    onSelect(
      kept.flatMap((node) => (node.selected ? [node.id] : [])),
      wires.flatMap((edge) =>
        edge.selected && edge.data ? [{ node: edge.data.node, outcome: edge.data.outcome }] : [],
      ),
    );
  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    const next = applyNodeChanges(
      changes.filter((one) => one.type !== "dimensions"),
      nodes,
    );
    setNodes(next);
    if (changes.some((one) => one.type === "select")) select(next, edges);
  };
  const onEdgesChange = (changes: EdgeChange<WireType>[]) => {
    const next = applyEdgeChanges(changes, edges);
    setEdges(next);
    if (changes.some((one) => one.type === "select")) select(nodes, next);
  };
  const wire = (connection: Connection, instead?: Wire) => {
    if (!connection.sourceHandle) return;
    edit?.(connect, {
      from: { node: connection.source, outcome: connection.sourceHandle },
      to: connection.target,
      ...(instead ? { instead } : {}),
    });
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromHandle, fromNode } = state;
    if (!edit || state.isValid || !fromHandle?.id || !fromNode || fromHandle.type !== "source") return;
    const from = { node: fromNode.id, outcome: fromHandle.id };
    const point = "clientX" in event ? event : event.changedTouches[0];
    if (!point) return;
    const target = nodeAt(point);
    if (target) return void edit(connect, { from, to: target });
    const frame = box.current?.getBoundingClientRect();
    if (!frame) return;
    const place = screenToFlowPosition({ x: point.clientX, y: point.clientY });
    openPalette(
      { x: place.x, y: place.y - 16 },
      { left: point.clientX - frame.left, top: point.clientY - frame.top },
      from,
    );
  };
  const choose = (kind: string) => {
    if (!adding || !edit) return;
    const { place, from } = adding;
    const at = from ? place : { x: place.x - cardWidth / 2, y: place.y - 40 };
    const ran = edit(addNode, { kind, at, ...(from ? { from } : {}) });
    setAdding(null);
    if ("select" in ran && ran.select) onSelect(ran.select, []);
  };

  return (
    <div
      ref={box}
      style={{ position: "relative", width: "100%", height: "100%" }}
      onPointerDownCapture={(event) =>
        event.target instanceof Element && event.target.closest(".react-flow__minimap") && moved()
      }
    >
      <ReactFlow<CardNode, WireType>
        className={css.canvas}
        aria-label={label}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={(connection) => wire(connection)}
        onConnectEnd={onConnectEnd}
        onReconnect={(edge, connection) => edge.data && wire(connection, edge.data)}
        onReconnectEnd={(event, edge, _type, state) => {
          const point = "clientX" in event ? event : event.changedTouches[0];
          const to = !state.isValid && state.fromHandle?.type === "source" && point && nodeAt(point);
          if (to && edge.data) edit?.(connect, { from: edge.data, to });
        }}
        onNodeDragStop={(_event, _node, moved) =>
          edit?.(moveNodes, { places: Object.fromEntries(moved.map((node) => [node.id, node.position])) })
        }
        onSelectionDragStop={(_event, moved) =>
          edit?.(moveNodes, { places: Object.fromEntries(moved.map((node) => [node.id, node.position])) })
        }
        onNodeDoubleClick={(_event, node) => onOpen?.(node.id)}
        onMoveStart={(event) => event && moved()}
        onInit={() => requestAnimationFrame(() => requestAnimationFrame(() => onDrawn?.()))}
        onlyRenderVisibleElements
        fitView
        fitViewOptions={fitOptions}
        minZoom={0.08}
        maxZoom={1.75}
        snapToGrid
        snapGrid={[8, 8]}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={["Meta", "Control", "Shift"]}
        panActivationKeyCode={null}
        disableKeyboardA11y
        connectionRadius={28}
        nodesConnectable={!fixed}
        nodeDragThreshold={2}
        edgesReconnectable={!fixed}
        elevateNodesOnSelect={false}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--grid)" />
        <Controls
          showInteractive={false}
          position="bottom-left"
          fitViewOptions={fitOptions}
          onZoomIn={moved}
          onZoomOut={moved}
          onFitView={() => fit(walk ? "path" : "flow")}
        />
        <MiniMap<CardNode>
          pannable
          zoomable
          ariaLabel="Overview of the flow"
          style={{ width: 148, height: 96 }}
          bgColor="var(--surface)"
          maskColor="color-mix(in oklab, var(--ground) 75%, transparent)"
          nodeColor={(node) =>
            node.data.state === "walked" || node.data.state === "current"
              ? "var(--accent)"
              : groupColor(node.data.node.kind)
          }
          nodeBorderRadius={16}
        />
        {edit && (
          <Panel position="top-left" className={css.tools ?? ""}>
            <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => openPalette()}>
              Add node
            </Button>
            <Button variant="default" leftSection={<IconSitemap size={14} />} onClick={tidy}>
              Tidy
            </Button>
          </Panel>
        )}
      </ReactFlow>
      <Suspense>
        {adding && <Palette at={adding.at} onChoose={choose} onClose={() => setAdding(null)} />}
      </Suspense>
    </div>
  );
}

/** The node whose card is at a point of the window: a wire may be dropped anywhere on it. */
function nodeAt(point: { readonly clientX: number; readonly clientY: number }): string | null | undefined {
  const under = document.elementFromPoint(point.clientX, point.clientY)?.closest("[data-node-id]");
  return under?.getAttribute("data-node-id");
}
