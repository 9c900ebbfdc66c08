/** What the page asks of the carrier. The key stands in the page's own address. */
export const key = new URLSearchParams(location.search).get("key") ?? "";
const base = new URL("_carrier/phone/", location.href);

/** The answer, or null when there is none. Throws a sentence. */
export async function ask(method, path, body, options = {}) {
  const response = await fetch(new URL(path, base), {
    ...options,
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
  }).catch(() => {
    throw new Error("The carrier does not answer. Is it still running?");
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? response.statusText);
  return answer;
}

/**
 * One stream for all that this tab follows: a browser keeps only six connections to one host, for all its tabs together.
 * By identifier: what to call for every event and when there will be none any more, and the last event seen.
 */
const followed = new Map();
let source = null;
let waiting = false;

/** Calls `tell` for every event of a call or a line until the answer is called, or `lost` when the carrier knows nothing of it any more. */
export function follow(id, tell, lost) {
  followed.set(id, { tell, lost, last: 0 });
  reopen();
  return () => {
    if (followed.delete(id)) reopen();
  };
}

function reopen() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    source?.close();
    source = null;
    if (followed.size > 0) open();
  });
}

function open() {
  const url = new URL("events", base);
  url.searchParams.set("key", key);
  for (const [id, { last }] of followed) url.searchParams.append("of", `${id}:${last}`);
  source = new EventSource(url);
  source.onmessage = ({ data }) => {
    const { of, id, event } = JSON.parse(data);
    const one = followed.get(of);
    if (one && event.type === "unknown") return lose(of);
    // A stream that was opened again by the browser itself begins where it first began.
    if (!one || id <= one.last) return;
    one.last = id;
    one.tell(event);
  };
  source.onerror = ({ target }) => {
    if (target.readyState === EventSource.CLOSED) for (const of of [...followed.keys()]) lose(of);
  };
}

function lose(of) {
  const one = followed.get(of);
  followed.delete(of);
  one?.lost();
}
