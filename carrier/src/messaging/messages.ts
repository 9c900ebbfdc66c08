/**
 * Text messages (Twilio, Message resource): those an application sends, from queued to delivered, each step told to the status callback;
 * and the record of those that come in. In memory. Whoever is at a number decides what becomes of what is sent there (`fateOf`).
 * What happens with an incoming message is in `receive.ts`.
 */
import type { Address } from "../calls/call.ts";
import type { Cancel, Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Inform } from "../webhooks/inform.ts";
import type { Parameters } from "../webhooks/signature.ts";

export interface Media {
  readonly sid: string;
  readonly url: string;
  readonly contentType: string;
  readonly createdAt: number;
}

export type MessageStatus =
  | "accepted"
  | "scheduled"
  | "queued"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "canceled"
  | "received";

export interface Message {
  readonly sid: string;
  readonly accountSid: string;
  readonly to: string;
  readonly from: string;
  readonly direction: "inbound" | "outbound-api" | "outbound-call" | "outbound-reply";
  readonly messagingServiceSid: string | null;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  readonly statusCallback: Address | null;
  updatedAt: number;
  sentAt: number | null;
  status: MessageStatus;
  /** Every status it has had, for answers that lag behind. */
  readonly history: { readonly at: number; readonly status: MessageStatus }[];
  /** Twilio's code of why it did not arrive. */
  errorCode: number | null;
  /** "" once it was redacted. */
  body: string;
  media: readonly Media[];
}

export type MessageRequest = Pick<Message, "accountSid" | "to" | "from" | "body" | "statusCallback"> & {
  readonly direction?: Message["direction"];
  readonly messagingServiceSid?: string | null;
  readonly mediaUrls?: readonly string[];
  /** When it is to be sent, ms since the epoch; at once if not given. */
  readonly sendAt?: number;
};

export interface Messages {
  send(request: MessageRequest): Message;
  /** Writes down a message that has come in. */
  receive(request: Omit<MessageRequest, "statusCallback" | "sendAt" | "direction">): Message;
  /** Takes a scheduled message back; false when it is too late. */
  cancel(message: Message): boolean;
  /** Changes what is kept of it: its words, its media. */
  redact(message: Message, kept: Partial<Pick<Message, "body" | "media">>): void;
  remove(sid: string): boolean;
  get(sid: string): Message | undefined;
  /** Newest first. */
  list(): Message[];
}

/** After sending, ms. Estimates of ours. */
const sentMs = 500;
const deliveredMs = 2000;

/** A message whose way is over; only then may it be deleted. */
export const isOver = ({ status }: Message): boolean =>
  !["accepted", "scheduled", "queued", "sent"].includes(status);

export function createMessages(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly inform: Inform;
  /** Twilio's code of why a message to this number does not arrive, or null. */
  readonly fateOf: (to: string) => number | null;
  /** A message has arrived at a number. */
  readonly arrived: (message: Message) => void;
}): Messages {
  const { clock } = parts;
  const known = new Map<string, Message>();
  const waiting = new Map<string, Cancel>();
  const become = (message: Message, status: MessageStatus) => {
    message.status = status;
    message.updatedAt = clock.now();
    message.history.push({ at: message.updatedAt, status });
    tell(message);
  };
  const tell = (message: Message) => {
    const { sid, statusCallback: address } = message;
    if (address !== null)
      parts.inform({ about: "message", sid, address, parameters: statusParameters(message) });
  };
  const keep = (
    request: Omit<MessageRequest, "statusCallback">,
    rest: Pick<Message, "statusCallback" | "status">,
  ) => {
    const now = clock.now();
    const { mediaUrls = [], ...given } = request;
    const message: Message = {
      direction: "outbound-api",
      messagingServiceSid: null,
      ...given,
      ...rest,
      sid: makeSid(mediaUrls.length > 0 ? "MM" : "SM", parts.random),
      media: mediaUrls.map((url) => ({
        sid: makeSid("ME", parts.random),
        url,
        contentType: contentTypeOf(url),
        createdAt: now,
      })),
      createdAt: now,
      updatedAt: now,
      sentAt: null,
      history: [{ at: now, status: rest.status }],
      errorCode: null,
    };
    known.set(message.sid, message);
    if (known.size > limits.keptMessages) for (const [oldest] of known) if (known.delete(oldest)) break;
    return message;
  };
  const dispatch = (message: Message) => {
    clock.after(sentMs, () => {
      message.sentAt = clock.now();
      become(message, "sent");
    });
    clock.after(deliveredMs, () => {
      message.errorCode = parts.fateOf(message.to);
      if (message.errorCode === null) {
        become(message, "delivered");
        parts.arrived(message);
      } else become(message, failedEarly.has(message.errorCode) ? "failed" : "undelivered");
    });
  };
  return {
    get: (sid) => known.get(sid),
    list: () => [...known.values()].reverse(),
    remove: (sid) => known.delete(sid),
    send({ sendAt, ...request }) {
      const byService = (request.messagingServiceSid ?? null) !== null;
      const status = sendAt !== undefined ? "scheduled" : byService ? "accepted" : "queued";
      const message = keep(request, { statusCallback: request.statusCallback, status });
      tell(message);
      if (sendAt === undefined) dispatch(message);
      else {
        const begin = () => {
          waiting.delete(message.sid);
          become(message, "queued");
          dispatch(message);
        };
        waiting.set(message.sid, clock.after(Math.max(0, sendAt - clock.now()), begin));
      }
      return message;
    },
    receive(request) {
      const message = keep(
        { ...request, direction: "inbound" },
        { statusCallback: null, status: "received" },
      );
      message.sentAt = clock.now();
      return message;
    },
    cancel(message) {
      const cancel = waiting.get(message.sid);
      if (!cancel) return false;
      cancel();
      waiting.delete(message.sid);
      become(message, "canceled");
      return true;
    },
    redact(message, kept) {
      Object.assign(message, kept);
      message.updatedAt = clock.now();
    },
  };
}

/** Twilio itself gives these up: queue overflow, account suspended, validity period over. */
const failedEarly: ReadonlySet<number> = new Set([30001, 30002, 30036]);

/** By the ending of the URL: media of messages are not fetched. */
function contentTypeOf(url: string): string {
  const ending = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? "")?.[1]?.toLowerCase() ?? "";
  return contentTypes[ending] ?? "application/octet-stream";
}
const contentTypes: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  vcf: "text/vcard",
  wav: "audio/wav",
};

/** GSM and Unicode segments are not told apart: 153 characters each once there are several. */
export const segmentsOf = (body: string): number => (body.length <= 160 ? 1 : Math.ceil(body.length / 153));

function statusParameters(message: Message): Parameters {
  const { sid, accountSid, to, from, status, errorCode, messagingServiceSid } = message;
  return [
    ["AccountSid", accountSid],
    ["ApiVersion", "2010-04-01"],
    ["From", from],
    ["MessageSid", sid],
    ["MessageStatus", status],
    ["SmsSid", sid],
    ["SmsStatus", status],
    ["To", to],
    ...(messagingServiceSid === null ? [] : ([["MessagingServiceSid", messagingServiceSid]] as const)),
    ...(errorCode === null ? [] : ([["ErrorCode", String(errorCode)]] as const)),
  ];
}
