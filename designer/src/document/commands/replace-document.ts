import type { FlowDocument } from "@trunkline/schema/document";
import type { Command } from "../command.ts";

export interface ReplaceDocument {
  /** A parsed document. */
  readonly document: FlowDocument;
  readonly name?: string;
  readonly mark?: string;
}

/** Take another document whole: from the source pane, or a former version. */
export const replaceDocument: Command<ReplaceDocument> = {
  name: ({ name }) => name ?? "Edit the source",
  mark: ({ mark }) => mark ?? null,
  run: (flow, { document }) => ({
    flow: JSON.stringify(document) === JSON.stringify(flow) ? flow : document,
  }),
};
