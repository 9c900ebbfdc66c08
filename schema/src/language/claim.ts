/**
 * The fields of a `claim` variable: what a call about a health-insurance claim needs to know of it. Named as people in
 * billing name them. A claim is PHI as a whole; these types only say how each field is compared and spoken.
 */
import type { VariableType } from "../call/values.ts";

export interface ClaimField {
  readonly type: Exclude<VariableType, "list" | "claim" | "choice">;
  readonly label: string;
}

export const claimFields: { readonly [field: string]: ClaimField } = {
  claim_number: { type: "text", label: "Claim number" },
  member_id: { type: "text", label: "Member ID" },
  patient_first: { type: "text", label: "Patient's first name" },
  patient_last: { type: "text", label: "Patient's last name" },
  dob: { type: "date", label: "Date of birth" },
  dos_from: { type: "date", label: "Date of service, from" },
  dos_to: { type: "date", label: "Date of service, to" },
  billed_amount: { type: "money", label: "Billed amount" },
  billing_npi: { type: "digits", label: "Billing NPI" },
  rendering_npi: { type: "digits", label: "Rendering NPI" },
  tin: { type: "digits", label: "Tax ID" },
  ptan: { type: "text", label: "PTAN" },
  practice_name: { type: "text", label: "Practice name" },
  caller_name: { type: "text", label: "Caller's name" },
  callback_number: { type: "phone", label: "Callback number" },
  fax_number: { type: "phone", label: "Fax number" },
  submission_date: { type: "date", label: "Submission date" },
  clearinghouse_trace: { type: "text", label: "Clearinghouse trace" },
  payer_name: { type: "text", label: "Payer" },
};
