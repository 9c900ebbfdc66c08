/** Conferences and their participants by REST (protocol 6): lists, changes, announcements, ends; participants who are called. */
import type { Context, Hono } from "hono";
import type { Change, Conference, Participant } from "../conferences/conference.ts";
import type { Plant } from "../plant.ts";
import { conferenceResource, participantResource } from "./conference-resources.ts";
import { createParticipant } from "./create-participant.ts";
import { errorResponse, isRestError, notFound, type RestError, restError } from "./errors.ts";
import {
  flagOf,
  isWebUrl,
  matches,
  matchesDate,
  methodOf,
  queryOf,
  readAddress,
  readForm,
  sidIn,
} from "./form.ts";
import { page } from "./paging.ts";

const base = "/2010-04-01/Accounts/:account/Conferences";
/** REST knows rooms by their SID; only a new participant may be added by name. */
const isSid = (text: string) => /^CF[0-9a-f]{32}$/.test(text);
const lost = (c: Context) => errorResponse(notFound(c.req.path));

export function conferenceRoutes(app: Hono, plant: Plant): void {
  const { conferences } = plant;
  app.get(`${base}.json`, (c) => {
    const query = queryOf(c);
    const rows = conferences
      .list()
      .filter(
        (one) =>
          matches(query, "FriendlyName", one.name) &&
          matches(query, "Status", one.status) &&
          matchesDate(query, "DateCreated", one.createdAt) &&
          matchesDate(query, "DateUpdated", one.updatedAt),
      )
      .map(conferenceResource);
    return c.json(page("conferences", rows, c.req.path, query));
  });
  app.get(`${base}/:file`, (c) => {
    const one = isSid(sidIn(c)) && conferences.find(sidIn(c));
    return one ? c.json(conferenceResource(one)) : lost(c);
  });
  app.post(`${base}/:file`, async (c) => {
    const one = isSid(sidIn(c)) && conferences.find(sidIn(c));
    if (!one) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = updateConference(plant, one, form);
    return wrong ? errorResponse(wrong) : c.json(conferenceResource(one));
  });
  participantRoutes(app, plant);
}

function participantRoutes(app: Hono, plant: Plant): void {
  const { conferences } = plant;
  const path = `${base}/:conference/Participants`;
  const roomOf = (c: Context) => {
    const sid = c.req.param("conference") ?? "";
    return isSid(sid) ? conferences.find(sid) : undefined;
  };
  app.get(`${path}.json`, (c) => {
    const room = roomOf(c);
    if (!room) return lost(c);
    const query = queryOf(c);
    const rows = [...room.participants.values(), ...room.expected.values()]
      .filter(
        (one) =>
          matches(query, "Muted", String(one.muted)) &&
          matches(query, "Hold", String(one.hold)) &&
          matches(query, "Coaching", String(one.coaches !== null)),
      )
      .map((one) => participantResource(room, one));
    return c.json(page("participants", rows, c.req.path, query));
  });
  app.post(`${path}.json`, async (c) => {
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const made = createParticipant(plant, c.req.param("conference") ?? "", form);
    if (isRestError(made)) return errorResponse(made);
    return c.json(participantResource(made.conference, made.member), 201);
  });
  app.get(`${path}/:file`, (c) => {
    const room = roomOf(c);
    const one = room && (conferences.participant(room, sidIn(c)) ?? room.expected.get(sidIn(c)));
    return room && one ? c.json(participantResource(room, one)) : lost(c);
  });
  app.post(`${path}/:file`, async (c) => {
    const room = roomOf(c);
    const one = room && conferences.participant(room, sidIn(c));
    if (!room || !one) return lost(c);
    const form = await readForm(c);
    if (isRestError(form)) return errorResponse(form);
    const wrong = updateParticipant(plant, room, one, form);
    return wrong ? errorResponse(wrong) : c.json(participantResource(room, one));
  });
  app.delete(`${path}/:file`, (c) => {
    const room = roomOf(c);
    const one = room && conferences.participant(room, sidIn(c));
    const ringing = room?.expected.get(sidIn(c));
    if (ringing) plant.exchange.hangUp(ringing.call, "canceled");
    else if (one) conferences.leave(one, "participant_updated_via_api", true);
    else return lost(c);
    return c.body(null, 204);
  });
}

function updateConference({ conferences }: Plant, one: Conference, form: URLSearchParams): RestError | null {
  const status = form.get("Status");
  if (status !== null && status !== "completed")
    return restError(20001, `Invalid Status: expected completed, found ${status}`);
  const address = readAddress(form, "AnnounceUrl", "AnnounceMethod", 21205);
  if (address && isRestError(address)) return address;
  if (address && one.status !== "in-progress")
    return restError(16022, `Conference does not exist or is completed: it is ${one.status}`);
  if (address) conferences.announce(one, null, address);
  if (status === "completed") conferences.end(one);
  return null;
}

function updateParticipant(
  { conferences }: Plant,
  room: Conference,
  one: Participant,
  form: URLSearchParams,
): RestError | null {
  const announced = readAddress(form, "AnnounceUrl", "AnnounceMethod", 21205);
  if (announced && isRestError(announced)) return announced;
  const coaches = readCoaching(room, one, form);
  if (coaches !== null && typeof coaches === "object") return coaches;
  const holdWait = readHold(form);
  if (typeof holdWait === "object" && isRestError(holdWait)) return holdWait;
  const change: Change = {
    muted: flagOf(form, "Muted"),
    hold: flagOf(form, "Hold"),
    holdWait,
    endOnExit: flagOf(form, "EndConferenceOnExit"),
    beepOnExit: flagOf(form, "BeepOnExit"),
    coaches,
  };
  conferences.change(one, change);
  if (announced) conferences.announce(room, one, announced);
  return null;
}

/** Music unless a URL says otherwise; "" is silence. */
function readHold(form: URLSearchParams): NonNullable<Change["holdWait"]> | RestError {
  const url = form.get("HoldUrl");
  if (url === null) return "music";
  if (url === "") return "silence";
  const method = methodOf(form.get("HoldMethod"));
  if (!isWebUrl(url)) return restError(21205, `HoldUrl is not a valid URL: ${url}`);
  return method ? { url, method } : restError(21209, "Invalid HoldMethod: expected GET or POST");
}

/** The coached call, null to stop coaching, undefined to leave it as it is. */
function readCoaching(
  room: Conference,
  one: Participant,
  form: URLSearchParams,
): string | null | undefined | RestError {
  const coaching = flagOf(form, "Coaching");
  const wanted = form.get("CallSidToCoach");
  if (coaching === false) return null;
  if (coaching === undefined && wanted === null) return undefined;
  const coached = wanted ?? one.coaches;
  if (coached !== null && coached !== one.call.sid && room.participants.has(coached)) return coached;
  return restError(
    16028,
    `Participant to be whispered is not present in the conference: ${coached ?? "none"}`,
  );
}
