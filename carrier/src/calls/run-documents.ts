/**
 * Fetches and performs document after document, until they lead out of the documents or `stage.stop` fires.
 * When an application fails, the person hears the apology.
 */
import { limits } from "../limits.ts";
import { estimatedSpeechMs } from "../twiml/speech.ts";
import type { DocumentCount } from "./live-call.ts";
import { type LoaderParts, loadDocument, type Source } from "./load-document.ts";
import { perform } from "./perform.ts";
import type { Next, Stage } from "./stage.ts";

/** Where it led; `apologised` when the application failed. Meaningless once `stage.stop` has fired. */
export type Outcome =
  | { readonly go: "over" }
  | { readonly go: "hang-up" }
  | Extract<Next, { go: "refuse" }>
  | { readonly go: "apologised" };

const minuteMs = 60_000;
/** What a caller hears when an application fails. [obs] */
const apology = "We're sorry, an application error has occurred. Goodbye.";

export async function runDocuments(
  parts: LoaderParts,
  stage: Stage,
  first: Source,
  count: DocumentCount,
): Promise<Outcome> {
  const { alerts, call, stop } = stage;
  let source = first;
  for (;;) {
    if (tooMany(count, stage.clock.now())) {
      const message = `loop: more than ${limits.documentsPerMinute} documents within a minute`;
      alerts.add({ level: "error", code: null, message, callSid: call.sid });
      return apologise(stage, null, message);
    }
    const { document, failure } = await loadDocument(parts, call, source);
    if (stop.aborted) return { go: "hang-up" };
    if (document === null) return apologise(stage, failure!.code, failure!.message);
    const next = await perform(stage, document);
    if (stop.aborted) return { go: "hang-up" };
    if (next.go === "document") source = next.source;
    else if (next.go === "fail") {
      const { code, message } = next;
      alerts.add({ level: "error", code, message, callSid: call.sid, url: document.origin?.url });
      return apologise(stage, code, message);
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
