/**
 * The plant: the parts of the carrier that its doors (REST, phone, control) share, and the one account it serves.
 * Built in `carrier.ts`, once, and once more for each subaccount. Doors read and call the parts; only `faults`, `faultRates` and
 * `baseUrl` are ever replaced, in the main account's plant, which speaks for all.
 */

import type { Application, Applications } from "./account/applications.ts";
import type { CallerIds } from "./account/caller-ids.ts";
import type { Directory } from "./account/directory.ts";
import { addressOf, type Handling } from "./account/handling.ts";
import type { ApiKeys } from "./account/keys.ts";
import { e164Of, type OwnNumber, type OwnNumbers } from "./account/numbers.ts";
import type { AlertLog } from "./alerts.ts";
import type { Backgrounds } from "./calls/background.ts";
import type { Call } from "./calls/call.ts";
import type { Exchange, FarEnd } from "./calls/exchange.ts";
import type { ApplicationCall } from "./calls/leg.ts";
import type { Recordings } from "./calls/recordings.ts";
import type { Transcriptions } from "./calls/transcriptions.ts";
import type { Clock } from "./clock/clock.ts";
import type { Conferences } from "./conferences/conference.ts";
import type { Journal } from "./console/journal.ts";
import type { Random } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Messages } from "./messaging/messages.ts";
import type { OptOuts } from "./messaging/opt-out.ts";
import type { MessagingServices } from "./messaging/services.ts";
import type { FarEnds } from "./people/far-end.ts";
import type { Person } from "./people/person.ts";
import type { Remembered } from "./people/remembered.ts";
import { createTandem } from "./people/tandem.ts";
import type { Telephones } from "./phone/telephones.ts";
import type { Queues } from "./queues/queue.ts";
import type { TaskRouter } from "./taskrouter/task-router.ts";
import type { FaultPlan, FaultRates } from "./webhooks/faults.ts";
import type { Inform } from "./webhooks/inform.ts";
import type { Sender } from "./webhooks/send.ts";
import type { Parameters } from "./webhooks/signature.ts";

export interface Plant {
  readonly account: Account;
  /** All accounts of this carrier: the main one and its subaccounts, each with a plant of its own. */
  readonly accounts: Accounts;
  readonly apiKeys: ApiKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly alerts: AlertLog;
  readonly numbers: OwnNumbers;
  readonly applications: Applications;
  readonly callerIds: CallerIds;
  readonly inform: Inform;
  readonly exchange: Exchange;
  readonly recordings: Recordings;
  readonly transcriptions: Transcriptions;
  readonly conferences: Conferences;
  readonly queues: Queues;
  readonly taskRouter: TaskRouter;
  readonly backgrounds: Backgrounds;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly messages: Messages;
  readonly messagingServices: MessagingServices;
  readonly optOuts: OptOuts;
  /** Twilio's codes of what becomes of messages to a number: below 30000 they are refused, else they do not arrive. */
  readonly textFates: Map<string, number>;
  readonly farEnds: FarEnds;
  /** Names and places of numbers. */
  readonly directory: Directory;
  /** Browsers: their calls, and the lines at which they are called. Asked before `farEnds`. */
  readonly telephones: Telephones;
  /** How far REST's reads of calls and messages lag behind, ms. */
  readonly restLagMs: number;
  /** A test's own people; asked before `farEnds`. */
  readonly people: (to: string, from: string) => FarEnd | undefined;
  /** Scripted people by call SID, oldest forgotten first. */
  readonly scripted: Remembered;
  faults: FaultPlan;
  /** What the plan was made from, when it was made from shares. */
  faultRates: FaultRates | null;
  /** `http://127.0.0.1:PORT`; "" until the door is open. */
  baseUrl: string;
}

export interface Account {
  readonly sid: string;
  readonly authToken: string;
  /** Its own SID for the main account. */
  readonly ownerSid: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  status: "active" | "suspended" | "closed";
}

export interface Accounts {
  readonly main: Plant;
  find(sid: string): Plant | undefined;
  /** Oldest first: the main account, then its subaccounts. */
  list(): readonly Plant[];
  /** A new subaccount; null when there are too many. */
  open(friendlyName: string): Plant | null;
  /** Whose call it is, of all accounts. */
  withCall(sid: string): { readonly plant: Plant; readonly call: Call } | undefined;
  liveCalls(): number;
  /** Who has a number, of all accounts. */
  ownerOf(phoneNumber: string): { readonly plant: Plant; readonly number: OwnNumber } | undefined;
}

/** What becomes of messages to a number from now on: Twilio's code, or null when they arrive. False when too many are known already. */
export function setTextFate({ textFates }: Plant, phoneNumber: string, code: number | null): boolean {
  if (code === null) textFates.delete(phoneNumber);
  else if (textFates.size >= limits.textFates && !textFates.has(phoneNumber)) return false;
  else textFates.set(phoneNumber, code);
  return true;
}

/** What a call brings with it from another telephone company. */
export type Arrival = Partial<Pick<Call, "forwardedFrom" | "stirVerstat">>;

/** A person calls one of the account's numbers, its own written in any way; null when the carrier is full, or the account is not active (10003). */
export function dialNumber(
  plant: Plant,
  from: string,
  to: OwnNumber,
  person: Person,
  arrival: Arrival = {},
): Call | null {
  const parties = { ...arrival, from: e164Of(from) ?? from, to: to.phoneNumber, phoneNumberSid: to.sid };
  return dialIn(plant, parties, voiceOf(plant, to), person);
}

/** The same for one of its applications, by its address `app:AP…`, unless a Dial says what it is told. */
function dialApplication(
  plant: Plant,
  from: string,
  application: Application,
  told: ApplicationCall | null,
  person: Person,
): Call | null {
  const to = told?.to ?? `app:${application.sid}`;
  return dialIn(plant, { from, to, phoneNumberSid: null }, application, person, told?.parameters);
}

/** Who is asked about a call to a number: its application, if it has one, else the number's own URLs. */
function voiceOf({ applications }: Plant, number: OwnNumber): Handling {
  return applications.get(number.voiceApplicationSid) ?? number;
}

function dialIn(
  plant: Plant,
  parties: Pick<Call, "from" | "to" | "phoneNumberSid"> & Arrival,
  asked: Handling,
  person: Person,
  parameters: Parameters = [],
): Call | null {
  const { account, alerts, exchange } = plant;
  if (account.status !== "active") {
    const message = `Incoming call rejected due to inactive account: ${account.sid} is ${account.status}`;
    alerts.add({ level: "error", code: 10003, message });
    return null;
  }
  const statusCallback = addressOf(asked.statusCallback, asked.statusCallbackMethod);
  const request = {
    ...parties,
    accountSid: account.sid,
    callerName: asked.voiceCallerIdLookup ? (plant.directory.of(parties.from).name ?? null) : null,
    direction: "inbound",
    parentCallSid: null,
    fallback: addressOf(asked.voiceFallbackUrl, asked.voiceFallbackMethod),
    statusCallback: statusCallback && { ...statusCallback, events: new Set(["completed"] as const) },
  } as const;
  const url = { kind: "url", url: asked.voiceUrl, method: asked.voiceMethod, parameters } as const;
  return exchange.dial(request, person, url);
}

/** How many numbers of ours a call has been put through before it came in. */
const passed = new WeakMap<Call, number>();

/** The call goes on as one that comes in at that number, unless it has gone round in a circle. */
function onwards(
  plant: Plant,
  call: Call,
  { plant: theirs, number }: { plant: Plant; number: OwnNumber },
): FarEnd {
  const parent = plant.exchange.get(call.parentCallSid ?? "");
  const times = ((parent && passed.get(parent)) ?? 0) + 1;
  if (times > limits.numbersPassed) {
    const message = `loop: a call was put through ${limits.numbersPassed} numbers one after the other: it fails`;
    plant.alerts.add({ level: "error", code: null, message, callSid: call.sid });
    return "failed";
  }
  return createTandem((caller) => {
    const come = dialNumber(theirs, call.from, number, caller);
    if (come) passed.set(come, times);
    return come !== null;
  });
}

/**
 * Who takes this call: a test's own person; a browser's line; an application, or a number of any account that has somebody to ask, as an inbound call of its
 * own; or whoever was put at the number.
 */
export function farEndOf(plant: Plant, call: Call, told: ApplicationCall | null): FarEnd {
  const own = plant.people(call.to, call.from);
  if (own !== undefined) return own;
  const browser = plant.telephones.at(call);
  if (browser !== undefined) return browser;
  if (!plant.farEnds.knows(call.to)) {
    const application = plant.applications.get(call.to.replace(/^app:/, ""));
    if (application)
      return createTandem((caller) => {
        call.onwards = dialApplication(plant, call.from, application, told, caller);
        return call.onwards !== null;
      });
    if (call.to.startsWith("app:")) return "failed";
    const owner = plant.accounts.ownerOf(call.to);
    if (owner && voiceOf(owner.plant, owner.number).voiceUrl !== "") return onwards(plant, call, owner);
  }
  const { farEnd, scripted } = plant.farEnds.at(call.to, call.from);
  if (scripted) plant.scripted.add(call.sid, scripted);
  return farEnd;
}
