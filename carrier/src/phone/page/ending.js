/** How a call ended, for the person on this side of it. */
export function endingOf(kind, { reason, by, seconds }) {
  const mine = kind === "caller" ? "caller" : "callee";
  if (reason === "completed") {
    const who = {
      [mine]: "you hung up",
      application: "the application hung up",
      carrier: "the carrier ended it",
    };
    return `Call ended after ${seconds} s: ${who[by] ?? "the other side hung up"}`;
  }
  if (kind === "called") {
    if (reason === "busy") return "Declined";
    if (reason === "no-answer") return "Missed call";
    if (reason === "canceled") {
      const who = { callee: "Answered elsewhere", caller: "The caller gave up" };
      return who[by] ?? "The application stopped ringing here";
    }
  }
  return (
    { busy: "Busy", "no-answer": "No answer", failed: "The call failed", canceled: "Canceled" }[reason] ??
    reason
  );
}
