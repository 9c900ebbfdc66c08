/**
 * Fetches and performs document after document, until they lead out of the documents or `stage.stop` fires.
 * When an application fails, the person hears the apology; beside a call nobody says anything.
 */
import { limits } from "../limits.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { Parameters } from "../webhooks/signature.ts";
import type { DocumentCount } from "./live-call.ts";
import { type LoaderParts, loadDocument, type Source } from "./load-document.ts";
import { perform } from "./perform.ts";
import type { Outcome, Stage } from "./stage.ts";

const minuteMs = 60_000;
/** What a caller hears when an application fails. [obs] */
const apology = "We're sorry, an application error has occurred. Goodbye.";

export async function runDocuments(
  parts: LoaderParts,
  stage: Stage,
  first: Source,
  count: DocumentCount,
  also: () => Parameters = () => [],
): Promise<Outcome> {
  const { alerts, call, stop } = stage;
  const beside = stage.within !== "call" && stage.within !== "whisper";
  const fail = (code: number | null, message: string): Outcome | Promise<Outcome> =>
    beside ? { go: "failed", code, message } : apologise(stage, code, message);
  let source = first;
  for (;;) {
    if (tooMany(count, stage.clock.now())) {
      const message = `loop: more than ${limits.documentsPerMinute} documents within a minute`;
      alerts.add({ level: "error", code: null, message, callSid: call.sid });
      return fail(null, message);
    }
    const asked =
      source.kind === "url" ? { ...source, parameters: [...source.parameters, ...also()] } : source;
    const { document, failure } = await loadDocument(parts, call, asked, beside ? null : call.fallback);
    if (stop.aborted) return { go: "hang-up" };
    if (document === null) return fail(failure!.code, failure!.message);
    const next = await perform(stage, document);
    if (stop.aborted) return { go: "hang-up" };
    if (next.go === "document") source = next.source;
    else if (next.go === "fail") {
      const { code, message } = next;
      alerts.add({ level: "error", code, message, callSid: call.sid, url: document.origin?.url });
      return fail(code, message);
    } else return next.go === "next-verb" ? { go: "over" } : next;
  }
}

function tooMany(count: DocumentCount, now: number): boolean {
  if (now - count.minute >= minuteMs) Object.assign(count, { minute: now, documents: 0 });
  return ++count.documents > limits.documentsPerMinute;
}

async function apologise(stage: Stage, code: number | null, message: string): Promise<Outcome> {
  const { line, stop } = stage;
  stage.answer();
  if (!stop.aborted) {
    line.person.failed(code, message);
    const estimatedMs = estimatedSpeechMs(apology);
    await line.say(
      { kind: "say", text: apology, voice: "man", language: "en-US", loop: 1, estimatedMs },
      stop,
    );
  }
  return { go: "apologised" };
}
