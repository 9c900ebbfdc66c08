/** Times as people read them. */
export function clockTime(at: string | number): string {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

export function dayAndTime(at: string | number): string {
  const day = new Date(at);
  const today = new Date().toDateString() === day.toDateString();
  return today
    ? `Today ${clockTime(at)}`
    : `${day.toLocaleDateString([], { month: "short", day: "numeric", year: "numeric" })} ${clockTime(at)}`;
}

/** 65_000 → "1:05". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
