/**
 * A carrier as a program or a test has it: started, called, looked at, closed.
 *
 * Life cycle: `startCarrier(options)` listens on loopback and gives a `Carrier`; `close()` drops every call without a word and frees the port.
 * Only `build-plant.ts` wires the parts; only `main.ts` reads arguments and prints.
 */

import type { NumberSettings } from "./account/numbers.ts";
import type { Alert } from "./alerts.ts";
import { buildPlant } from "./build-plant.ts";
import type { Call } from "./calls/call.ts";
import type { Clock } from "./clock/clock.ts";
import { closeServer, listen, routes, urlOf } from "./doors.ts";
import { cryptoRandom, makeSid } from "./ids.ts";
import { limits } from "./limits.ts";
import { textNumber } from "./messaging/incoming.ts";
import type { CarrierOptions } from "./options.ts";
import { type BehaviourInput, behaviour } from "./people/behaviour.ts";
import type { Answering } from "./people/far-end.ts";
import type { Person } from "./people/person.ts";
import { type ScriptInput, script } from "./people/script.ts";
import { createScriptedPerson } from "./people/scripted-person.ts";
import type { ScriptedPerson } from "./people/transcript.ts";
import { type Arrival, dialNumber, type Plant, setTextFate } from "./plant.ts";
import { callResource, messageResource } from "./rest/resources.ts";
import type { FaultPlan } from "./webhooks/faults.ts";

export type MessageResource = ReturnType<typeof messageResource>;
export type CallResource = ReturnType<typeof callResource>;

export interface ScriptedCall {
  readonly sid: string;
  readonly person: ScriptedPerson;
  /** Resolves when the call is over. On a virtual clock somebody must advance it. */
  readonly ended: Promise<void>;
}

export interface Carrier {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly phoneUrl: string;
  /** Numbers, calls, requests and answers, replay, faults. */
  readonly consoleUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly phoneToken: string;
  readonly clock: Clock;
  /** A person calls one of the account's numbers. Throws if nobody owns it, the script is invalid or the carrier is full. */
  call(request: { from: string; to: string; script?: ScriptInput } & Arrival): ScriptedCall;
  /** The same for a person made in code; gives the call's SID. */
  dial(request: { from: string; to: string; person: Person }): string;
  /** A call as REST shows it. */
  find(callSid: string): CallResource | undefined;
  /** Every known call as REST shows it, newest first; those a Dial began name their parent. */
  calls(): CallResource[];
  /** The scripted person or phone system on a call, inbound or outbound. */
  personOn(callSid: string): ScriptedPerson | undefined;
  /** Text messages sent by the application, as REST shows them, newest first. */
  messages(): MessageResource[];
  /** A person texts one of the account's numbers; gives the message's SID. Throws if nobody owns it. */
  text(request: { from: string; to: string; body: string; mediaUrls?: readonly string[] }): string;
  /** What becomes of messages to a number from now on: Twilio's code, or null when they arrive. */
  setTextFate(phoneNumber: string, code: number | null): void;
  alerts(callSid?: string): Alert[];
  setNumber(phoneNumber: string, settings: NumberSettings): void;
  setFarEnd(phoneNumber: string, what: BehaviourInput): void;
  /** A person made in code (or one for every call), or a reason why nobody answers, at a number that is called. */
  answers(phoneNumber: string, who: Answering): void;
  setFaults(plan: FaultPlan): void;
  liveCalls(): number;
  close(): Promise<void>;
}

export async function startCarrier(options: CarrierOptions = {}): Promise<Carrier> {
  const plant = buildPlant(options, null, "Carrier in a box");
  const phoneToken = options.phoneToken ?? makeSid("", cryptoRandom);
  const app = routes(plant, phoneToken);
  const server = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  const url = urlOf(server);
  plant.baseUrl = url;
  return {
    url,
    phoneUrl: `${url}/phone?key=${encodeURIComponent(phoneToken)}`,
    consoleUrl: `${url}/console?key=${encodeURIComponent(phoneToken)}`,
    accountSid: plant.account.sid,
    authToken: plant.account.authToken,
    phoneToken,
    clock: plant.clock,
    call: (request) => callScripted(plant, request),
    dial: ({ from, to, person }) => dialOrThrow(plant, from, to, person).sid,
    find(callSid) {
      const found = plant.accounts.withCall(callSid);
      return found && callResource(found.call);
    },
    calls: () => plant.accounts.list().flatMap(({ exchange }) => exchange.list().map(callResource)),
    personOn: (callSid) => plant.scripted.get(callSid),
    messages: () => plant.accounts.list().flatMap(({ messages }) => messages.list().map(messageResource)),
    text({ to, ...text }) {
      const owner = plant.accounts.ownerOf(to);
      const message = owner && textNumber(owner.plant, owner.number, text);
      if (!message) throw new Error(`expected a number of an active account, found ${to}`);
      return message.sid;
    },
    setTextFate(phoneNumber, code) {
      if (!setTextFate(plant, phoneNumber, code))
        throw new Error(`expected at most ${limits.textFates} numbers where messages fare otherwise`);
    },
    alerts: (callSid) => plant.alerts.list(callSid),
    setNumber(phoneNumber, settings) {
      const known = plant.numbers.byNumber(phoneNumber);
      if (known) plant.numbers.update(known, settings);
      else plant.numbers.add(phoneNumber, settings);
    },
    setFarEnd(phoneNumber, what) {
      if (!plant.farEnds.set(phoneNumber, behaviour.parse(what)))
        throw new Error(`expected at most ${limits.farEnds} numbers with somebody there`);
    },
    answers: (phoneNumber, who) => plant.farEnds.answers(phoneNumber, who),
    setFaults(plan) {
      plant.faults = plan;
      plant.faultRates = null;
    },
    liveCalls: plant.accounts.liveCalls,
    close() {
      for (const { exchange } of plant.accounts.list()) exchange.shutDown();
      return closeServer(server);
    },
  };
}

function callScripted(
  plant: Plant,
  { from, to, script: steps, ...arrival }: Parameters<Carrier["call"]>[0],
): ScriptedCall {
  const person = createScriptedPerson(script.parse(steps ?? {}));
  const call = dialOrThrow(plant, from, to, person, arrival);
  plant.scripted.add(call.sid, person);
  const { exchange } = plant.accounts.find(call.accountSid)!;
  return { sid: call.sid, person, ended: exchange.ended(call) };
}

function dialOrThrow(plant: Plant, from: string, to: string, person: Person, arrival?: Arrival): Call {
  const owner = plant.accounts.ownerOf(to);
  if (!owner) throw new Error(`expected one of the account's numbers, found ${to}`);
  const call = dialNumber(owner.plant, from, owner.number, person, arrival);
  if (!call) throw new Error("the carrier is at its limit of live calls");
  return call;
}
