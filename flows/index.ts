/**
 * The catalogue behind "new from template": flows as JSON with their scenarios beside them. A flow that does not
 * parse is our own mistake and throws on import; its test says so first.
 */
import type { FlowDocument } from "@trunkline/schema/document";
import afterHours from "./after-hours/flow.json" with { type: "json" };
import { scenarios as afterHoursScenarios } from "./after-hours/scenarios.ts";
import appointmentReminder from "./appointment-reminder/flow.json" with { type: "json" };
import { scenarios as appointmentReminderScenarios } from "./appointment-reminder/scenarios.ts";
import { type CatalogueEntry, calledFirst, readEntries } from "./catalogue-entry.ts";
import claimIdentifiers from "./claim-identifiers/flow.json" with { type: "json" };
import { scenarios as claimIdentifiersScenarios } from "./claim-identifiers/scenarios.ts";
import claimStatusGeneric from "./claim-status-generic/flow.json" with { type: "json" };
import { scenarios as claimStatusGenericScenarios } from "./claim-status-generic/scenarios.ts";
import frontDesk from "./front-desk/flow.json" with { type: "json" };
import { scenarios as frontDeskScenarios } from "./front-desk/scenarios.ts";

export type { CatalogueEntry } from "./catalogue-entry.ts";

export const catalogue: readonly CatalogueEntry[] = readEntries([
  {
    id: "front-desk",
    summary:
      "Answers a billing office's line: claims, documents, follow-ups, a specialist or a message, in English and Spanish.",
    document: frontDesk,
    scenarios: frontDeskScenarios,
  },
  {
    id: "claim-status-generic",
    summary:
      "Calls a payer about one claim, through its phone menu to a person, and notes status and details.",
    document: claimStatusGeneric,
    scenarios: claimStatusGenericScenarios,
  },
  {
    id: "appointment-reminder",
    summary: "Calls a patient before an appointment; confirms, moves it, or leaves a message on a machine.",
    document: appointmentReminder,
    scenarios: appointmentReminderScenarios,
  },
  {
    id: "after-hours",
    summary: "Answers when the office is closed: urgent calls to whoever is on call, messages for the rest.",
    document: afterHours,
    scenarios: afterHoursScenarios,
  },
  {
    id: "claim-identifiers",
    summary: "A part for other flows: gives a claim's identifiers to a phone system or a person.",
    document: claimIdentifiers,
    scenarios: claimIdentifiersScenarios,
  },
]);

/** The flow and every shipped flow it enters, the called before the one that calls it. */
export function withCalledFlows(entry: CatalogueEntry): readonly FlowDocument[] {
  return calledFirst(catalogue, entry);
}
