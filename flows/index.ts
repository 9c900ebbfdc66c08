/**
 * The catalogue behind "new from template": flows as JSON with their scenarios beside them. A flow that does not
 * parse is our own mistake and throws on import; its test says so first.
 */
import { type FlowDocument, parseFlow } from "@trunkline/schema/document";
import { parseScenario, type Scenario } from "@trunkline/schema/scenario";
import cannotRecord from "./front-desk/cannot-record.scenario.json" with { type: "json" };
import claimBySpeechEnteredAgain from "./front-desk/claim-by-speech-entered-again.scenario.json" with {
  type: "json",
};
import claimNoted from "./front-desk/claim-noted.scenario.json" with { type: "json" };
import claimNumberTooShort from "./front-desk/claim-number-too-short.scenario.json" with { type: "json" };
import documents from "./front-desk/documents.scenario.json" with { type: "json" };
import documentsKeyCutsThePause from "./front-desk/documents-key-cuts-the-pause.scenario.json" with {
  type: "json",
};
import frontDesk from "./front-desk/flow.json" with { type: "json" };
import followUpAndBack from "./front-desk/follow-up-and-back.scenario.json" with { type: "json" };
import followUpWithAppeals from "./front-desk/follow-up-with-appeals.scenario.json" with { type: "json" };
import hangsUpMidMenu from "./front-desk/hangs-up-mid-menu.scenario.json" with { type: "json" };
import nobodySpeaks from "./front-desk/nobody-speaks.scenario.json" with { type: "json" };
import wrongKeys from "./front-desk/wrong-keys.scenario.json" with { type: "json" };

export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly document: FlowDocument;
  readonly scenarios: readonly Scenario[];
}

export const catalogue: readonly CatalogueEntry[] = [
  entry(
    "front-desk",
    "Answers a billing office's line: claims, documents, follow-ups, or goodbye.",
    frontDesk,
    [
      cannotRecord,
      claimBySpeechEnteredAgain,
      claimNoted,
      claimNumberTooShort,
      documentsKeyCutsThePause,
      documents,
      followUpAndBack,
      followUpWithAppeals,
      hangsUpMidMenu,
      nobodySpeaks,
      wrongKeys,
    ],
  ),
];

function entry(
  id: string,
  summary: string,
  document: unknown,
  scenarios: readonly unknown[],
): CatalogueEntry {
  const parsed = parseFlow(document);
  if (!parsed.ok)
    throw new Error(`Flow "${id}": ${parsed.problems.map((p) => `${p.pointer} ${p.sentence}`).join(" ")}`);
  const played = scenarios.map((one) => {
    const read = parseScenario(one);
    if (!read.ok) throw new Error(`Scenario of "${id}": ${read.problems.map((p) => p.sentence).join(" ")}`);
    return read.scenario;
  });
  return { id, title: parsed.flow.name, summary, document: parsed.flow, scenarios: played };
}
