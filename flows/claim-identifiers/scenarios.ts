/** The calls this flow is played with; their names say what happened. */
import askedForTheSameThingForEver from "./asked-for-the-same-thing-for-ever.scenario.json" with {
  type: "json",
};
import claimWithoutDateOfBirth from "./claim-without-date-of-birth.scenario.json" with { type: "json" };
import everythingHasToBeSaidAgain from "./everything-has-to-be-said-again.scenario.json" with {
  type: "json",
};
import helpEndsAtTheMemberId from "./help-ends-at-the-member-id.scenario.json" with { type: "json" };
import helpEndsAtThePatient from "./help-ends-at-the-patient.scenario.json" with { type: "json" };
import helpEndsAtTheService from "./help-ends-at-the-service.scenario.json" with { type: "json" };
import helpEndsAtTheTaxId from "./help-ends-at-the-tax-id.scenario.json" with { type: "json" };
import keyedInThePayersOrder from "./keyed-in-the-payers-order.scenario.json" with { type: "json" };
import keyedWithStars from "./keyed-with-stars.scenario.json" with { type: "json" };
import keyedWithoutLetters from "./keyed-without-letters.scenario.json" with { type: "json" };
import memberIdCannotBeKeyed from "./member-id-cannot-be-keyed.scenario.json" with { type: "json" };
import nobodyIsReady from "./nobody-is-ready.scenario.json" with { type: "json" };
import nobodyUnderstood from "./nobody-understood.scenario.json" with { type: "json" };
import phoneSystemAsksSomethingElse from "./phone-system-asks-something-else.scenario.json" with {
  type: "json",
};
import phoneSystemFallsSilent from "./phone-system-falls-silent.scenario.json" with { type: "json" };
import representativeDeclinesAtOnce from "./representative-declines-at-once.scenario.json" with {
  type: "json",
};
import representativeMumbles from "./representative-mumbles.scenario.json" with { type: "json" };
import representativeWillNotHelp from "./representative-will-not-help.scenario.json" with { type: "json" };
import representativeWritesInSilence from "./representative-writes-in-silence.scenario.json" with {
  type: "json",
};
import spokenOneByOne from "./spoken-one-by-one.scenario.json" with { type: "json" };

export const scenarios: readonly unknown[] = [
  askedForTheSameThingForEver,
  claimWithoutDateOfBirth,
  everythingHasToBeSaidAgain,
  helpEndsAtTheMemberId,
  helpEndsAtThePatient,
  helpEndsAtTheService,
  helpEndsAtTheTaxId,
  keyedInThePayersOrder,
  keyedWithStars,
  keyedWithoutLetters,
  memberIdCannotBeKeyed,
  nobodyIsReady,
  nobodyUnderstood,
  phoneSystemAsksSomethingElse,
  phoneSystemFallsSilent,
  representativeDeclinesAtOnce,
  representativeMumbles,
  representativeWillNotHelp,
  representativeWritesInSilence,
  spokenOneByOne,
];
