import { Link } from "wouter";
import type { CallSummary } from "../api.ts";
import { dayAndTime, duration } from "../frame/clock.ts";

/** Calls, newest first. */
export function CallTable({ calls, withFlow = true }: { calls: readonly CallSummary[]; withFlow?: boolean }) {
  return (
    <table className="table" aria-label="Calls">
      <thead>
        <tr>
          <th>Started</th>
          <th>From</th>
          <th>To</th>
          {withFlow && <th>Flow</th>}
          <th>Version</th>
          <th>State</th>
          <th className="number">Length</th>
          <th className="number">Turns</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id} data-call-id={call.id}>
            <td>
              <Link href={`/calls/${call.id}`}>{dayAndTime(call.startedAt)}</Link>
            </td>
            <td className="mono">{call.from}</td>
            <td className="mono">{call.to}</td>
            {withFlow && <td>{call.flowName}</td>}
            <td>{call.version}</td>
            <td>
              <CallState call={call} />
            </td>
            <td className="number">
              {call.endedAt === null ? "–" : duration(call.endedAt - call.startedAt)}
            </td>
            <td className="number">{call.turns}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CallState({ call }: { call: CallSummary }) {
  if (call.status === "live")
    return (
      <span className="tag" data-tone="live">
        Live
      </span>
    );
  const failed = call.reason === "failed" || call.disposition === "internal-error";
  return (
    <span className="tag" data-tone={failed ? "error" : undefined}>
      {call.disposition ?? call.reason ?? "ended"}
    </span>
  );
}
