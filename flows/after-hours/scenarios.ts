/** The calls this flow is played with; their names say what happened. */
import hoursAndAWrongKey from "./hours-and-a-wrong-key.scenario.json" with { type: "json" };
import messageCannotBeStored from "./message-cannot-be-stored.scenario.json" with { type: "json" };
import messageKeptThoughTheOfficeIsNotTold from "./message-kept-though-the-office-is-not-told.scenario.json" with {
  type: "json",
};
import messageOnAHoliday from "./message-on-a-holiday.scenario.json" with { type: "json" };
import nobodySpeaks from "./nobody-speaks.scenario.json" with { type: "json" };
import nothingSaidAfterTheTone from "./nothing-said-after-the-tone.scenario.json" with { type: "json" };
import numberInsteadOfARecording from "./number-instead-of-a-recording.scenario.json" with { type: "json" };
import openAndBusy from "./open-and-busy.scenario.json" with { type: "json" };
import openAndConnected from "./open-and-connected.scenario.json" with { type: "json" };
import openAndNoAnswer from "./open-and-no-answer.scenario.json" with { type: "json" };
import openAndOutOfOrder from "./open-and-out-of-order.scenario.json" with { type: "json" };
import shortHoursOnChristmasEve from "./short-hours-on-christmas-eve.scenario.json" with { type: "json" };
import twoQuestions from "./two-questions.scenario.json" with { type: "json" };
import urgentAndBothOutOfOrder from "./urgent-and-both-out-of-order.scenario.json" with { type: "json" };
import urgentAndNobodyReached from "./urgent-and-nobody-reached.scenario.json" with { type: "json" };
import urgentConnectedAtNight from "./urgent-connected-at-night.scenario.json" with { type: "json" };
import urgentFirstFailsSecondIsAMachine from "./urgent-first-fails-second-is-a-machine.scenario.json" with {
  type: "json",
};
import urgentFirstNoAnswerSecondBusy from "./urgent-first-no-answer-second-busy.scenario.json" with {
  type: "json",
};
import urgentGoesToTheSecond from "./urgent-goes-to-the-second.scenario.json" with { type: "json" };
import wrongKeys from "./wrong-keys.scenario.json" with { type: "json" };
import wrongKeysAboutTheRecording from "./wrong-keys-about-the-recording.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  hoursAndAWrongKey,
  messageCannotBeStored,
  messageKeptThoughTheOfficeIsNotTold,
  messageOnAHoliday,
  nobodySpeaks,
  nothingSaidAfterTheTone,
  numberInsteadOfARecording,
  openAndBusy,
  openAndConnected,
  openAndNoAnswer,
  openAndOutOfOrder,
  shortHoursOnChristmasEve,
  twoQuestions,
  urgentAndBothOutOfOrder,
  urgentAndNobodyReached,
  urgentConnectedAtNight,
  urgentFirstFailsSecondIsAMachine,
  urgentFirstNoAnswerSecondBusy,
  urgentGoesToTheSecond,
  wrongKeys,
  wrongKeysAboutTheRecording,
];
