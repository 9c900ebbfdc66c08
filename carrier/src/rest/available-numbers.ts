/** Numbers to buy, by REST (Twilio, REST API: Available Phone Numbers): countries, and a search for each type of number. */
import type { Hono } from "hono";
import {
  type AvailableNumber,
  countryCodes,
  countryName,
  findAvailable,
  type Search,
  typesIn,
} from "../account/available-numbers.ts";
import type { NumberType } from "../account/numbers.ts";
import type { Plant } from "../plant.ts";
import { errorResponse, notFound, restError } from "./errors.ts";
import { queryOf, sidIn } from "./form.ts";
import { page } from "./paging.ts";
import { formatted } from "./resources.ts";

const folders: Readonly<Record<NumberType, string>> = {
  local: "Local",
  mobile: "Mobile",
  "toll-free": "TollFree",
};
const fieldOf: Readonly<Record<NumberType, string>> = {
  local: "local",
  mobile: "mobile",
  "toll-free": "toll_free",
};

export function availableNumberRoutes(app: Hono, { account, accounts }: Plant): void {
  const base = `/2010-04-01/Accounts/${account.sid}/AvailablePhoneNumbers`;
  const taken = (phoneNumber: string) => accounts.ownerOf(phoneNumber) !== undefined;
  const country = (code: string) => ({
    country_code: code,
    country: countryName(code),
    uri: `${base}/${code}.json`,
    beta: false,
    subresource_uris: Object.fromEntries(
      typesIn(code).map((type) => [fieldOf[type], `${base}/${code}/${folders[type]}.json`]),
    ),
  });
  app.get(`${base}.json`, (c) => c.json({ countries: countryCodes.map(country), uri: `${base}.json` }));
  app.get(`${base}/:file`, (c) => {
    const code = sidIn(c);
    return countryName(code) ? c.json(country(code)) : errorResponse(notFound(c.req.path));
  });
  for (const [type, folder] of Object.entries(folders))
    app.get(`${base}/:country/${folder}.json`, (c) => {
      const query = queryOf(c);
      const contains = query.get("Contains");
      if (contains && !/^[\da-z*%+$]{2,16}$/i.test(contains))
        return errorResponse(
          restError(20001, "Invalid Contains: expected 2 to 16 digits, letters and * % + $ characters"),
        );
      const search: Search = {
        areaCode: query.get("AreaCode"),
        region: query.get("InRegion"),
        locality: query.get("InLocality"),
        contains,
      };
      // The folders are the types.
      const found = findAvailable(c.req.param("country"), type as NumberType, search, taken);
      if (!found) return errorResponse(notFound(c.req.path));
      const rows = found.filter(() => fits(query)).map((one) => resource(one, c.req.param("country")));
      return c.json(page("available_phone_numbers", rows, c.req.path, query));
    });
}

/** All numbers here can be called and texted with words, none with media or faxes. */
const can = { voice: true, sms: true, mms: false, fax: false };
function fits(query: URLSearchParams): boolean {
  const wants = (name: string) => query.get(name)?.toLowerCase() === "true";
  return (
    !wants("MmsEnabled") &&
    !wants("FaxEnabled") &&
    query.get("VoiceEnabled") !== "false" &&
    query.get("SmsEnabled") !== "false"
  );
}

const resource = ({ phoneNumber, region, locality }: AvailableNumber, country: string) => ({
  friendly_name: formatted(phoneNumber),
  phone_number: phoneNumber,
  lata: null,
  locality: locality || null,
  rate_center: null,
  latitude: null,
  longitude: null,
  region: region || null,
  postal_code: null,
  iso_country: country,
  address_requirements: "none",
  beta: false,
  capabilities: can,
});
