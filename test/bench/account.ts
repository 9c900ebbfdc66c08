/** What the webhook benchmark's server and its load agree on. */
export const account = { accountSid: `AC${"c3".repeat(16)}`, authToken: "the benchmark's auth token" };
export const publicBaseUrl = "https://calls.example.test";
export const benchNumber = "+15550100001";
/** As long as the runtime's own tokens: they are part of what is signed. */
export const hookToken = "b".repeat(32);
