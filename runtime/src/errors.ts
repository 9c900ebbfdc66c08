/**
 * Refusals of the API: a stable code, a sentence for a person, a status. The one place where codes and statuses meet.
 * Routes throw `refusal(...)`; app.ts turns it into the answer. Anything else that is thrown is our mistake: 500, and
 * the operator gets the stack.
 */
import type { Problem } from "@trunkline/schema/document";
import type { Finding } from "@trunkline/schema/lint";

const refusals = {
  "request-invalid": [400, "The request is not what this route expects."],
  "not-signed-in": [401, "Sign in first: open the link that Trunkline printed when it started."],
  "sign-in-refused": [403, "This sign-in link is not valid any more. Restart Trunkline to get a new one."],
  "origin-refused": [403, "This request did not come from Trunkline's own pages."],
  "not-found": [404, "There is nothing at this address."],
  "flow-not-found": [404, "There is no such flow."],
  "version-not-found": [404, "This flow has no such version."],
  "template-not-found": [404, "There is no such template."],
  "number-not-found": [404, "There is no such number."],
  "call-not-found": [404, "There is no such call."],
  "draft-changed": [409, "Somebody else saved this flow in the meantime."],
  "flow-in-use": [409, "A number still rings this flow. Point the number elsewhere first."],
  "nothing-changed": [409, "The draft says the same as the published version."],
  "body-too-large": [413, "The request is too large."],
  "document-invalid": [422, "The flow document has problems."],
  "flow-has-errors": [422, "The flow has errors. Mend them before publishing."],
  "flow-not-outbound": [422, "This flow does not call out: its start node says otherwise."],
  "dialling-refused": [422, "This number may not be rung."],
  "inputs-invalid": [422, "The values do not fit the flow's inputs."],
  "flow-unpublished": [422, "This flow has no published version yet. Publish it first."],
  "internal-error": [500, "Trunkline made a mistake. The operator's log says more."],
  "line-unavailable": [502, "The built-in telephone line does not answer."],
  "database-away": [503, "The database cannot be reached just now. Try again in a moment."],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

export interface RefusalBody {
  readonly code: RefusalCode;
  readonly sentence: string;
  readonly problems?: readonly Problem[];
  readonly findings?: readonly Finding[];
  /** With `draft-changed`: the flow as it is now. */
  readonly current?: unknown;
}

/** A refusal on its way to the client. */
export class Refused extends Error {
  readonly body: RefusalBody;
  readonly status: (typeof refusals)[RefusalCode][0];

  constructor(code: RefusalCode, more: Omit<RefusalBody, "code" | "sentence"> = {}) {
    super(refusals[code][1]);
    this.name = "Refused";
    this.status = refusals[code][0];
    this.body = { code, sentence: refusals[code][1], ...more };
  }
}

export function refusal(code: RefusalCode, more?: Omit<RefusalBody, "code" | "sentence">): Refused {
  return new Refused(code, more);
}
