/** The calls this flow is played with; their names say what happened. */
import cannotRecord from "./cannot-record.scenario.json" with { type: "json" };
import claimBySpeechEnteredAgain from "./claim-by-speech-entered-again.scenario.json" with { type: "json" };
import claimNoted from "./claim-noted.scenario.json" with { type: "json" };
import claimNumberTooShort from "./claim-number-too-short.scenario.json" with { type: "json" };
import claimStatusDown from "./claim-status-down.scenario.json" with { type: "json" };
import claimStatusNobodyKnows from "./claim-status-nobody-knows.scenario.json" with { type: "json" };
import claimStatusRefused from "./claim-status-refused.scenario.json" with { type: "json" };
import claimStatusSlow from "./claim-status-slow.scenario.json" with { type: "json" };
import claimStatusTold from "./claim-status-told.scenario.json" with { type: "json" };
import documents from "./documents.scenario.json" with { type: "json" };
import documentsKeyCutsThePause from "./documents-key-cuts-the-pause.scenario.json" with { type: "json" };
import followUpAndBack from "./follow-up-and-back.scenario.json" with { type: "json" };
import followUpWithAppeals from "./follow-up-with-appeals.scenario.json" with { type: "json" };
import hangsUpMidMenu from "./hangs-up-mid-menu.scenario.json" with { type: "json" };
import holidayAndSilence from "./holiday-and-silence.scenario.json" with { type: "json" };
import messageAfterHours from "./message-after-hours.scenario.json" with { type: "json" };
import messageInSpanish from "./message-in-spanish.scenario.json" with { type: "json" };
import nobodySpeaks from "./nobody-speaks.scenario.json" with { type: "json" };
import referenceTooShort from "./reference-too-short.scenario.json" with { type: "json" };
import silenceAtTheClaimNumber from "./silence-at-the-claim-number.scenario.json" with { type: "json" };
import silenceAtTheConfirmation from "./silence-at-the-confirmation.scenario.json" with { type: "json" };
import silenceAtTheEnd from "./silence-at-the-end.scenario.json" with { type: "json" };
import silenceAtTheReference from "./silence-at-the-reference.scenario.json" with { type: "json" };
import spanishAndGoodbye from "./spanish-and-goodbye.scenario.json" with { type: "json" };
import spanishAndSilence from "./spanish-and-silence.scenario.json" with { type: "json" };
import specialistBusyMessageLeft from "./specialist-busy-message-left.scenario.json" with { type: "json" };
import specialistCannotBeRung from "./specialist-cannot-be-rung.scenario.json" with { type: "json" };
import specialistDoesNotAnswer from "./specialist-does-not-answer.scenario.json" with { type: "json" };
import specialistTakesTheCall from "./specialist-takes-the-call.scenario.json" with { type: "json" };
import taxIdNotGiven from "./tax-id-not-given.scenario.json" with { type: "json" };
import taxIdTooShort from "./tax-id-too-short.scenario.json" with { type: "json" };
import wrongKeyAtTheEnd from "./wrong-key-at-the-end.scenario.json" with { type: "json" };
import wrongKeys from "./wrong-keys.scenario.json" with { type: "json" };
import wrongKeysAboutTheMessage from "./wrong-keys-about-the-message.scenario.json" with { type: "json" };
import wrongKeysAtTheConfirmation from "./wrong-keys-at-the-confirmation.scenario.json" with { type: "json" };
import wrongKeysInSpanish from "./wrong-keys-in-spanish.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  cannotRecord,
  claimBySpeechEnteredAgain,
  claimNoted,
  claimNumberTooShort,
  claimStatusDown,
  claimStatusNobodyKnows,
  claimStatusRefused,
  claimStatusSlow,
  claimStatusTold,
  documents,
  documentsKeyCutsThePause,
  followUpAndBack,
  followUpWithAppeals,
  hangsUpMidMenu,
  holidayAndSilence,
  messageAfterHours,
  messageInSpanish,
  nobodySpeaks,
  referenceTooShort,
  silenceAtTheClaimNumber,
  silenceAtTheConfirmation,
  silenceAtTheEnd,
  silenceAtTheReference,
  spanishAndGoodbye,
  spanishAndSilence,
  specialistBusyMessageLeft,
  specialistCannotBeRung,
  specialistDoesNotAnswer,
  specialistTakesTheCall,
  taxIdNotGiven,
  taxIdTooShort,
  wrongKeyAtTheEnd,
  wrongKeys,
  wrongKeysAboutTheMessage,
  wrongKeysAtTheConfirmation,
  wrongKeysInSpanish,
];
