/** How calls, numbers and the account look in REST answers: the fields and types of Twilio's public OpenAPI description, v2010. */

import { numberTypeOf, type OwnNumber } from "../account/numbers.ts";
import { type Call, callSeconds } from "../calls/call.ts";
import { type Recording, recordedSeconds } from "../calls/recordings.ts";
import { rfc2822 } from "../ids.ts";
import { type Message, segmentsOf } from "../messaging/messages.ts";
import type { Account } from "../plant.ts";

const version = "2010-04-01";
const root = (accountSid: string) => `/${version}/Accounts/${accountSid}`;
const dateOrNull = (ms: number | null) => (ms === null ? null : rfc2822(ms));

export function callResource(call: Call) {
  const uri = `${root(call.accountSid)}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    parent_call_sid: call.parentCallSid,
    account_sid: call.accountSid,
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    phone_number_sid: call.phoneNumberSid,
    status: call.status,
    start_time: dateOrNull(startOf(call)),
    end_time: dateOrNull(call.endedAt),
    duration: call.endedAt === null ? null : String(callSeconds(call, call.endedAt)),
    price: null,
    price_unit: "USD",
    direction: call.direction,
    answered_by: call.verdict?.answeredBy ?? null,
    api_version: version,
    forwarded_from: call.forwardedFrom,
    group_sid: null,
    caller_name: call.callerName,
    queue_time: String(call.queueMs),
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(
      ["notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions"].map(
        (name) => [name, `${uri}/${titled(name)}.json`],
      ),
    ),
  };
}

export function numberResource(number: OwnNumber, accountSid: string) {
  return {
    sid: number.sid,
    account_sid: accountSid,
    address_sid: null,
    address_requirements: "none",
    api_version: version,
    beta: false,
    capabilities: { voice: true, sms: true, mms: false, fax: false },
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    friendly_name: number.friendlyName,
    identity_sid: null,
    phone_number: number.phoneNumber,
    origin: "twilio",
    sms_application_sid: number.smsApplicationSid || null,
    sms_fallback_method: number.smsFallbackMethod,
    sms_fallback_url: number.smsFallbackUrl,
    sms_method: number.smsMethod,
    sms_url: number.smsUrl,
    status_callback: number.statusCallback,
    status_callback_method: number.statusCallbackMethod,
    trunk_sid: null,
    uri: `${root(accountSid)}/IncomingPhoneNumbers/${number.sid}.json`,
    voice_receive_mode: "voice",
    voice_application_sid: number.voiceApplicationSid || null,
    voice_caller_id_lookup: number.voiceCallerIdLookup,
    voice_fallback_method: number.voiceFallbackMethod,
    voice_fallback_url: number.voiceFallbackUrl,
    voice_method: number.voiceMethod,
    voice_url: number.voiceUrl,
    emergency_status: "Inactive",
    emergency_address_sid: null,
    emergency_address_status: "unregistered",
    bundle_sid: null,
    status: "in-use",
    type: numberTypeOf(number.phoneNumber),
  };
}

export function recordingResource(recording: Recording, mediaUrl: string) {
  const { sid, accountSid, callSid, channels, source, status, durationMs } = recording;
  return {
    sid,
    account_sid: accountSid,
    call_sid: callSid,
    conference_sid: recording.conferenceSid,
    api_version: version,
    channels,
    date_created: rfc2822(recording.startedAt),
    date_updated: rfc2822(recording.updatedAt),
    start_time: rfc2822(recording.startedAt),
    duration: durationMs === null ? null : String(recordedSeconds(recording)),
    encryption_details: null,
    error_code: recording.errorCode,
    media_url: mediaUrl,
    price: null,
    price_unit: "USD",
    source,
    status,
    subresource_uris: {},
    uri: `${root(accountSid)}/Recordings/${sid}.json`,
  };
}

/** Twilio's words of why a message did not arrive. */
const reasons: Readonly<Record<number, string>> = {
  30001: "Queue overflow",
  30002: "Account suspended",
  30003: "Unreachable destination handset",
  30004: "Message blocked",
  30005: "Unknown destination handset",
  30006: "Landline or unreachable carrier",
  30007: "Message filtered",
};

export function messageResource(message: Message) {
  const { sid, accountSid, to, from, body, status, errorCode, direction, media } = message;
  return {
    sid,
    account_sid: accountSid,
    api_version: version,
    body,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    date_sent: dateOrNull(message.sentAt),
    direction,
    error_code: errorCode,
    error_message: errorCode === null ? null : (reasons[errorCode] ?? "Unknown error"),
    from,
    to,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(media.length),
    num_segments: String(segmentsOf(body)),
    price: null,
    price_unit: "USD",
    status,
    subresource_uris: {
      media: `${root(accountSid)}/Messages/${sid}/Media.json`,
      feedback: `${root(accountSid)}/Messages/${sid}/Feedback.json`,
    },
    uri: `${root(accountSid)}/Messages/${sid}.json`,
  };
}

export function accountResource(account: Account) {
  const { sid, ownerSid, friendlyName, status, authToken, createdAt, updatedAt } = account;
  const below = [
    "addresses",
    "applications",
    "available_phone_numbers",
    "balance",
    "calls",
    "conferences",
    "incoming_phone_numbers",
    "keys",
    "messages",
    "notifications",
    "outgoing_caller_ids",
    "queues",
    "recordings",
    "signing_keys",
    "transcriptions",
    "usage",
  ];
  return {
    sid,
    auth_token: authToken,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(updatedAt),
    friendly_name: friendlyName,
    owner_account_sid: ownerSid,
    status,
    subresource_uris: Object.fromEntries(below.map((name) => [name, `${root(sid)}/${titled(name)}.json`])),
    type: "Full",
    uri: `${root(sid)}.json`,
  };
}

const titled = (name: string) => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** When it was answered, or was over without; never for a call that was taken back before it was dialled (Twilio, Calls: start_time). */
export function startOf({ answeredAt, endedAt, history }: Call): number | null {
  const last = history.at(-1)?.status;
  return last === "canceled" && history.at(-2)?.status === "queued" ? null : (answeredAt ?? endedAt);
}

/** National writing for +1 numbers, everything else as it is. */
export function formatted(address: string): string {
  const national = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address);
  return national ? `(${national[1]}) ${national[2]}-${national[3]}` : address;
}
