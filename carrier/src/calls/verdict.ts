/** Machine detection that does not hold up the call: the verdict is found beside it and told to a callback (protocol 7). */
import type { Clock } from "../clock/clock.ts";
import type { MachineDetection } from "../twiml/machine-detection.ts";
import type { Inform } from "../webhooks/inform.ts";
import { type Address, verdictParameters } from "./call.ts";
import type { LiveCall } from "./live-call.ts";
import { detectMachine } from "./machine-detection.ts";

/** Begun at the answer. A call that ends before anybody knows is `unknown`; it is told all the same. */
export async function reportVerdict(
  parts: { readonly clock: Clock; readonly inform: Inform },
  { call, line, over }: Pick<LiveCall, "call" | "line" | "over">,
  settings: MachineDetection,
  callback: Address | null,
): Promise<void> {
  const from = parts.clock.now();
  const found = await detectMachine(parts.clock, line, settings, over.signal);
  call.verdict = found ?? { answeredBy: "unknown", durationMs: parts.clock.now() - from };
  if (callback === null) return;
  const about = [
    ["AccountSid", call.accountSid],
    ["CallSid", call.sid],
  ] as const;
  const parameters = [...about, ...verdictParameters(call.verdict)];
  parts.inform({ about: "machine-detection", sid: call.sid, address: callback, parameters });
}
