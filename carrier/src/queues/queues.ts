/** The queues of an account. Doorway: `createQueues`; Enqueue joins, a Dial takes, REST lists and changes. In memory. */
import type { Clock } from "../clock/clock.ts";
import { makeSid, type Random } from "../ids.ts";
import { limits } from "../limits.ts";
import type { Queue, QueueMember, Queues } from "./queue.ts";

type Taker = (member: QueueMember) => void;

export function createQueues({ clock, random }: { readonly clock: Clock; readonly random: Random }): Queues {
  const known = new Map<string, Queue>();
  const takers = new WeakMap<Queue, Taker[]>();
  const takersOf = (queue: Queue) => takers.get(queue) ?? [];
  const without = (queue: Queue, member: QueueMember) => {
    const at = queue.members.indexOf(member);
    if (at !== -1) queue.members.splice(at, 1);
  };
  const hand = (queue: Queue, member: QueueMember, taker: Taker) => {
    without(queue, member);
    member.takenAt = clock.now();
    member.taken();
    taker(member);
  };
  const byName = (name: string) => [...known.values()].find((queue) => queue.name === name);
  return {
    byName,
    get: (sid) => known.get(sid),
    list: () => [...known.values()].reverse(),
    open(name, accountSid, maxSize = limits.queueSize) {
      const already = byName(name);
      if (already) return already;
      if (known.size >= limits.queues) return null;
      const now = clock.now();
      const sid = makeSid("QU", random);
      const queue: Queue = { sid, accountSid, createdAt: now, updatedAt: now, name, maxSize, members: [] };
      known.set(sid, queue);
      takers.set(queue, []);
      return queue;
    },
    change(queue, { name, maxSize }) {
      queue.name = name ?? queue.name;
      queue.maxSize = maxSize ?? queue.maxSize;
      queue.updatedAt = clock.now();
    },
    remove: (queue) => queue.members.length === 0 && known.delete(queue.sid),
    join(queue, member) {
      if (queue.members.length >= queue.maxSize) return false;
      queue.members.push(member);
      const taker = takersOf(queue).shift();
      if (taker) hand(queue, member, taker);
      return true;
    },
    leave: without,
    pick(queue, member) {
      if (!queue.members.includes(member)) return false;
      hand(queue, member, () => {});
      return true;
    },
    take(queue, timeoutSeconds, stop) {
      return new Promise((resolve) => {
        const waiting = takersOf(queue);
        const done = (member: QueueMember | null) => {
          timeUp();
          stop.removeEventListener("abort", nobody);
          const at = waiting.indexOf(done);
          if (at !== -1) waiting.splice(at, 1);
          resolve(member);
        };
        const nobody = () => done(null);
        const timeUp = clock.after(timeoutSeconds * 1000, nobody);
        const [first] = queue.members;
        if (stop.aborted) return nobody();
        if (first) return hand(queue, first, done);
        stop.addEventListener("abort", nobody);
        waiting.push(done);
      });
    },
  };
}
