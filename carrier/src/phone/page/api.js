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

/** Calls `tell` for every event until `close` is called or the stream is over for good, which is told by `lost`. */
export function follow(path, tell, lost) {
  const url = new URL(`${path}/events`, base);
  url.searchParams.set("key", key);
  const source = new EventSource(url);
  source.onmessage = (message) => tell(JSON.parse(message.data));
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) lost();
  };
  return () => source.close();
}
