/**
 * Performs a document's verbs from top to bottom (protocol 5) and says what comes next for the call.
 * Doorway: `perform(stage, document)`. It stops within one verb when `stage.stop` fires; whoever fired it owns the call then.
 */
import { limits } from "../limits.ts";
import type { GatherVerb, PlayVerb, Prompt, Verb } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";
import { performConnect, performStart, performStop } from "./connect.ts";
import { performDial } from "./dial.ts";
import { performEcho } from "./echo.ts";
import { performEnqueue } from "./enqueue.ts";
import { type Gathered, gather } from "./gather.ts";
import type { CallDocument } from "./load-document.ts";
import { orStopped } from "./or-stopped.ts";
import { tellPartialResults } from "./partial-results.ts";
import { performRecord } from "./record.ts";
import { performRefer } from "./refer.ts";
import { refusePay, refuseSession } from "./refused.ts";
import { performSms } from "./sms.ts";
import { goTo, type Next, nextVerb, reportUnperformed, resolve, type Stage, type Within } from "./stage.ts";

/** Never answers `next-verb`: a document that runs out is `over`. */
export async function perform(stage: Stage, document: CallDocument): Promise<Next> {
  for (const verb of document.verbs) {
    const misplaced = misplacedIn(stage.within, verb);
    if (misplaced) return misplaced;
    const next = await performVerb(stage, document, verb);
    if (stage.stop.aborted || next.go !== "next-verb") return next;
  }
  stage.answer();
  const endsCall = document.plain !== null && ["call", "refer", "whisper"].includes(stage.within);
  return { go: endsCall ? "hang-up" : "over" };
}

/** Verbs that may stand in documents beside a call, and the code of others (protocol 5, Conference). */
const allowed = {
  conference: {
    kinds: ["say", "play", "pause", "redirect"],
    code: 13238,
    where: "a waitUrl, holdUrl or announceUrl",
  },
  queue: {
    kinds: ["say", "play", "pause", "redirect", "hangup", "leave", "gather"],
    code: 14202,
    where: "a queue's waitUrl",
  },
  "queue-whisper": { kinds: ["say", "play", "pause", "redirect"], code: 14211, where: "a Queue's url" },
} as const satisfies Partial<Record<Within, { kinds: readonly Verb["kind"][]; code: number; where: string }>>;

function misplacedIn(within: Within, verb: Verb): Next | null {
  if (within === "call" || within === "refer" || within === "whisper") return null;
  const { kinds, code, where } = allowed[within];
  if (kinds.some((kind) => kind === verb.kind)) return null;
  const name = verb.kind === "other" ? verb.element.name : verb.kind;
  return {
    go: "fail",
    code,
    message: `expected ${kinds.join(", ")} in the TwiML of ${where}, found ${name}`,
  };
}

async function performVerb(stage: Stage, document: CallDocument, verb: Verb): Promise<Next> {
  switch (verb.kind) {
    case "say":
    case "play":
    case "pause":
      if (verb.kind !== "pause") stage.answer();
      await performPrompt(stage, document, verb, stage.stop, 13420);
      return nextVerb;
    case "gather":
      stage.answer();
      return performGather(stage, document, verb);
    case "record":
      if (stage.within === "whisper") return notInWhisper(stage, document, "<Record>");
      stage.answer();
      return performRecord(stage, document, verb);
    case "dial":
      if (stage.within === "whisper")
        return { go: "fail", code: 13201, message: "Dial: Cannot Dial out from a Dial Call Segment" };
      return performDial(stage, document, verb);
    case "enqueue":
      if (stage.within === "whisper") return notInWhisper(stage, document, "<Enqueue>");
      return performEnqueue(stage, document, verb);
    case "connect":
      if (stage.within === "whisper") return notInWhisper(stage, document, "<Connect>");
      return performConnect(stage, document, verb);
    case "session":
      return refuseSession(stage, document, verb);
    case "pay":
      return refusePay(stage, document, verb);
    case "sms":
      return performSms(stage, document, verb);
    case "echo":
      return performEcho(stage);
    case "refer":
      return performRefer(stage, document, verb);
    case "start":
      return performStart(stage, document, verb);
    case "stop":
      return performStop(stage, document, verb);
    case "leave":
      if (stage.within === "queue") return { go: "leave" };
      reportUnperformed(stage, document, "<Leave> outside of a queue");
      return nextVerb;
    case "redirect":
      return goTo(document, verb.url, verb.method, []);
    case "hangup":
      // Unlike Reject, a Hangup in first place does not prevent the answer.
      stage.answer();
      stage.call.returned = verb.returned;
      return { go: "hang-up" };
    case "reject":
      stage.call.returned = verb.returned;
      if (stage.call.answeredAt !== null) return { go: "hang-up" };
      return { go: "refuse", status: verb.reason === "busy" ? "busy" : "no-answer" };
    case "other": {
      const { name, children } = verb.element;
      const noun = children.find((child) => typeof child !== "string");
      reportUnperformed(stage, document, noun ? `<${name}><${noun.name}>` : `<${name}>`);
      return nextVerb;
    }
  }
}

function notInWhisper(stage: Stage, document: CallDocument, what: string): Next {
  reportUnperformed(stage, document, `${what} in the document of a dialled number`);
  return nextVerb;
}

async function performPrompt(
  stage: Stage,
  document: CallDocument,
  verb: Prompt,
  stop: AbortSignal,
  wrongType: 13420 | 13325,
): Promise<void> {
  const { line } = stage;
  if (stop.aborted) return;
  if (verb.kind === "pause") {
    line.person.silence(verb.seconds);
    return line.wait(verb.seconds * 1000, stop);
  }
  if (verb.kind === "play" && verb.digits === null)
    return performMedia(stage, document, verb, stop, wrongType);
  for (let round = 0; round < verb.loop && !stop.aborted; round++) {
    if (verb.kind === "say") await line.say(verb, stop);
    else await line.play(verb, stop);
  }
}

/** Media that cannot be had are skipped: what follows is performed. A choice of ours. */
async function performMedia(
  stage: Stage,
  document: CallDocument,
  verb: PlayVerb,
  stop: AbortSignal,
  wrongType: 13420 | 13325,
): Promise<void> {
  const { alerts, call, line, media } = stage;
  const url = verb.url === null ? null : resolve(document, verb.url);
  if (url === null) {
    const message = `Play: expected the URL of media, found ${verb.url ?? "none"}`;
    return alerts.add({ level: "error", code: 11100, message, callSid: call.sid });
  }
  const playable = await orStopped(
    media.get(url, { callSid: call.sid, wrongType, answered: verb.answered }),
    stop,
  );
  if (playable === null) return;
  const rounds = verb.answered && stage.loopsMedia ? limits.loops : verb.loop;
  for (let round = 0; round < rounds && !stop.aborted; round++) await line.play(verb, stop, playable);
}

/** Rules 4 to 6 of Gather: input goes to the action; none falls through, unless the empty result is wanted too. */
async function performGather(stage: Stage, document: CallDocument, verb: GatherVerb): Promise<Next> {
  const unlisten = tellPartialResults(stage, document, verb);
  const result = await gather(stage.clock, stage.line, verb, stage.stop, async (stop) => {
    for (const prompt of verb.prompts)
      if (!stop.aborted) await performPrompt(stage, document, prompt, stop, 13325);
  });
  unlisten();
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
