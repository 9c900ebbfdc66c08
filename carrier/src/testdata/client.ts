/** For tests: Twilio's official Node client, its requests sent to the carrier instead of to Twilio, and answers judged if that is wanted. */
import twilio from "twilio";
import { accountSid, authToken, type TestLine } from "./line.ts";
import { judge } from "./openapi.ts";

export function clientOf(
  line: Pick<TestLine, "carrier">,
  user = accountSid,
  secret = authToken,
  options: { readonly accountSid?: string } = {},
  /** Sentences on what Twilio's description of its answers forbids. */
  misshapen: string[] = [],
) {
  class Loopback extends twilio.RequestClient {
    override async request<T>(request: Parameters<twilio.RequestClient["request"]>[0]) {
      const url = new URL(request.uri);
      // The base class takes the options of its own `request`.
      const answer = await super.request<T>({
        ...request,
        uri: line.carrier.url + url.pathname + url.search,
      } as never);
      const { statusCode } = answer;
      const body: unknown =
        typeof answer.body === "string" && answer.body !== "" ? JSON.parse(answer.body) : answer.body;
      if (statusCode < 300)
        misshapen.push(...judge(request.method.toUpperCase(), url.pathname, statusCode, body));
      return answer;
    }
  }
  return twilio(user, secret, { ...options, httpClient: new Loopback() });
}

export type Client = ReturnType<typeof clientOf>;
