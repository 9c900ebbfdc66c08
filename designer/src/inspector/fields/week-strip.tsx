import css from "../inspector.module.css";
import { type OpenSpan, toldDay, weekOf } from "./week.ts";

const wholeDay = 24 * 60;

/** The hours as a week one can read: a line a day, from midnight to midnight. */
export function WeekStrip({ hours, days }: { hours: readonly OpenSpan[]; days: readonly string[] }) {
  return (
    <dl className={css.week} aria-label="The week">
      {weekOf(hours, days).map((one) => (
        <div key={one.day}>
          <dt>{one.day.slice(0, 1).toUpperCase() + one.day.slice(1, 3)}</dt>
          <dd>
            <span className={css.bar} aria-hidden>
              {one.open.map((span) => (
                <span
                  key={span.from}
                  style={{
                    left: `${(span.from / wholeDay) * 100}%`,
                    width: `${((span.until - span.from) / wholeDay) * 100}%`,
                  }}
                />
              ))}
            </span>
            <span className="tabular">{toldDay(one)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
