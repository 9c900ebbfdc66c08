/**
 * What stands between the carrier and the runtime in a simulation. Every webhook is delivered at least twice: at once,
 * at the same time as its twin, or much later; some wait, some stall past the carrier's limit; processes die before,
 * during and after. Keeps what was answered, for the checker.
 */
import type { Door, Line } from "../harness/line.ts";
import type { Dice } from "./dice.ts";
import type { Chance } from "./random-caller.ts";

export interface Delivered {
  readonly path: string;
  readonly form: string;
  readonly headers: Headers;
  /** Every answer to this very request, in the order they came. */
  readonly answers: { readonly status: number; readonly body: string; readonly contentType: string }[];
}

export interface Chaos {
  readonly door: Door;
  readonly delivered: Delivered[];
  /** The line this door belongs to, once it is open. */
  attach(line: Line): void;
}

export function chaosDoor(chance: Chance, { note, happens }: Dice): Chaos {
  const delivered: Delivered[] = [];
  let line: Line | undefined;

  const door: Door = async (request, runtime) => {
    if (!line) return runtime().app.fetch(request);
    const { clock } = line;
    const { pathname } = new URL(request.url);
    const told: Delivered = {
      path: pathname,
      form: await request.text(),
      headers: request.headers,
      answers: [],
    };
    delivered.push(told);
    const deliver = async (): Promise<Response> => {
      for (;;) {
        const alive = runtime();
        if (happens("process died before a webhook", 0.006)) await line!.killRuntime(); // attached above
        const dying = happens("process died during a webhook", 0.006);
        const answering = runtime().app.fetch(
          new Request(request.url, { method: "POST", headers: told.headers, body: told.form }),
        );
        const answeredBy = runtime();
        if (dying) await line!.killRuntime();
        const response = await answering;
        // Nobody hears a dead process: the carrier's connection broke, and it asks again.
        if (runtime() !== answeredBy && alive !== runtime()) continue;
        const answer = {
          status: response.status,
          body: await response.text(),
          contentType: response.headers.get("content-type") ?? "",
        };
        told.answers.push(answer);
        if (happens("process died after a webhook", 0.006)) await line!.killRuntime();
        return new Response(answer.body || null, {
          status: answer.status,
          headers: { "content-type": answer.contentType },
        });
      }
    };
    const wait = (ms: number) => clock.sleep(Math.floor(ms));
    const twinLater = () => {
      void clock.track(deliverLater());
      async function deliverLater() {
        const wake = clock.asleep();
        await new Promise<void>((resolve) => clock.after(Math.floor(chance() * 30_000), resolve));
        wake();
        await deliver();
      }
    };
    if (happens("webhook delayed", 0.3)) await wait(chance() * 5000);
    if (happens("webhook stalled past the carrier's limit", 0.02)) {
      await deliver();
      await wait(16_000);
      return new Response("too late", { status: 200 });
    }
    if (happens("twin at the same time", 0.4)) {
      const [first] = await Promise.all([deliver(), deliver()]);
      return first;
    }
    if (happens("twin before", 0.3)) {
      await deliver();
      return deliver();
    }
    note("twin later");
    twinLater();
    return deliver();
  };
  return { door, delivered, attach: (opened) => (line = opened) };
}
