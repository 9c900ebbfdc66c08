/** For tests: Twilio's official Node client, its requests sent to the carrier instead of to Twilio. */
import twilio from "twilio";
import { accountSid, authToken, type TestLine } from "./line.ts";

export function clientOf(
  line: Pick<TestLine, "carrier">,
  user = accountSid,
  secret = authToken,
  options: { readonly accountSid?: string } = {},
) {
  class Loopback extends twilio.RequestClient {
    override request<T>(request: Parameters<twilio.RequestClient["request"]>[0]) {
      const url = new URL(request.uri);
      // The base class takes the options of its own `request`.
      return super.request<T>({ ...request, uri: line.carrier.url + url.pathname + url.search } as never);
    }
  }
  return twilio(user, secret, { ...options, httpClient: new Loopback() });
}

export type Client = ReturnType<typeof clientOf>;
