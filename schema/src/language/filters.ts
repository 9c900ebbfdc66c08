/**
 * The fixed list of what may stand after the bar in `{{name|filter}}`. A filter is a pure function from a value to
 * the words a voice should say. There is no way to add one from a flow.
 */
import type { Value, VariableType } from "../call/values.ts";
import { amountFilters, amountSpoken } from "./filters/amounts.ts";
import { characterFilters, phoneSpoken } from "./filters/characters.ts";
import { dateFilters, dateSpoken, timeSpoken } from "./filters/dates.ts";
import { english, type Filter } from "./filters/filter.ts";
import { listFilters, listSpoken } from "./filters/lists.ts";
import { plainText } from "./reference.ts";

export type { Filter } from "./filters/filter.ts";

export const filters: readonly Filter[] = [
  ...characterFilters,
  ...amountFilters,
  ...dateFilters,
  ...listFilters,
];

const byName = new Map(filters.map((filter) => [filter.name, filter]));

export function findFilter(name: string): Filter | undefined {
  return byName.get(name);
}

/**
 * How a value is said when the text names no filter: amounts, dates, times and lists as words,
 * telephone numbers digit by digit, all else as it stands.
 */
export function spoken(value: Value, type: VariableType | undefined, language = english): string {
  switch (type) {
    case "money":
      return amountSpoken(value, language);
    case "date":
      return dateSpoken(value, language);
    case "time":
      return timeSpoken(value, language);
    case "list":
      return listSpoken(value, language);
    case "phone":
      return phoneSpoken(value);
    default:
      return plainText(value);
  }
}
