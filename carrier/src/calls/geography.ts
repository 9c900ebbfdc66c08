/**
 * Where a telephone number is, as far as the number itself tells: its country. Twilio sends city, state and zip beside it, empty when it
 * does not know them (protocol 3; applications read them without asking whether they are there).
 * Countries from the ITU's list of calling codes (E.164) and the North American Numbering Plan's areas.
 */
import type { Listing } from "../account/directory.ts";
import { isE164 } from "../account/numbers.ts";
import type { Parameters } from "../webhooks/signature.ts";

const callingCodes =
  "1US 7RU 20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL 49DE 51PE 52MX 53CU 54AR 55BR " +
  "56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR 84VN 86CN 90TR 91IN 92PK 93AF 94LK 95MM 98IR 211SS 212MA 213DZ " +
  "216TN 218LY 220GM 221SN 222MR 223ML 224GN 225CI 226BF 227NE 228TG 229BJ 230MU 231LR 232SL 233GH 234NG 235TD 236CF 237CM " +
  "238CV 239ST 240GQ 241GA 242CG 243CD 244AO 245GW 248SC 249SD 250RW 251ET 252SO 253DJ 254KE 255TZ 256UG 257BI 258MZ 260ZM " +
  "261MG 262RE 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 291ER 297AW 298FO 299GL 350GI 351PT 352LU 353IE 354IS 355AL 356MT " +
  "357CY 358FI 359BG 370LT 371LV 372EE 373MD 374AM 375BY 376AD 377MC 378SM 380UA 381RS 382ME 383XK 385HR 386SI 387BA 389MK " +
  "420CZ 421SK 423LI 501BZ 502GT 503SV 504HN 505NI 506CR 507PA 509HT 590GP 591BO 592GY 593EC 594GF 595PY 596MQ 597SR 598UY " +
  "670TL 673BN 675PG 676TO 677SB 678VU 679FJ 680PW 685WS 687NC 689PF 850KP 852HK 853MO 855KH 856LA 880BD 886TW 960MV 961LB " +
  "962JO 963SY 964IQ 965KW 966SA 967YE 968OM 970PS 971AE 972IL 973BH 974QA 975BT 976MN 977NP 992TJ 993TM 994AZ 995GE 996KG 998UZ";
const canada =
  "204 226 236 249 250 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 519 548 579 581 584 587 " +
  "604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905";
const islands =
  "242BS 246BB 264AI 268AG 284VG 340VI 345KY 441BM 473GD 649TC 658JM 664MS 670MP 671GU 684AS 721SX 758LC 767DM 784VC 787PR 809DO " +
  "829DO 849DO 868TT 869KN 876JM 939PR";

const countries = new Map<string, string>([
  ...callingCodes.split(" ").map((entry) => [entry.slice(0, -2), entry.slice(-2)] as const),
  ...canada.split(" ").map((area) => [`1${area}`, "CA"] as const),
  ...islands.split(" ").map((entry) => [`1${entry.slice(0, -2)}`, entry.slice(-2)] as const),
]);

/** ISO 3166 code, "" when the number does not tell. */
export function countryOf(phoneNumber: string): string {
  for (let digits = 4; digits > 0; digits--) {
    const country = countries.get(phoneNumber.slice(1, 1 + digits));
    if (country !== undefined) return country;
  }
  return "";
}

/** What is known of a number beside itself. */
export type Listed = (phoneNumber: string) => Listing;

/** Of a call's two parties, under both of their names; nothing of those that have no number (clients, SIP). */
export function placeParameters(from: string, to: string, listed: Listed = () => ({})): Parameters {
  return [...placeOf(["From", "Caller"], from, listed), ...placeOf(["To", "Called"], to, listed)];
}

function placeOf(names: readonly string[], address: string, listed: Listed): Parameters {
  if (!isE164(address)) return [];
  const { city = "", state = "", zip = "", country = countryOf(address) } = listed(address);
  return names.flatMap((name) => [
    [`${name}City`, city] as const,
    [`${name}State`, state] as const,
    [`${name}Zip`, zip] as const,
    [`${name}Country`, country] as const,
  ]);
}
