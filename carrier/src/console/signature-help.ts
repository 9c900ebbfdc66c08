/**
 * Why an application may not accept a signature: what was signed, and what comes out for whoever takes the request for another one.
 * An application that computes one of these others knows what it sees differently.
 */
import { type Parameters, signature, signedText } from "../webhooks/signature.ts";

export interface SignatureHelp {
  readonly signature: string;
  /** The text under HMAC-SHA1 with the auth token, then base64. */
  readonly signed: string;
  readonly mistakes: readonly { readonly because: string; readonly signature: string }[];
}

export function signatureHelp(
  authToken: string,
  {
    url,
    method,
    parameters,
  }: { readonly url: string; readonly method: string; readonly parameters: Parameters },
): SignatureHelp {
  const posted = method === "POST" ? parameters : [];
  const right = signature(authToken, url, posted);
  const other = (because: string, otherUrl: string, otherParameters: Parameters = posted) => ({
    because,
    signature: signature(authToken, otherUrl, otherParameters),
  });
  const swapped = url.startsWith("https:")
    ? url.replace(/^https:/, "http:")
    : url.replace(/^http:/, "https:");
  const bare = new URL(url);
  const withoutPort = url.replace(`//${bare.host}`, `//${bare.hostname}`);
  const slashed = bare.pathname.endsWith("/") ? bare.pathname.slice(0, -1) : `${bare.pathname}/`;
  return {
    signature: right,
    signed: signedText(url, posted),
    mistakes: [
      other(`it sees the URL with ${swapped.split(":")[0]}: (a proxy in front of it)`, swapped),
      other("it leaves out the port", withoutPort),
      other("it leaves out the query", url.replace(/\?.*$/s, "")),
      other("it adds or drops a slash at the end of the path", url.replace(bare.pathname, slashed)),
      other("it does not read the form (no body parser for application/x-www-form-urlencoded)", url, []),
      other(
        "it drops empty parameters",
        url,
        posted.filter(([, value]) => value !== ""),
      ),
      other("it signs the parameters of a GET as well, which stand in the URL already", url, parameters),
    ].filter((one) => one.signature !== right),
  };
}
