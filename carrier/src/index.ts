/** The carrier as a library, for tests that keep it in their own process. */
import "./process/older-node.ts";

export type { NumberSettings } from "./account/numbers.ts";
export type { Alert } from "./alerts.ts";
export type { FarEnd } from "./calls/exchange.ts";
export {
  type CallResource,
  type Carrier,
  type MessageResource,
  type ScriptedCall,
  startCarrier,
} from "./carrier.ts";
export { type Clock, realClock, type VirtualClock, virtualClock } from "./clock/clock.ts";
export { type FastClock, fastClock } from "./clock/fast-clock.ts";
export { seededRandom } from "./ids.ts";
export type { CarrierOptions } from "./options.ts";
export type { BehaviourInput } from "./people/behaviour.ts";
export type { Answering } from "./people/far-end.ts";
export { nobody } from "./people/nobody.ts";
export type {
  Ending,
  Handset,
  Listening,
  Media,
  Person,
  Refusal,
  SpokenInput,
  Tone,
  Utterance,
} from "./people/person.ts";
export { type Script, type ScriptInput, script } from "./people/script.ts";
export type { ScriptedPerson, TranscriptEntry } from "./people/transcript.ts";
export { variations, varied } from "./people/variations.ts";
export { type FaultPlan, type FaultRates, faultRates, faultsFromRates } from "./webhooks/faults.ts";
