/** The console's interface. */
const api = new URL("_carrier/", location.href);
export const key = new URLSearchParams(location.search).get("key") || "";

export async function ask(path, method = "GET", body) {
  const response = await fetch(new URL(path, api), {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ? answer.error.message : response.statusText);
  return answer;
}
