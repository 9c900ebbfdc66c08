/**
 * Which numbers a flow may ring by default. Toll fraud lives from expensive numbers that look ordinary: +1 is not only
 * the United States, so the numbers of the plan's other countries, premium and service numbers are refused, and so is
 * everything that is not plainly a number. One policy for calls, transfers and agents.
 */
import type { DialTarget } from "../call/verbs.ts";
import { coerce } from "./coerce.ts";

/** +1 countries and territories that are billed as international, after NANPA, "Area code list". */
const outsideTheStates = new Set(
  (
    "242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 787 809 829 849 868 869 876 939 340 670 671 684 " +
    // Canada
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460 468 474 " +
    "506 514 519 537 548 568 579 581 584 587 600 604 613 622 639 647 672 683 705 709 742 753 778 780 782 807 819 " +
    "825 867 873 879 902 905 942"
  ).split(" "),
);

/**
 * 500 and its companions are personal numbers, 700 belongs to the carriers, 710 to the government; 880 to 882, 900 and 976
 * cost.
 */
const special = new Set(
  "500 521 522 523 524 525 526 527 528 529 533 544 566 577 588 700 710 880 881 882 900 976".split(" "),
);

/** The area code of invented numbers: nobody has one, and tests ring it. */
const testAreaCode = "555";

const emergencies = new Set(["911", "112", "933", "988", "999", "000", "110", "118", "119"]);

/** Numbers for emergencies and crises, also behind +1 or a zero for the outside line: a machine never rings them. */
export function isEmergency(number: string): boolean {
  const digits = number.slice(0, 40).replace(/[\s().-]/g, "");
  return emergencies.has(digits.replace(/^\+?1?(?=\d{3}$)/, "").replace(/^9(?=911$)/, ""));
}

/** A sentence why the number is not rung; null when it may be. Only `+1` and ten digits is a number here. */
export function diallingRefusal(number: string): string | null {
  if (isEmergency(number)) return "Emergency numbers are never rung.";
  if (!/^\+[0-9]{1,15}$/.test(number)) return "Expected a number such as +15550100001, found something else.";
  if (!number.startsWith("+1")) return "Only numbers of the United States are rung, found another country.";
  const match = /^\+1([0-9]{3})([0-9]{3})[0-9]{4}$/.exec(number);
  if (!match) return `Expected +1 and ten digits, found ${number.length - 2} after +1.`;
  const [, area = "", exchange = ""] = match;
  if (area === testAreaCode) return null;
  if (!/^[2-9][0-8][0-9]$/.test(area) || area.endsWith("11")) return `${area} is no area code.`;
  if (special.has(area)) return `Area code ${area} is for special services, which are not rung.`;
  if (outsideTheStates.has(area))
    return `Area code ${area} is outside the United States, where nobody is rung.`;
  if (!/^[2-9]/.test(exchange) || exchange.endsWith("11"))
    return `No number of area code ${area} begins with ${exchange}.`;
  if (number.endsWith("5551212")) return "Directory assistance costs extra and is not rung.";
  if (exchange === "976") return "976 numbers cost extra and are not rung.";
  return null;
}

/** Whom a text names to be rung, or a sentence that says why nobody is. */
export function dialTargetOf(to: DialTarget["to"], text: string): DialTarget | string {
  const whom = text.trim();
  if (to === "number") {
    const number = numberToRing(whom);
    return number.ok ? { to, number: number.number } : number.sentence;
  }
  if (to === "client") {
    const fits = /^[A-Za-z0-9_.-]{1,100}$/.test(whom);
    return fits ? { to, client: whom } : "Expected a name of letters and digits, found something else.";
  }
  const [, user = ""] = /^sips?:([^@]{0,100})@[A-Za-z0-9.-]{1,150}$/.exec(whom) ?? [];
  if (!/^[A-Za-z0-9_.+-]{1,100}$/.test(user)) {
    return "Expected a SIP address such as sip:desk@office.example, found something else.";
  }
  return refusalOfUser(user) ?? { to, address: whom };
}

/** A number behind an address is a number, dots and dashes or not: the gateway will ring it. */
function refusalOfUser(user: string): string | null {
  const bare = user.replace(/[.-]/g, "");
  if (!/^\+?[0-9]+$/.test(bare)) return null;
  if (isEmergency(bare)) return diallingRefusal(bare);
  // Shorter ones are extensions of an office's own.
  if (bare.length < 7) return null;
  const number = numberToRing(bare);
  return number.ok ? null : number.sentence;
}

/** A number as people write it, made one that may be rung. */
export function numberToRing(
  text: string,
): { readonly ok: true; readonly number: string } | { readonly ok: false; readonly sentence: string } {
  if (isEmergency(text.trim())) return { ok: false, sentence: diallingRefusal(text.trim()) ?? "" };
  const fitted = coerce(text, "phone");
  if (!fitted.ok) return fitted;
  const number = String(fitted.value);
  const sentence = diallingRefusal(number);
  return sentence === null ? { ok: true, number } : { ok: false, sentence };
}
