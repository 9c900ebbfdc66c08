/**
 * What the carrier knows of people's numbers: where they are and what they are called, for whom it was told. Applications are sent it
 * as Twilio does (protocol 3): places with every request about a call, a name only where the number called looks names up.
 */
import { z } from "zod";
import { limits } from "../limits.ts";
import { isE164 } from "./numbers.ts";

const text = z.string().min(1).max(100).optional();
export const listing = z.strictObject({
  /** As a caller-id lookup gives it, such as "DOE JANE". */
  name: text,
  city: text,
  state: text,
  zip: text,
  /** ISO 3166, instead of what the number itself says. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "expected a country code such as US")
    .optional(),
});
export const listings = z.record(
  z.string().refine(isE164, "expected a number such as +15550100001"),
  listing,
);
export type Listing = z.infer<typeof listing>;

export interface Directory {
  of(phoneNumber: string): Listing;
  /** Oldest entries are forgotten first. */
  set(phoneNumber: string, listing: Listing): void;
}

export function createDirectory(entries: Readonly<Record<string, Listing>>): Directory {
  const known = new Map(Object.entries(entries));
  return {
    of: (phoneNumber) => known.get(phoneNumber) ?? {},
    set(phoneNumber, what) {
      known.delete(phoneNumber);
      known.set(phoneNumber, what);
      if (known.size > limits.directoryEntries) for (const [oldest] of known) if (known.delete(oldest)) break;
    },
  };
}
