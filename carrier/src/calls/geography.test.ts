/** Where numbers are (protocol 3). */
import { expect, test } from "vitest";
import { countryOf, placeParameters } from "./geography.ts";

test.each([
  ["+15550100001", "US"],
  ["+14165550100", "CA"],
  ["+17875550100", "PR"],
  ["+4930123456", "DE"],
  ["+442071234567", "GB"],
  ["+351211234567", "PT"],
  ["+79991234567", "RU"],
  ["+88300000000", ""],
])("%s is in %s", (number, country) => {
  expect(countryOf(number)).toBe(country);
});

test("both parties have a place under both names, empty where it is not known; who has no number has none", () => {
  expect(Object.fromEntries(placeParameters("+4930123456", "client:dora"))).toEqual({
    FromCity: "",
    FromState: "",
    FromZip: "",
    FromCountry: "DE",
    CallerCity: "",
    CallerState: "",
    CallerZip: "",
    CallerCountry: "DE",
  });
  expect(placeParameters("+15550199001", "+15550100001")).toHaveLength(16);
});
