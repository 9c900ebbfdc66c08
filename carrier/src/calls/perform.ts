/**
 * Performs a document's verbs from top to bottom (protocol 5) and says what comes next for the call.
 * Doorway: `perform(stage, document)`. It stops within one verb when `stage.stop` fires; whoever fired it owns the call then.
 */
import type { AlertLog } from "../alerts.ts";
import type { Clock } from "../clock.ts";
import type { GatherVerb, Prompt, Verb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { Call } from "./call.ts";
import { type Gathered, gather } from "./gather.ts";
import type { Line } from "./line.ts";
import type { CallDocument, Source } from "./load-document.ts";

export interface Stage {
  readonly clock: Clock;
  readonly alerts: AlertLog;
  readonly call: Call;
  readonly line: Line;
  readonly stop: AbortSignal;
  /** Picks the call up if nobody has yet: an inbound call is answered by the first verb that needs audio (protocol 3). */
  answer(): void;
}

/** What a verb, or a whole document, leads to. */
export type Next =
  | { readonly go: "next-verb" }
  | { readonly go: "document"; readonly source: Source }
  | { readonly go: "hang-up" }
  /** Refused without an answer. */
  | { readonly go: "refuse"; readonly status: "busy" | "no-answer" }
  | { readonly go: "fail"; readonly code: number; readonly message: string };

const nextVerb: Next = { go: "next-verb" };

/** Never answers `next-verb`: a document that runs out hangs up. */
export async function perform(stage: Stage, document: CallDocument): Promise<Next> {
  for (const verb of document.verbs) {
    const next = await performVerb(stage, document, verb);
    if (stage.stop.aborted || next.go !== "next-verb") return next;
  }
  stage.answer();
  return { go: "hang-up" };
}

async function performVerb(stage: Stage, document: CallDocument, verb: Verb): Promise<Next> {
  switch (verb.kind) {
    case "say":
    case "play":
    case "pause":
      if (verb.kind !== "pause") stage.answer();
      await performPrompt(stage, verb, stage.stop);
      return nextVerb;
    case "gather":
      stage.answer();
      return performGather(stage, document, verb);
    case "redirect":
      return goTo(document, verb.url, verb.method, []);
    case "hangup":
      // Unlike Reject, a Hangup in first place does not prevent the answer.
      stage.answer();
      return { go: "hang-up" };
    case "reject":
      if (stage.call.answeredAt !== null) return { go: "hang-up" };
      return { go: "refuse", status: verb.reason === "busy" ? "busy" : "no-answer" };
    case "other":
      reportUnperformed(stage, document, `<${verb.element.name}>`);
      return nextVerb;
  }
}

function reportUnperformed(stage: Stage, document: CallDocument, what: string): void {
  const message = `${what} is not performed by this carrier: skipped`;
  const url = document.origin?.url;
  stage.alerts.add({ level: "warning", code: null, message, callSid: stage.call.sid, url });
}

async function performPrompt({ line }: Stage, verb: Prompt, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  if (verb.kind === "pause") {
    line.person.silence(verb.seconds);
    return line.wait(verb.seconds * 1000, stop);
  }
  for (let round = 0; round < verb.loop && !stop.aborted; round++) {
    if (verb.kind === "say") await line.say(verb, stop);
    else await line.play(verb, stop);
  }
}

/** Rules 4 to 6 of Gather: input goes to the action; none falls through, unless the empty result is wanted too. */
async function performGather(stage: Stage, document: CallDocument, verb: GatherVerb): Promise<Next> {
  if (verb.partialResultCallback !== null)
    reportUnperformed(stage, document, "<Gather partialResultCallback>");
  const result = await gather(stage.clock, stage.line, verb, stage.stop, async (stop) => {
    for (const prompt of verb.prompts) if (!stop.aborted) await performPrompt(stage, prompt, stop);
  });
  if (stage.stop.aborted) return nextVerb;
  if (result.kind === "nothing" && !verb.actionOnEmptyResult) return nextVerb;
  return goTo(document, verb.action ?? "", verb.method, gatherParameters(verb, result));
}

function gatherParameters(verb: GatherVerb, result: Gathered): Parameters {
  const end = ["msg", "Gather End"] as const;
  switch (result.kind) {
    case "digits":
      return [["Digits", result.digits], ["FinishedOnKey", result.finishedOnKey], end];
    case "speech":
      return [
        ["SpeechResult", result.text],
        ["Confidence", String(result.confidence)],
        ["Language", verb.language],
        end,
      ];
    case "nothing":
      return [
        ...(verb.dtmf
          ? ([
              ["Digits", ""],
              ["FinishedOnKey", result.finishedOnKey],
            ] as const)
          : []),
        ...(verb.speech
          ? ([
              ["SpeechResult", ""],
              ["Language", verb.language],
            ] as const)
          : []),
        end,
      ];
  }
}

/** The next document: relative URLs resolve against the current one, "" is the current one itself. Inline TwiML has no base: 15004. */
function goTo(document: CallDocument, url: string, method: "GET" | "POST", parameters: Parameters): Next {
  const resolved = document.origin
    ? URL.parse(url === "" ? document.origin.url : url, document.origin.url)
    : URL.parse(url);
  if (resolved) return { go: "document", source: { kind: "url", url: resolved.href, method, parameters } };
  const found = url === "" ? "the current document, which came inline" : url;
  const code = document.origin ? 11100 : 15004;
  return { go: "fail", code, message: `expected an absolute URL, found ${found}` };
}
