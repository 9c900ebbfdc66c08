import css from "./editor.module.css";

interface ResizerProps {
  readonly label: string;
  readonly along: "width" | "height";
  readonly size: number;
  readonly least: number;
  /** The canvas keeps at least half the window. */
  readonly most: number;
  onResize(size: number): void;
}

/** A border to drag; the arrow keys move it too. Growing is towards the canvas. */
export function Resizer({ label, along, size, least, most, onResize }: ResizerProps) {
  const held = (value: number) => Math.round(Math.max(least, Math.min(most, value)));
  const down = (event: React.PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const from = along === "width" ? event.clientX : event.clientY;
    target.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent) =>
      onResize(held(size + from - (along === "width" ? next.clientX : next.clientY)));
    const up = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", up);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", up);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: 16, ArrowUp: 16, ArrowRight: -16, ArrowDown: -16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(held(size + step));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={along === "width" ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={Math.round(most)}
      className={css[along]}
      onPointerDown={down}
      onKeyDown={onKeyDown}
    />
  );
}
