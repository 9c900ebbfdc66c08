/** Opening hours as a week of days: what is open when, hours over midnight carried into the next morning. Pure. */
export interface OpenSpan {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

export interface Day {
  readonly day: string;
  /** Minutes of the day, in order, `until` not included. */
  readonly open: readonly { readonly from: number; readonly until: number }[];
}

const wholeDay = 24 * 60;

export function weekOf(hours: readonly OpenSpan[], days: readonly string[]): readonly Day[] {
  const open = days.map((): { from: number; until: number }[] => []);
  for (const span of hours) {
    const [from, until] = [minutes(span.from), minutes(span.to)];
    if (from === null || until === null) continue;
    for (const day of span.days) {
      const at = days.indexOf(day);
      if (at < 0) continue;
      open[at]?.push({ from, until: until > from ? until : wholeDay });
      if (until <= from && until > 0) open[(at + 1) % days.length]?.push({ from: 0, until });
    }
  }
  return days.map((day, at) => ({ day, open: joined(open[at] ?? []) }));
}

function joined(spans: readonly { from: number; until: number }[]) {
  const inOrder = [...spans].sort((a, b) => a.from - b.from);
  const all: { from: number; until: number }[] = [];
  for (const one of inOrder) {
    const last = all.at(-1);
    if (last && one.from <= last.until) last.until = Math.max(last.until, one.until);
    else all.push({ ...one });
  }
  return all;
}

function minutes(time: string): number | null {
  const match = /^(\d\d):(\d\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** `09:00–12:00, 13:00–17:00`, or `closed`. */
export function toldDay({ open }: Day): string {
  const told = (at: number) =>
    `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  return open.length === 0 ? "closed" : open.map((one) => `${told(one.from)}–${told(one.until)}`).join(", ");
}
