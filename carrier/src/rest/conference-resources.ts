/** How conferences and participants look in REST answers: the fields and types of Twilio's public OpenAPI description, v2010. */
import { hasEnded } from "../calls/call.ts";
import type { Conference, Member } from "../conferences/conference.ts";
import { rfc2822 } from "../ids.ts";

const version = "2010-04-01";

const uriOf = ({ accountSid, sid }: Conference) => `/${version}/Accounts/${accountSid}/Conferences/${sid}`;

export function conferenceResource(conference: Conference) {
  const { sid, accountSid, name, region, status, ended } = conference;
  return {
    sid,
    account_sid: accountSid,
    date_created: rfc2822(conference.createdAt),
    date_updated: rfc2822(conference.updatedAt),
    api_version: version,
    friendly_name: name,
    region,
    status,
    uri: `${uriOf(conference)}.json`,
    subresource_uris: {
      participants: `${uriOf(conference)}/Participants.json`,
      recordings: `${uriOf(conference)}/Recordings.json`,
    },
    reason_conference_ended: ended?.reason ?? null,
    call_sid_ending_conference: ended?.by?.call.sid ?? null,
  };
}

export function participantResource(conference: Conference, member: Member) {
  const { call } = member;
  return {
    account_sid: conference.accountSid,
    call_sid: call.sid,
    label: member.label,
    call_sid_to_coach: member.coaches,
    coaching: member.coaches !== null,
    conference_sid: conference.sid,
    date_created: rfc2822(member.since),
    date_updated: rfc2822(member.updatedAt),
    end_conference_on_exit: member.endOnExit,
    muted: member.muted,
    hold: member.hold,
    start_conference_on_enter: member.startOnEnter,
    status: statusOf(conference, member),
    queue_time: String(call.queueMs),
    uri: `${uriOf(conference)}/Participants/${call.sid}.json`,
  };
}

function statusOf({ participants }: Conference, { call }: Member) {
  if (participants.has(call.sid)) return "connected";
  if (hasEnded(call)) return call.status === "completed" ? "complete" : "failed";
  return call.status === "in-progress" ? "connecting" : call.status === "ringing" ? "ringing" : "queued";
}
