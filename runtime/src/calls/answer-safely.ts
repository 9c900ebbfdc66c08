/**
 * Whatever happens, a phone is told something it can do: F6, F16 and "our mistakes" of the reliability design.
 *
 * - The database is away: tried again for 2 s, then the phone pauses and asks the same again, twice; then an apology
 *   from memory and the line is closed. What the first asking brought (keys, words, a recording) is kept for the second,
 *   because a redirect does not bring it again.
 * - Longer than the budget, or too many at once: the same, so that the carrier's own limit of 15 s is never reached.
 * - We made a mistake: the flow's apology, and the operator gets the stack.
 *
 * Doorway: `createSafety` in app.ts, `answer` around every voice webhook. Never rejects.
 */
import { isAway } from "../db/database.ts";
import { type Clock, pause, within } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Provider, Rendered, VoiceRequest } from "../providers/provider.ts";
import type { Answer, Memo } from "./calls.ts";
import { sameLinks } from "./links.ts";

export interface Asked {
  /** Path and query as they came in, without the attempt. */
  readonly path: string;
  /** How often the phone was told to ask this again. */
  readonly attempt: number;
  readonly request: VoiceRequest;
}

export interface Safety {
  answer(asked: Asked, work: (request: VoiceRequest, memo: Memo) => Promise<Answer>): Promise<Answer>;
  /** Retries while the database is away, for at most 2 s; then rejects with what it said. */
  patiently<T>(work: () => Promise<T>): Promise<T>;
}

/** A webhook is answered within this; the carrier gives up after 15 s. */
const budgetMs = 8000;
const patienceMs = 2000;
const retryMs = 200;
const mostAttempts = 2;
/** Webhooks worked on at once; those beyond are told to ask again rather than to queue without end. */
const mostAtOnce = 256;
/** What was brought, kept for a second asking; the oldest goes. */
const mostKept = 1000;

const defaultApology = "We are having a technical problem. Please call again later.";

export function createSafety(parts: {
  clock: Clock;
  log: Log;
  provider: Pick<Provider, "render">;
  publicBaseUrl: string;
}): Safety {
  const { clock, log, provider, publicBaseUrl } = parts;
  const kept = new Map<string, Brought>();
  let working = 0;

  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    const until = clock.now() + patienceMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error) || clock.now() + retryMs > until) throw error;
        await pause(clock, retryMs);
      }
    }
  }

  function askAgain({ path, attempt, request }: Asked, memo: Memo): Rendered {
    if (attempt >= mostAttempts) return apologise(memo);
    const key = keyOf(path, request);
    const brought = broughtBy(request);
    if (brought) keep(key, brought);
    const links = sameLinks(`${publicBaseUrl}${path}?attempt=${attempt + 1}`);
    return provider.render(
      [
        { verb: "pause", seconds: 3 },
        { verb: "next", why: "poll" },
      ],
      links,
    );
  }

  function apologise(memo: Memo): Rendered {
    const settings = memo.flow?.flow.settings;
    const { apology = defaultApology, language = "en-US", voice } = settings ?? {};
    return provider.render(
      [{ verb: "say", text: apology, language, ...(voice ? { voice } : {}) }, { verb: "hang-up" }],
      sameLinks(publicBaseUrl),
    );
  }

  function keep(key: string, brought: Brought): void {
    kept.delete(key);
    kept.set(key, brought);
    if (kept.size > mostKept) for (const oldest of kept.keys()) return void kept.delete(oldest);
  }

  return {
    patiently,
    async answer(asked, work) {
      const memo: Memo = {};
      const key = keyOf(asked.path, asked.request);
      const brought = broughtBy(asked.request) ?? (asked.attempt > 0 ? kept.get(key) : undefined);
      const request = { ...asked.request, ...brought };
      const late = () => {
        log.warn("A webhook took longer than its budget; the phone was told to ask again.", { budgetMs });
        return askAgain({ ...asked, request }, memo);
      };
      if (working >= mostAtOnce) {
        log.warn("Too many webhooks at once; a phone was told to ask again.", { working });
        return askAgain({ ...asked, request }, memo);
      }
      working += 1;
      const whole = patiently(() => work(request, memo)).finally(() => {
        working -= 1;
      });
      try {
        return await within<Answer>(clock, budgetMs, whole, late);
      } catch (error) {
        if (isAway(error)) {
          log.warn("The database is away; a phone was told to ask again.", { attempt: asked.attempt }, error);
          return askAgain({ ...asked, request }, memo);
        }
        log.warn("A webhook met a mistake of ours; the caller heard the apology.", {}, error);
        return apologise(memo);
      }
    },
  };
}

/** What a redirect of ours does not bring again. */
type Brought = Pick<VoiceRequest, "input" | "recording" | "hungUp" | "dialled" | "answered">;

function broughtBy({ input, recording, hungUp, dialled, answered }: VoiceRequest): Brought | null {
  return input || recording || dialled || answered ? { input, recording, hungUp, dialled, answered } : null;
}

const keyOf = (path: string, request: VoiceRequest) => `${request.callId}${path}`;
