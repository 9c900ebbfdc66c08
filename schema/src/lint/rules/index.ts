/** The rules, in the order their findings are shown. A new rule is one file, one import and one line here. */
import type { Rule } from "../rule.ts";
import { bargeInOffLong } from "./barge-in-off-long.ts";
import { busyLoop } from "./busy-loop.ts";
import { classNeverChosen } from "./class-never-chosen.ts";
import { conditionAlwaysHolds } from "./condition-always-holds.ts";
import { conditionNeverHolds } from "./condition-never-holds.ts";
import { conditionTypeMismatch } from "./condition-type-mismatch.ts";
import { deadEnd } from "./dead-end.ts";
import { detectionOnPayerLine } from "./detection-on-payer-line.ts";
import { diallingOutsidePolicy } from "./dialling-outside-policy.ts";
import { digitsReadAsNumber } from "./digits-read-as-number.ts";
import { duplicateTitle } from "./duplicate-title.ts";
import { endlessLoop } from "./endless-loop.ts";
import { filterTypeMismatch } from "./filter-type-mismatch.ts";
import { inboundFlowUsesDetection } from "./inbound-flow-uses-detection.ts";
import { inputWithoutOrigin } from "./input-without-origin.ts";
import { languageNotRecognised } from "./language-not-recognised.ts";
import { longSilence } from "./long-silence.ts";
import { menuKeyTwice } from "./menu-key-twice.ts";
import { missingDisposition } from "./missing-disposition.ts";
import { neverOpen } from "./never-open.ts";
import { neverSetVariable } from "./never-set-variable.ts";
import { noteWired } from "./note-wired.ts";
import { phiBeforeIdentification } from "./phi-before-identification.ts";
import { phiInMessage } from "./phi-in-message.ts";
import { phiInUrl } from "./phi-in-url.ts";
import { phiInVoicemail } from "./phi-in-voicemail.ts";
import { phiSpokenFirst } from "./phi-spoken-first.ts";
import { phraseInsideAnother } from "./phrase-inside-another.ts";
import { phraseTwice } from "./phrase-twice.ts";
import { promptTooLong } from "./prompt-too-long.ts";
import { readBackWithoutAnswer } from "./read-back-without-answer.ts";
import { readBeforeSet } from "./read-before-set.ts";
import { recordingNotPhi } from "./recording-not-phi.ts";
import { recordingWithoutConsent } from "./recording-without-consent.ts";
import { requestWithoutTimeoutRoute } from "./request-without-timeout-route.ts";
import { returnOutsideSubFlow } from "./return-outside-sub-flow.ts";
import { strayEdge } from "./stray-edge.ts";
import { subFlowMismatch } from "./sub-flow-mismatch.ts";
import { subFlowMissing } from "./sub-flow-missing.ts";
import { subFlowNeverReturns } from "./sub-flow-never-returns.ts";
import { subFlowTooDeep } from "./sub-flow-too-deep.ts";
import { tagsReadAloud } from "./tags-read-aloud.ts";
import { thresholdUseless } from "./threshold-useless.ts";
import { transferWithoutFailureRoute } from "./transfer-without-failure-route.ts";
import { unknownVariable } from "./unknown-variable.ts";
import { unreachableNode } from "./unreachable-node.ts";
import { unusedVariable } from "./unused-variable.ts";
import { unwiredOutcome } from "./unwired-outcome.ts";
import { valueNeverFits } from "./value-never-fits.ts";
import { verdictWithoutDetection } from "./verdict-without-detection.ts";
import { voiceLanguageMismatch } from "./voice-language-mismatch.ts";
import { voiceUnknown } from "./voice-unknown.ts";

export const rules: readonly Rule[] = [
  // Where calls go.
  unwiredOutcome,
  strayEdge,
  busyLoop,
  deadEnd,
  endlessLoop,
  unreachableNode,
  noteWired,
  duplicateTitle,
  missingDisposition,
  returnOutsideSubFlow,
  subFlowNeverReturns,
  // What is known.
  unknownVariable,
  neverSetVariable,
  inputWithoutOrigin,
  readBeforeSet,
  unusedVariable,
  valueNeverFits,
  // What is decided.
  menuKeyTwice,
  phraseTwice,
  phraseInsideAnother,
  conditionTypeMismatch,
  conditionNeverHolds,
  conditionAlwaysHolds,
  neverOpen,
  thresholdUseless,
  classNeverChosen,
  // What is heard.
  promptTooLong,
  bargeInOffLong,
  longSilence,
  filterTypeMismatch,
  digitsReadAsNumber,
  readBackWithoutAnswer,
  tagsReadAloud,
  voiceUnknown,
  voiceLanguageMismatch,
  languageNotRecognised,
  // Who may know what.
  phiSpokenFirst,
  phiBeforeIdentification,
  phiInVoicemail,
  phiInMessage,
  phiInUrl,
  recordingWithoutConsent,
  recordingNotPhi,
  // Who is on the line.
  detectionOnPayerLine,
  verdictWithoutDetection,
  inboundFlowUsesDetection,
  // What is called and asked outside.
  transferWithoutFailureRoute,
  diallingOutsidePolicy,
  requestWithoutTimeoutRoute,
  subFlowMissing,
  subFlowMismatch,
  subFlowTooDeep,
];
