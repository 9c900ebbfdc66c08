/**
 * Text messages an application sends (protocol 6): queued, sent, delivered, each told to the status callback. In memory; nobody reads them
 * but tests. A number where calls fail cannot be reached by messages either: undelivered, 30003.
 */
import type { Address } from "./calls/call.ts";
import type { Clock } from "./clock.ts";
import { makeSid, type Random } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Inform } from "./webhooks/inform.ts";

export interface Message {
  readonly sid: string;
  readonly accountSid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  status: "queued" | "sent" | "delivered" | "undelivered";
  errorCode: 30003 | null;
  readonly statusCallback: Address | null;
}

export type MessageRequest = Pick<Message, "accountSid" | "to" | "from" | "body" | "statusCallback">;

export interface Messages {
  send(request: MessageRequest): Message;
  get(sid: string): Message | undefined;
  /** Newest first. */
  list(): Message[];
}

/** After sending, ms. Estimates of ours. */
const sentMs = 500;
const deliveredMs = 2000;

export function createMessages(parts: {
  readonly clock: Clock;
  readonly random: Random;
  readonly inform: Inform;
  /** Whether messages reach this number. */
  readonly reaches: (to: string) => boolean;
}): Messages {
  const { clock } = parts;
  const known = new Map<string, Message>();
  const become = (message: Message, status: Message["status"]) => {
    message.status = status;
    message.updatedAt = clock.now();
    tell(message);
  };
  const tell = (message: Message) => {
    const { sid, statusCallback: address } = message;
    if (address !== null)
      parts.inform({ about: "message", sid, address, parameters: messageParameters(message) });
  };
  return {
    get: (sid) => known.get(sid),
    list: () => [...known.values()].reverse(),
    send(request) {
      const message: Message = {
        ...request,
        sid: makeSid("SM", parts.random),
        createdAt: clock.now(),
        updatedAt: clock.now(),
        sentAt: null,
        status: "queued",
        errorCode: null,
      };
      known.set(message.sid, message);
      if (known.size > limits.keptMessages) for (const [oldest] of known) if (known.delete(oldest)) break;
      tell(message);
      clock.after(sentMs, () => {
        message.sentAt = clock.now();
        become(message, "sent");
      });
      clock.after(deliveredMs, () => {
        if (!parts.reaches(message.to)) message.errorCode = 30003;
        become(message, message.errorCode === null ? "delivered" : "undelivered");
      });
      return message;
    },
  };
}

function messageParameters({ sid, accountSid, to, from, status, errorCode }: Message) {
  return [
    ["AccountSid", accountSid],
    ["ApiVersion", "2010-04-01"],
    ["From", from],
    ["MessageSid", sid],
    ["MessageStatus", status],
    ["SmsSid", sid],
    ["SmsStatus", status],
    ["To", to],
    ...(errorCode === null ? [] : ([["ErrorCode", String(errorCode)]] as const)),
  ] as const;
}
