/** The calls this flow is played with; their names say what happened. */
import anotherTimeBySpeech from "./another-time-by-speech.scenario.json" with { type: "json" };
import confirmationCannotBeStored from "./confirmation-cannot-be-stored.scenario.json" with { type: "json" };
import confirmedByKeys from "./confirmed-by-keys.scenario.json" with { type: "json" };
import faxAnswers from "./fax-answers.scenario.json" with { type: "json" };
import faxNoticedLate from "./fax-noticed-late.scenario.json" with { type: "json" };
import hangsUpAfterTheDate from "./hangs-up-after-the-date.scenario.json" with { type: "json" };
import keysThatMeanNothing from "./keys-that-mean-nothing.scenario.json" with { type: "json" };
import machineGetsAMessage from "./machine-gets-a-message.scenario.json" with { type: "json" };
import machineNoticedLate from "./machine-noticed-late.scenario.json" with { type: "json" };
import nobodyCanTellAndNobodyAnswers from "./nobody-can-tell-and-nobody-answers.scenario.json" with {
  type: "json",
};
import notAtHome from "./not-at-home.scenario.json" with { type: "json" };
import officeCannotBeTold from "./office-cannot-be-told.scenario.json" with { type: "json" };
import silentAfterTheDate from "./silent-after-the-date.scenario.json" with { type: "json" };
import silentPerson from "./silent-person.scenario.json" with { type: "json" };
import speaksIntoTheWait from "./speaks-into-the-wait.scenario.json" with { type: "json" };
import wrongKeysAfterTheDate from "./wrong-keys-after-the-date.scenario.json" with { type: "json" };
import wrongNumber from "./wrong-number.scenario.json" with { type: "json" };
import wrongYear from "./wrong-year.scenario.json" with { type: "json" };
import yearNotGiven from "./year-not-given.scenario.json" with { type: "json" };
import yearTooShort from "./year-too-short.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  anotherTimeBySpeech,
  confirmationCannotBeStored,
  confirmedByKeys,
  faxAnswers,
  faxNoticedLate,
  hangsUpAfterTheDate,
  keysThatMeanNothing,
  machineGetsAMessage,
  machineNoticedLate,
  nobodyCanTellAndNobodyAnswers,
  notAtHome,
  officeCannotBeTold,
  silentAfterTheDate,
  silentPerson,
  speaksIntoTheWait,
  wrongKeysAfterTheDate,
  wrongNumber,
  wrongYear,
  yearNotGiven,
  yearTooShort,
];
