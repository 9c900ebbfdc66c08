/**
 * Every request this carrier made and what came back: what the console shows and replays. In memory, oldest forgotten first.
 * Bodies are cut; nothing else reads them from here.
 */
import type { Clock } from "../clock/clock.ts";
import { limits } from "../limits.ts";
import type { Method } from "../twiml/document.ts";
import type { Parameters } from "../webhooks/signature.ts";

export interface Entry {
  /** Counts from 1. */
  readonly id: number;
  readonly at: number;
  /** The call, message or conference that it is about. */
  readonly about: string;
  readonly method: Method;
  /** As it went over the wire. */
  readonly url: string;
  /** The URL before a GET's parameters were written into it. */
  readonly document: string;
  readonly parameters: Parameters;
  readonly signature: string;
  /** Its answer steers the call; others only inform. */
  readonly controlsCall: boolean;
  /** null while it is on its way, and when no answer came. */
  status: number | null;
  contentType: string | null;
  body: string | null;
  /** Until the answer's head, ms. */
  tookMs: number | null;
  /** The body is one that was kept: nothing was asked, or the answer was 304. */
  fromCache: boolean;
  problem: { readonly code: number; readonly message: string } | null;
}

export interface Journal {
  add(
    request: Omit<
      Entry,
      "id" | "at" | "status" | "contentType" | "body" | "tookMs" | "fromCache" | "problem"
    >,
  ): Entry;
  get(id: number): Entry | undefined;
  /** Newest first; with `about` only what concerns that call, message or conference. */
  list(about?: string): Entry[];
}

export function createJournal(clock: Clock): Journal {
  let kept: Entry[] = [];
  let lastId = 0;
  return {
    add(request) {
      const entry: Entry = {
        ...request,
        id: ++lastId,
        at: clock.now(),
        status: null,
        contentType: null,
        body: null,
        tookMs: null,
        fromCache: false,
        problem: null,
      };
      kept.push(entry);
      if (kept.length > limits.journalEntries * 1.25) kept = kept.slice(-limits.journalEntries);
      return entry;
    },
    get: (id) => kept.find((one) => one.id === id),
    list: (about) =>
      kept
        .slice(-limits.journalEntries)
        .filter((one) => about === undefined || one.about === about)
        .reverse(),
  };
}
