/**
 * A Gather's `partialResultCallback` (protocol 5, Gather): while somebody speaks the application reads along, word for word, as far as
 * the recogniser has come. Nobody waits for it and its answer is ignored.
 */
import type { Cancel } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { SpokenInput } from "../people/person.ts";
import type { GatherVerb } from "../twiml/document.ts";
import { callParameters } from "./call.ts";
import { hearAlong } from "./hear-along.ts";
import type { CallDocument } from "./load-document.ts";
import { callbackAddress, type Stage } from "./stage.ts";

/** Tells them until the answer is called, when the Gather is over. */
export function tellPartialResults(stage: Stage, document: CallDocument, verb: GatherVerb): () => void {
  const address = verb.speech ? callbackAddress(stage, document, verb.partialResults) : null;
  if (address === null) return () => {};
  const { clock, call, line, inform } = stage;
  let told = 0;
  let cancel: Cancel = () => {};
  /** What was said before the words that are being said. */
  let before = "";
  const tell = (text: string, stability: number) => {
    if (told >= limits.partialResults) return;
    const parameters = [
      ...callParameters(call),
      ["Language", verb.language],
      ["SequenceNumber", String(told++)],
      ["StableSpeechResult", before],
      ["Stability", stability.toFixed(2)],
      ["UnstableSpeechResult", text],
    ] as const;
    inform({ about: "speech", sid: call.sid, address, parameters });
  };
  const speech = (input: SpokenInput) => {
    cancel();
    cancel = hearAlong(clock, input, {
      some: tell,
      all(words) {
        tell(words, 0.9);
        before = [before, words].join(" ").trim();
      },
    });
  };
  const unlisten = line.listen({ speech });
  return () => {
    cancel();
    unlisten();
  };
}
