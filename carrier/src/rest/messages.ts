/** Messages by REST (Twilio, Message resource): send, read, list, redact, cancel, delete; their media and feedback. */
import type { Context, Hono } from "hono";
import { rfc2822 } from "../ids.ts";
import { isOver, type Media, type Message } from "../messaging/messages.ts";
import type { Plant } from "../plant.ts";
import { readMessage } from "./create-message.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import { matches, matchesDate, queryOf, readForm, sidIn } from "./form.ts";
import { messageAsOf } from "./lag.ts";
import { page } from "./paging.ts";
import { messageResource } from "./resources.ts";

const base = "/2010-04-01/Accounts/:account/Messages";
const lost = (c: Context) => errorResponse(notFound(c.req.path));

export function messageRoutes(app: Hono, plant: Plant): void {
  const { messages } = plant;
  /** Until when reads have seen what happened. */
  const seen = () => plant.clock.now() - plant.restLagMs;
  app.post(`${base}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const request = readMessage(plant, form);
    if (isRestError(request)) return errorResponse(request);
    return c.json(messageResource(messages.send(request)), 201);
  });
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
    const rows = messages
      .list()
      .filter(({ createdAt }) => createdAt <= seen())
      .map((message) => messageAsOf(message, seen()))
      .filter(
        ({ to, from, sentAt }) =>
          matches(query, "To", to) && matches(query, "From", from) && matchesDate(query, "DateSent", sentAt),
      )
      .map(messageResource);
    return c.json(page("messages", rows, c.req.path, query));
  });
  app.get(`${base}/:file`, (c) => {
    const message = messages.get(sidIn(c));
    return message ? c.json(messageResource(messageAsOf(message, seen()))) : lost(c);
  });
  app.post(`${base}/:file`, async (c) => {
    const message = messages.get(sidIn(c));
    if (!message) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = update(plant, message, form);
    return wrong ? errorResponse(wrong) : c.json(messageResource(message));
  });
  app.delete(`${base}/:file`, (c) => {
    const message = messages.get(sidIn(c));
    if (!message) return lost(c);
    if (!isOver(message)) return errorResponse(tooEarly);
    messages.remove(message.sid);
    return c.body(null, 204);
  });
  mediaRoutes(app, plant);
  app.post(`${base}/:message/Feedback.json`, async (c) => {
    const message = messages.get(c.req.param("message"));
    if (!message) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const outcome = form.get("Outcome") ?? "confirmed";
    if (outcome !== "confirmed" && outcome !== "unconfirmed")
      return errorResponse(
        restError(20001, `Invalid Outcome: expected confirmed or unconfirmed, found ${outcome}`),
      );
    const { sid, accountSid } = message;
    const now = rfc2822(plant.clock.now());
    return c.json({
      account_sid: accountSid,
      message_sid: sid,
      outcome,
      date_created: now,
      date_updated: now,
      uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Feedback.json`,
    });
  });
}

const tooEarly = restError(20009, "Cannot delete this resource before it is complete", 409);

/** An empty Body takes the words away; Status=canceled takes a scheduled message back. */
function update({ messages }: Plant, message: Message, form: URLSearchParams): RestError | null {
  const [body, status] = [form.get("Body"), form.get("Status")];
  if (status !== null && status !== "canceled")
    return restError(20001, `Invalid Status: expected canceled, found ${status}`);
  if (body !== null && body !== "") return restError(20001, "Invalid Body: only an empty one is accepted");
  if (status === "canceled" && !messages.cancel(message))
    return restError(30409, `Only a scheduled message can be canceled: it is ${message.status}`, 409);
  if (body === "" && !isOver(message)) return tooEarly;
  if (body === "") messages.redact(message, { body });
  return body === null && status === null ? restError(20001, "expected Body or Status") : null;
}

function mediaRoutes(app: Hono, { messages }: Plant): void {
  const path = `${base}/:message/Media`;
  const messageOf = (c: Context) => messages.get(c.req.param("message") ?? "");
  app.get(`${path}.json`, (c) => {
    const message = messageOf(c);
    if (!message) return lost(c);
    const query = queryOf(c);
    const rows = message.media
      .filter(({ createdAt }) => matchesDate(query, "DateCreated", createdAt))
      .map((one) => mediaResource(message, one));
    return c.json(page("media_list", rows, c.req.path, query));
  });
  app.get(`${path}/:file`, (c) => {
    const message = messageOf(c);
    const one = message?.media.find(({ sid }) => sid === sidIn(c));
    return message && one ? c.json(mediaResource(message, one)) : lost(c);
  });
  app.delete(`${path}/:file`, (c) => {
    const message = messageOf(c);
    const left = message?.media.filter(({ sid }) => sid !== sidIn(c)) ?? [];
    if (!message || left.length === message.media.length) return lost(c);
    messages.redact(message, { media: left });
    return c.body(null, 204);
  });
}

const mediaResource = ({ accountSid, sid: parent }: Message, { sid, contentType, createdAt }: Media) => ({
  sid,
  account_sid: accountSid,
  parent_sid: parent,
  content_type: contentType,
  date_created: rfc2822(createdAt),
  date_updated: rfc2822(createdAt),
  uri: `/2010-04-01/Accounts/${accountSid}/Messages/${parent}/Media/${sid}.json`,
});
