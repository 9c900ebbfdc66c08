/** REST lists, paged as protocol 6 says: `PageSize` up to 1000, `Page` from 0. */
import { limits } from "../limits.ts";
import { wholeNumberOf } from "./form.ts";

/** One page of `rows` under `name`, with the links Twilio gives. `path` is the list's path without query. */
export function page<Row>(name: string, rows: readonly Row[], path: string, query: URLSearchParams) {
  const asked = wholeNumberOf(query.get("PageSize") ?? "") ?? limits.pageSize;
  const size = Math.min(Math.max(1, asked), limits.pageSizeMost);
  const number = wholeNumberOf(query.get("Page") ?? "") ?? 0;
  const start = number * size;
  const shown = rows.slice(start, start + size);
  const uriOf = (target: number) => {
    const next = new URLSearchParams(query);
    next.set("PageSize", String(size));
    next.set("Page", String(target));
    return `${path}?${next}`;
  };
  return {
    [name]: shown,
    page: number,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uriOf(number),
    first_page_uri: uriOf(0),
    next_page_uri: start + size < rows.length ? uriOf(number + 1) : null,
    previous_page_uri: number > 0 ? uriOf(number - 1) : null,
  };
}
