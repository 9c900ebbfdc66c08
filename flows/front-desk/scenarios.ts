/** The calls this flow is played with; their names say what happened. */
import cannotRecord from "./cannot-record.scenario.json" with { type: "json" };
import claimBySpeechEnteredAgain from "./claim-by-speech-entered-again.scenario.json" with { type: "json" };
import claimNoted from "./claim-noted.scenario.json" with { type: "json" };
import claimNumberTooShort from "./claim-number-too-short.scenario.json" with { type: "json" };
import documents from "./documents.scenario.json" with { type: "json" };
import documentsKeyCutsThePause from "./documents-key-cuts-the-pause.scenario.json" with { type: "json" };
import followUpAndBack from "./follow-up-and-back.scenario.json" with { type: "json" };
import followUpWithAppeals from "./follow-up-with-appeals.scenario.json" with { type: "json" };
import hangsUpMidMenu from "./hangs-up-mid-menu.scenario.json" with { type: "json" };
import nobodySpeaks from "./nobody-speaks.scenario.json" with { type: "json" };
import wrongKeys from "./wrong-keys.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  cannotRecord,
  claimBySpeechEnteredAgain,
  claimNoted,
  claimNumberTooShort,
  documents,
  documentsKeyCutsThePause,
  followUpAndBack,
  followUpWithAppeals,
  hangsUpMidMenu,
  nobodySpeaks,
  wrongKeys,
];
