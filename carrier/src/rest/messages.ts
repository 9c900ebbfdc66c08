/** Messages by REST (protocol 6): send one, read one, list by To and From. Bodies only; media, content and services are refused. */
import type { Hono } from "hono";
import { limits } from "../limits.ts";
import type { MessageRequest } from "../messages.ts";
import { isE164 } from "../numbers.ts";
import type { Plant } from "../plant.ts";
import { partyIn } from "./create-call.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { matches, readAddress, readForm } from "./form.ts";
import { page } from "./paging.ts";
import { messageResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account";

export function messageRoutes(app: Hono, plant: Plant): void {
  const { messages } = plant;
  app.post(`${base}/Messages.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const request = readMessage(plant, form);
    if (isRestError(request)) return errorResponse(request);
    return c.json(messageResource(messages.send(request)), 201);
  });
  app.get(`${base}/Messages.json`, (c) => {
    const query = new URL(c.req.url).searchParams;
    const rows = messages
      .list()
      .filter(({ to, from }) => matches(query, "To", to) && matches(query, "From", from))
      .map(messageResource);
    return c.json(page("messages", rows, c.req.path, query));
  });
  app.get(`${base}/Messages/:file`, (c) => {
    const message = messages.get(c.req.param("file").replace(/\.json$/, ""));
    return message ? c.json(messageResource(message)) : errorResponse(notFound(c.req.path));
  });
}

function readMessage(plant: Plant, form: URLSearchParams): MessageRequest | RestError {
  const [to, from] = [partyIn(form, "To"), partyIn(form, "From")];
  const body = form.get("Body") ?? "";
  if (to === "") return restError(21604, "A 'To' phone number is required.");
  if (!isE164(to)) return restError(21211, `Invalid 'To' Phone Number: ${to}`);
  const service = form.get("MessagingServiceSid") ?? "";
  if (from === "" && service === "")
    return restError(21603, "A 'From' or 'MessagingServiceSid' parameter is required to send a message.");
  // This account has no messaging service: whatever is named does not exist.
  if (from === "") return restError(21701, `The Messaging Service ${service} does not exist.`);
  if (!plant.numbers.byNumber(from))
    return restError(21606, `The 'From' phone number provided (${from}) is not a number of this account.`);
  if (body === "") return restError(21602, "Message body is required.");
  if ([...body].length > limits.messageCharacters)
    return restError(
      21617,
      `The concatenated message body exceeds the ${limits.messageCharacters} character limit.`,
    );
  const statusCallback = readAddress(form, "StatusCallback", "StatusCallbackMethod", 21609);
  if (statusCallback && isRestError(statusCallback)) return statusCallback;
  return { accountSid: plant.account.sid, to, from, body, statusCallback };
}
