/**
 * A queue of callers (protocol 5, Enqueue and Queue). Callers wait for somebody to dial the queue, and whoever dials an empty one waits
 * for a caller: first come, first served, on both sides.
 */
import type { Call } from "../calls/call.ts";
import type { Stage } from "../calls/stage.ts";
import type { Parameters } from "../webhooks/signature.ts";

export interface QueueMember {
  readonly call: Call;
  readonly stage: Stage;
  readonly since: number;
  /** When its turn came; null while it waits. */
  takenAt: number | null;
  /** It has talked with whoever dialled the queue. */
  joined: boolean;
  /** Its turn has come: it hears no more of what is for those who wait. */
  readonly taken: () => void;
  /** The two have parted again. */
  readonly parted: () => void;
}

export interface Queue {
  readonly sid: string;
  readonly accountSid: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  maxSize: number;
  /** In the order of their turns. */
  readonly members: QueueMember[];
}

export interface Queues {
  /** By SID. */
  get(sid: string): Queue | undefined;
  byName(name: string): Queue | undefined;
  /** Newest first. */
  list(): Queue[];
  /** The one of this name, or a new one; null when there are too many. */
  open(name: string, accountSid: string, maxSize?: number): Queue | null;
  change(queue: Queue, what: { readonly name?: string; readonly maxSize?: number }): void;
  /** False when somebody is in it. */
  remove(queue: Queue): boolean;
  /** False when it is full. */
  join(queue: Queue, member: QueueMember): boolean;
  leave(queue: Queue, member: QueueMember): void;
  /** This one's turn has come, whoever else waits; false when it has gone. */
  pick(queue: Queue, member: QueueMember): boolean;
  /** The first in the queue, or the next who comes before the time is up or `stop` fires; then null. */
  take(queue: Queue, timeoutSeconds: number, stop: AbortSignal): Promise<QueueMember | null>;
}

/** Seconds somebody waited, until now or until its turn came. */
export const waitedSeconds = ({ since, takenAt }: QueueMember, now: number) =>
  Math.round(((takenAt ?? now) - since) / 1000);

export const averageSeconds = ({ members }: Queue, now: number) =>
  members.length === 0
    ? 0
    : Math.round(members.reduce((sum, one) => sum + waitedSeconds(one, now), 0) / members.length);

/** What the waitUrl is told. */
export const waitParameters = (queue: Queue, member: QueueMember, now: number): Parameters => [
  ["QueuePosition", String(queue.members.indexOf(member) + 1)],
  ["QueueSid", queue.sid],
  ["QueueTime", String(waitedSeconds(member, now))],
  ["AvgQueueTime", String(averageSeconds(queue, now))],
  ["CurrentQueueSize", String(queue.members.length)],
  ["MaxQueueSize", String(queue.maxSize)],
];
