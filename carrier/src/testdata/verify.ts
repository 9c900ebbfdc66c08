/** For tests: somebody else's number, verified as a caller id by a call that is answered and gets codes typed. */
import { nobody } from "../people/nobody.ts";
import type { Handset } from "../people/person.ts";
import { clientOf } from "./client.ts";
import type { TestLine } from "./line.ts";

export const verifiedNumber = "+15550177777";

export const askForVerification = (line: TestLine, more: object = {}) =>
  clientOf(line).validationRequests.create({
    phoneNumber: verifiedNumber,
    friendlyName: "Home",
    statusCallback: `${line.application}/verified`,
    ...more,
  });

/** Asks for a verification; the called person types what is given first, then the right code. Lets 30 s pass. */
export async function verifyNumber(
  line: TestLine,
  { first = [], ...more }: { readonly first?: readonly string[] } & Record<string, unknown> = {},
) {
  const typed: string[] = [];
  let handset: Handset | null = null;
  line.carrier.answers(verifiedNumber, {
    ...nobody,
    ringing(given) {
      handset = given;
      given.answer();
    },
    listening: () => handset?.press(typed.shift() ?? ""),
  });
  const asked = await askForVerification(line, more);
  typed.push(...first, asked.validationCode);
  await line.clock.advance(90_000);
  return asked;
}
