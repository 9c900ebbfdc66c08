/**
 * Who in this process waits for the reply of a turn that is still being thought about. A webhook takes a ticket
 * before anything can answer; whoever commits the reply posts it. Only a shortcut: another process's reply is found
 * in the database when the wait is over.
 */
import type { StoredReply } from "../db/turns.ts";

export interface Ticket {
  readonly reply: Promise<StoredReply>;
  close(): void;
}

export interface TurnBoard {
  take(callId: string, turn: number): Ticket;
  awaited(callId: string, turn: number): boolean;
  post(callId: string, reply: StoredReply): void;
}

export function createTurnBoard(): TurnBoard {
  const waiting = new Map<string, Set<(reply: StoredReply) => void>>();
  const keyOf = (callId: string, turn: number) => `${callId}/${turn}`;
  return {
    take(callId, turn) {
      const key = keyOf(callId, turn);
      const here = waiting.get(key) ?? new Set();
      waiting.set(key, here);
      const { promise, resolve } = Promise.withResolvers<StoredReply>();
      here.add(resolve);
      return {
        reply: promise,
        close() {
          here.delete(resolve);
          if (here.size === 0 && waiting.get(key) === here) waiting.delete(key);
        },
      };
    },
    awaited: (callId, turn) => waiting.has(keyOf(callId, turn)),
    post(callId, reply) {
      for (const resolve of waiting.get(keyOf(callId, reply.turn)) ?? []) resolve(reply);
    },
  };
}
