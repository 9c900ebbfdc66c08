/** What a way out may establish for the rest of the call: who the far end is, that it may be recorded. */
import { z } from "zod";
import type { Established } from "../../call/index.ts";
import type { FieldMeta } from "../fields.ts";
import type { Facts } from "../node.ts";

const established: { readonly [meaning in Meaning]: Established } = {
  "confirms-identity": "identity",
  "agrees-to-recording": "recording-consent",
};

export const means = z
  .enum(["confirms-identity", "agrees-to-recording"])
  .optional()
  .meta({
    label: "Means",
    help: "Going this way confirms who the other side is, or that it agrees to be recorded, for the rest of the call.",
    widget: "choice",
  } satisfies FieldMeta);
type Meaning = NonNullable<z.infer<typeof means>>;

/** Ways out with what they mean, for `facts`. Nothing when none means anything. */
export function establishing(
  ways: readonly { readonly outcome: string; readonly means?: Meaning }[],
): Pick<Facts, "establishes"> {
  const meant = ways.flatMap(({ outcome, means: meaning }) =>
    meaning === undefined ? [] : [[outcome, [established[meaning]]] as const],
  );
  return meant.length === 0 ? {} : { establishes: Object.fromEntries(meant) };
}
