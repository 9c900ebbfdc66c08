/** Twilio, and every carrier that speaks its protocol: the parts of this folder as one `Provider`. */
import type { Provider } from "../provider.ts";
import { parseStatus, parseVerdict, parseVoice } from "./parse.ts";
import { createRest } from "./rest.ts";
import { verifyRequest } from "./signature.ts";
import { renderTwiml } from "./twiml.ts";

export interface TwilioOptions {
  readonly accountSid: string;
  /** The primary auth token: it signs the webhooks. Null refuses them all. */
  readonly authToken: string | null;
  /** For REST, when it is not to be the auth token. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  readonly publicBaseUrl: string;
  readonly restBaseUrl?: string;
}

export function createTwilio(options: TwilioOptions): Provider {
  const { accountSid, authToken, apiKey, publicBaseUrl } = options;
  const rest = createRest({
    accountSid,
    username: apiKey?.sid ?? accountSid,
    password: apiKey?.secret ?? authToken ?? "",
    baseUrl: options.restBaseUrl ?? null,
  });
  return {
    name: "twilio",
    verify: (request) => verifyRequest(request, { authToken, publicBaseUrl }),
    parseVoice: (fields) => parseVoice(fields, { accountSid, publicBaseUrl }),
    parseStatus: (fields) => parseStatus(fields, { accountSid, publicBaseUrl }),
    parseVerdict: (fields) => parseVerdict(fields, { accountSid, publicBaseUrl }),
    render: renderTwiml,
    ...rest,
  };
}
