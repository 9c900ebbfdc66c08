/** What a filter is; the list of them is in ../filters.ts. */
import type { Value, VariableType } from "../../call/values.ts";

export interface Filter {
  readonly name: string;
  readonly help: string;
  readonly example: { readonly from: Value; readonly spoken: string; readonly language?: string };
  /** The types it is made for. On any other it still gives a text: what it cannot read it says as it stands. */
  readonly takes: readonly VariableType[];
  /** Pure and total; `language` is BCP 47: Spanish, or English for all others. */
  readonly apply: (value: Value, language?: string) => string;
}

export const english = "en-US";
