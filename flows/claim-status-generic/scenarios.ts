/** The calls this flow is played with; their names say what happened. */
import claimWithoutTaxId from "./claim-without-tax-id.scenario.json" with { type: "json" };
import claimWithoutTaxIdAtThePhoneSystem from "./claim-without-tax-id-at-the-phone-system.scenario.json" with {
  type: "json",
};
import deniedAndMisheard from "./denied-and-misheard.scenario.json" with { type: "json" };
import deniedAndNoMoreSaid from "./denied-and-no-more-said.scenario.json" with { type: "json" };
import deniedReasonAndAppeal from "./denied-reason-and-appeal.scenario.json" with { type: "json" };
import droppedWhileGivingIdentifiers from "./dropped-while-giving-identifiers.scenario.json" with {
  type: "json",
};
import foundInProcessAndNoMoreSaid from "./found-in-process-and-no-more-said.scenario.json" with {
  type: "json",
};
import foundPendingAndNoMoreSaid from "./found-pending-and-no-more-said.scenario.json" with { type: "json" };
import holdMusicForEver from "./hold-music-for-ever.scenario.json" with { type: "json" };
import holdThenDropped from "./hold-then-dropped.scenario.json" with { type: "json" };
import hungUpInTheMiddle from "./hung-up-in-the-middle.scenario.json" with { type: "json" };
import inProcess40Days from "./in-process-40-days.scenario.json" with { type: "json" };
import inProcessAndMisheard from "./in-process-and-misheard.scenario.json" with { type: "json" };
import introducedToARecording from "./introduced-to-a-recording.scenario.json" with { type: "json" };
import lookedForAndNotOnFile from "./looked-for-and-not-on-file.scenario.json" with { type: "json" };
import lookedUpAndNeverFound from "./looked-up-and-never-found.scenario.json" with { type: "json" };
import lookedUpAndNeverUnderstood from "./looked-up-and-never-understood.scenario.json" with { type: "json" };
import lookedUpAndPaidByCheck from "./looked-up-and-paid-by-check.scenario.json" with { type: "json" };
import nobodyAnswersTheStatus from "./nobody-answers-the-status.scenario.json" with { type: "json" };
import notOnFile from "./not-on-file.scenario.json" with { type: "json" };
import notOnFileAndMisheard from "./not-on-file-and-misheard.scenario.json" with { type: "json" };
import outcomeCannotBeStored from "./outcome-cannot-be-stored.scenario.json" with { type: "json" };
import paidAndMisheard from "./paid-and-misheard.scenario.json" with { type: "json" };
import paidByEft from "./paid-by-eft.scenario.json" with { type: "json" };
import payerIsClosed from "./payer-is-closed.scenario.json" with { type: "json" };
import pendingAndMisheard from "./pending-and-misheard.scenario.json" with { type: "json" };
import pendingForRecords from "./pending-for-records.scenario.json" with { type: "json" };
import phoneSystemDoesNotFindTheMember from "./phone-system-does-not-find-the-member.scenario.json" with {
  type: "json",
};
import representativeDeclinesAutomation from "./representative-declines-automation.scenario.json" with {
  type: "json",
};
import speechMenuThenWrongDepartment from "./speech-menu-then-wrong-department.scenario.json" with {
  type: "json",
};
import statusInOtherWords from "./status-in-other-words.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  claimWithoutTaxId,
  claimWithoutTaxIdAtThePhoneSystem,
  deniedAndMisheard,
  deniedAndNoMoreSaid,
  deniedReasonAndAppeal,
  droppedWhileGivingIdentifiers,
  foundInProcessAndNoMoreSaid,
  foundPendingAndNoMoreSaid,
  holdMusicForEver,
  holdThenDropped,
  hungUpInTheMiddle,
  inProcess40Days,
  inProcessAndMisheard,
  introducedToARecording,
  lookedForAndNotOnFile,
  lookedUpAndNeverFound,
  lookedUpAndNeverUnderstood,
  lookedUpAndPaidByCheck,
  nobodyAnswersTheStatus,
  notOnFile,
  notOnFileAndMisheard,
  outcomeCannotBeStored,
  paidAndMisheard,
  paidByEft,
  payerIsClosed,
  pendingAndMisheard,
  pendingForRecords,
  phoneSystemDoesNotFindTheMember,
  representativeDeclinesAutomation,
  speechMenuThenWrongDepartment,
  statusInOtherWords,
];
