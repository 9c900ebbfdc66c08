/**
 * Everything beside the webhooks that a call meets, at random: who is at a number that is dialled, what a web service
 * answers and when, what becomes of a question to the carrier's REST side, which of its callbacks are lost, late or
 * told twice. Counts what must not happen twice.
 */
import type { FarEnd, FaultPlan } from "@trunkline/carrier";
import type { Line, RestDoor } from "../harness/line.ts";
import type { WebService } from "../harness/web-service.ts";
import type { Dice } from "./dice.ts";
import { type Chance, pick, randomCaller } from "./random-caller.ts";

type WebAnswer = ReturnType<Parameters<WebService["otherwise"]>[0]>;

export interface World {
  readonly people: (to: string) => FarEnd;
  readonly restDoor: RestDoor;
  readonly faults: FaultPlan;
  readonly webAnswer: () => WebAnswer;
  /** How often the carrier took a call to a number that is called by nobody else. */
  readonly placed: ReadonlyMap<string, number>;
  attach(line: Line): void;
}

/** Whom a number leads to that is dialled. */
const ends = ["busy", "no-answer", "failed", "human", "machine", "fax", "nobody"] as const;

/** Numbers that placed calls ring; those of transfers and messages are the flows' own. */
const isPlacedNumber = (number: string) => number.startsWith("+155506");

export function createWorld(chance: Chance, { note, happens }: Dice): World {
  const placed = new Map<string, number>();
  let line: Line | undefined;
  const callback = (what: string) => {
    const copies = happens(`${what} lost`, 0.2) ? 0 : happens(`${what} doubled`, 0.4) ? 2 : 1;
    const delaySeconds = happens(`${what} late`, 0.4) ? Math.floor(chance() * 30) : 0;
    return { copies, delaySeconds };
  };
  /** The answer is lost, the question is, or the carrier has too much to do; processes die before and after. */
  const restFault = async (what: string, ask: () => Promise<Response>): Promise<Response> => {
    const share = what === "a call" ? 0.1 : 0.2;
    if (happens(`${what} asked for by a dying process`, share)) await line?.killRuntime();
    // A message is offered again after a pause, which the line's clock cannot tell from work that hangs.
    if (what === "a call" && happens(`${what} asked too often`, share)) return problem(429, 20429);
    if (happens(`${what} refused`, share)) return problem(400, 21212);
    if (happens(`question for ${what} lost`, share)) return problem(503, 20503);
    const answer = await ask();
    if (happens(`answer about ${what} lost`, share * 1.5)) return problem(500, 20500);
    if (happens(`process died after ${what}`, share * 2)) await line?.killRuntime();
    return answer;
  };
  return {
    placed,
    people(to) {
      if (isPlacedNumber(to)) placed.set(to, (placed.get(to) ?? 0) + 1);
      const end = isPlacedNumber(to) ? "placed call" : "transfer";
      const what = pick(chance, ends);
      note(`${end} ${what}`);
      if (what === "busy" || what === "no-answer" || what === "failed") return what;
      const like = what === "machine" && chance() < 0.5 ? "machine without a beep" : what;
      return randomCaller(chance, like).person;
    },
    restDoor(request, forward) {
      const { pathname } = new URL(request.url);
      const what = /\/(Calls|Messages)\.json$/.exec(pathname)?.[1];
      if (!line || request.method !== "POST" || !what) return forward(request);
      return restFault(what === "Calls" ? "a call" : "a message", () => forward(request));
    },
    faults: {
      statusCallback: () => callback("report"),
      information: ({ about }) => callback(about === "machine-detection" ? "verdict" : about),
    },
    webAnswer() {
      const node = "";
      if (happens("web service fails", 0.2)) return { node, fails: "an answer nobody can read" };
      if (happens("web service never answers", 0.2)) return { node, fails: "timeout" };
      if (happens("web service refuses", 0.2)) return { node, status: pick(chance, [400, 404, 500, 503]) };
      const afterSeconds = happens("web service takes its time", 0.3) ? Math.floor(chance() * 8) : 0;
      return { node, json: { status: pick(chance, ["paid", "denied", 7, null]) }, afterSeconds };
    },
    attach: (opened) => {
      line = opened;
    },
  };
}

function problem(status: number, code: number): Response {
  return Response.json({ code, message: "Not now.", more_info: "", status }, { status });
}
