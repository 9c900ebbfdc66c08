/**
 * Puts the carrier together and opens its door.
 *
 * Life cycle: `startCarrier(options)` listens on loopback and gives a `Carrier`; `close()` drops every call without a word and frees the port.
 * Only this file wires the parts; only `main.ts` reads arguments and prints.
 */
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { createAccounts } from "./accounts.ts";
import { type Alert, createAlertLog } from "./alerts.ts";
import { createApplications } from "./applications.ts";
import { createCallerIds } from "./caller-ids.ts";
import { createBackgrounds } from "./calls/background.ts";
import type { Call } from "./calls/call.ts";
import { createExchange, type FarEnd } from "./calls/exchange.ts";
import { createRecordings } from "./calls/recordings.ts";
import { createTranscriptions } from "./calls/transcriptions.ts";
import { type Clock, realClock, type VirtualClock } from "./clock.ts";
import { createConferences } from "./conferences/conferences.ts";
import { createJournal } from "./console/journal.ts";
import { consoleRoutes } from "./console/routes.ts";
import { problem } from "./control/json.ts";
import { controlRoutes } from "./control/routes.ts";
import { createDirectory, type Listing } from "./directory.ts";
import { cryptoRandom, makeSid, type Random } from "./ids.ts";
import { createApiKeys } from "./keys.ts";
import { limits } from "./limits.ts";
import { createLibrary } from "./media/library.ts";
import { textNumber } from "./messaging/incoming.ts";
import { createMessages } from "./messaging/messages.ts";
import { createOptOuts } from "./messaging/opt-out.ts";
import { createMessagingServices, type MessagingServiceOption } from "./messaging/services.ts";
import { createOwnNumbers, isE164, type NumberSettings } from "./numbers.ts";
import { pageDocuments, pageFiles, pagePolicy } from "./pages/pages.ts";
import { type BehaviourInput, behaviour } from "./people/behaviour.ts";
import { type Answering, createFarEnds } from "./people/far-end.ts";
import type { Person } from "./people/person.ts";
import { createRemembered } from "./people/remembered.ts";
import { type ScriptInput, script } from "./people/script.ts";
import { createScriptedPerson } from "./people/scripted-person.ts";
import type { ScriptedPerson } from "./people/transcript.ts";
import { phoneRoutes } from "./phone/routes.ts";
import { createTelephones } from "./phone/telephones.ts";
import { type Account, type Arrival, dialNumber, farEndOf, type Plant } from "./plant.ts";
import { createQueues } from "./queues/queues.ts";
import { callResource, messageResource } from "./rest/resources.ts";
import { restRoutes } from "./rest/routes.ts";
import { secretsEqual } from "./secrets.ts";
import { createTaskRouter } from "./taskrouter/task-router.ts";
import { createCache } from "./webhooks/cache.ts";
import { type FaultPlan, type FaultRates, faultsFromRates } from "./webhooks/faults.ts";
import { createInform } from "./webhooks/inform.ts";
import { createSender } from "./webhooks/send.ts";
import { createStatusCallbacks } from "./webhooks/status-callbacks.ts";
import { readTunnels } from "./webhooks/tunnels.ts";
import { createSockets } from "./webhooks/web-socket.ts";

export interface CarrierOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Made up when not given. */
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly phoneToken?: string;
  /** API keys that open REST beside the token; more can be made there. */
  readonly apiKeys?: readonly { readonly sid: string; readonly secret: string }[];
  /** Messaging services, each with a pool of the account's numbers. */
  readonly messagingServices?: readonly MessagingServiceOption[];
  /** What becomes of messages to a number: Twilio's code, such as 30003, 30005, 30006, 30007, or 21614. */
  readonly textFates?: Readonly<Record<string, number>>;
  /** Numbers the account owns from the start, E.164, with their settings if wanted. */
  readonly numbers?: readonly (string | ({ readonly phoneNumber: string } & NumberSettings))[];
  /** Hosts beside loopback that webhooks may go to. */
  readonly allowHosts?: readonly string[];
  /** Public hosts that are servers of this machine, by their http address: TLS ends here, as at a tunnel. */
  readonly tunnels?: Readonly<Record<string, string>>;
  /** Certificates (PEM) of authorities to trust beside the public ones, for https and wss on this machine. */
  readonly certificateAuthorities?: readonly string[];
  /** Time. Default: the wall clock. */
  readonly clock?: Clock | VirtualClock;
  /** Source of identifiers; a seeded one makes runs repeat. Default: cryptographic. */
  readonly random?: Random;
  /** Who answers at which number. Others answer after 2 s, listen and stay. */
  readonly farEnd?: Readonly<Record<string, BehaviourInput>>;
  /** People made in code; asked before `farEnd`. */
  readonly people?: (to: string, from: string) => FarEnd | undefined;
  /** Names and places of people's numbers. */
  readonly directory?: Readonly<Record<string, Listing>>;
  readonly faults?: FaultPlan;
  /** The same as shares, as the console shows and changes them. */
  readonly faultRates?: FaultRates;
  /** Outbound calls begun per second. Default 1, as at Twilio; 0 is no limit. */
  readonly callsPerSecond?: number;
  /** How far REST's reads of calls and messages lag behind what happens, ms: Twilio's are only eventually consistent. Default 0. */
  readonly restLagMs?: number;
  /** How long media are taken to last that cannot be fetched or measured, s. Default 5. */
  readonly mediaSeconds?: number;
  /** False: media are not fetched, all last `mediaSeconds`. Default true. */
  readonly fetchMedia?: boolean;
}

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
      for (const { exchange } of plant.accounts.list()) {
        const call = exchange.get(callSid);
        if (call) return callResource(call);
      }
      return undefined;
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
      if (code === null) plant.textFates.delete(phoneNumber);
      else plant.textFates.set(phoneNumber, code);
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
    liveCalls: () => plant.accounts.list().reduce((sum, { exchange }) => sum + exchange.liveCalls(), 0),
    close() {
      for (const { exchange } of plant.accounts.list()) exchange.shutDown();
      return closeServer(server);
    },
  };
}

/** The plant of the main account, or of a subaccount of it, which shares the world with it: clock, far ends, alert log, faults. */
function buildPlant(options: CarrierOptions, main: Plant | null, friendlyName: string): Plant {
  const clock = main?.clock ?? options.clock ?? realClock();
  const random = main?.random ?? options.random ?? cryptoRandom;
  const sid = options.accountSid ?? makeSid("AC", random);
  const account: Account = {
    sid,
    authToken: options.authToken ?? makeSid("", cryptoRandom),
    ownerSid: main?.account.sid ?? sid,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    friendlyName,
    status: "active",
  };
  const house = () => main ?? plant;
  const alerts = main?.alerts ?? createAlertLog(clock);
  const numbers = createOwnNumbers(clock, random);
  for (const seed of options.numbers ?? []) seedNumber(numbers, seed);
  const faults = () => house().faults;
  const named = [...(options.allowHosts ?? []), ...Object.keys(options.tunnels ?? {})];
  const allowedHosts = new Set(named.map((host) => host.toLowerCase().replace(/:\d+$/, "")));
  const tunnels = readTunnels(options.tunnels ?? {}, new Set(options.allowHosts));
  const journal = main?.journal ?? createJournal(clock);
  const authorities = options.certificateAuthorities ?? [];
  const { authToken } = account;
  const cache = createCache(clock);
  const sender = createSender({
    clock,
    authToken,
    allowedHosts,
    tunnels,
    random,
    faults,
    journal,
    cache,
    authorities,
  });
  const told = { clock, sender, alerts, faults };
  const inform = createInform(told);
  const recordings = createRecordings({ clock, random, inform, baseUrl: () => house().baseUrl });
  const transcriptions = createTranscriptions({
    clock,
    random,
    alerts,
    inform,
    recordings,
    baseUrl: () => house().baseUrl,
  });
  const media = createLibrary({
    sender: options.fetchMedia === false ? null : sender,
    alerts,
    allowedHosts,
    mediaMs: (options.mediaSeconds ?? 5) * 1000,
  });
  const callsPerSecond = options.callsPerSecond ?? 1;
  const mediaMs = (options.mediaSeconds ?? 5) * 1000;
  const conferences = createConferences({ clock, random, alerts, inform, recordings, mediaMs });
  const queues = createQueues({ clock, random });
  const taskRouter = createTaskRouter({
    clock,
    random,
    alerts,
    sender,
    inform,
    queues,
    accountSid: account.sid,
    exchange: () => plant.exchange,
  });
  const sockets = createSockets({ clock, random, authToken, allowedHosts, tunnels, authorities });
  const backgrounds = createBackgrounds({ random, inform, sockets });
  const messages = createMessages({
    clock,
    random,
    inform,
    fateOf: (to) => plant.textFates.get(to) ?? (plant.farEnds.reaches(to) ? null : 30003),
    arrived({ from, to, body, media }) {
      const owner = plant.accounts.ownerOf(to);
      if (owner)
        textNumber(owner.plant, owner.number, { from, body, mediaUrls: media.map(({ url }) => url) });
    },
  });
  const callerIds = createCallerIds(clock, random);
  const apiKeys = createApiKeys(clock, random);
  for (const key of options.apiKeys ?? []) apiKeys.add("", key);
  const plant: Plant = {
    account,
    accounts:
      main?.accounts ??
      createAccounts(
        () => plant,
        (name) => buildPlant(ofSubaccount(options), plant, name),
      ),
    apiKeys,
    clock,
    random,
    alerts,
    numbers,
    applications: createApplications(clock, random),
    messagingServices: createMessagingServices(options.messagingServices ?? [], random),
    optOuts: createOptOuts(),
    restLagMs: options.restLagMs ?? 0,
    textFates: main?.textFates ?? new Map(Object.entries(options.textFates ?? {})),
    callerIds,
    inform,
    recordings,
    transcriptions,
    conferences,
    queues,
    taskRouter,
    backgrounds,
    messages,
    exchange: createExchange({
      clock,
      random,
      alerts,
      sender,
      statusCallbacks: createStatusCallbacks(told),
      inform,
      recordings,
      transcriptions,
      conferences,
      queues,
      tasks: taskRouter.calls,
      backgrounds,
      sockets,
      messages,
      media,
      listed: (phoneNumber) => plant.directory.of(phoneNumber),
      farEndOf: (call, application) => farEndOf(plant, call, application ?? null),
      reaches: (address) => plant.farEnds.reaches(address),
      owns: (phoneNumber) => numbers.byNumber(phoneNumber) !== undefined || callerIds.has(phoneNumber),
      callsPerSecond,
      mediaMs,
    }),
    directory: main?.directory ?? createDirectory(options.directory ?? {}),
    farEnds:
      main?.farEnds ??
      createFarEnds(
        Object.fromEntries(
          Object.entries(options.farEnd ?? {}).map(([to, what]) => [to, behaviour.parse(what)]),
        ),
      ),
    telephones: main?.telephones ?? createTelephones({ clock, random }),
    people: options.people ?? (() => undefined),
    scripted: main?.scripted ?? createRemembered(limits.keptPeople),
    journal,
    sender,
    faults: options.faults ?? (options.faultRates ? faultsFromRates(options.faultRates) : {}),
    faultRates: options.faultRates ?? null,
    baseUrl: "",
  };
  return plant;
}

/** A subaccount begins with nothing of its own but what concerns the whole house. */
const ofSubaccount = ({
  allowHosts,
  tunnels,
  certificateAuthorities,
  people,
  callsPerSecond,
  restLagMs,
  mediaSeconds,
  fetchMedia,
}: CarrierOptions): CarrierOptions => ({
  allowHosts,
  tunnels,
  certificateAuthorities,
  people,
  callsPerSecond,
  restLagMs,
  mediaSeconds,
  fetchMedia,
});

function seedNumber(numbers: Plant["numbers"], seed: NonNullable<CarrierOptions["numbers"]>[number]): void {
  const { phoneNumber, ...settings } = typeof seed === "string" ? { phoneNumber: seed } : seed;
  if (!isE164(phoneNumber))
    throw new Error(`expected an E.164 number such as +15550100001, found ${phoneNumber}`);
  numbers.add(phoneNumber, settings);
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

function routes(plant: Plant, phoneToken: string): Hono {
  const app = new Hono();
  const mayUsePhone = (header: string | undefined, key: string | undefined) => {
    const given = /^Bearer (.+)$/i.exec(header ?? "")?.[1] ?? key;
    return given !== undefined && secretsEqual(given, phoneToken);
  };
  const refusal = () => problem("unauthorized", "expected the phone token as Bearer or ?key=", 401);
  app.use("/_carrier/*", async (c, next) => {
    if (!mayUsePhone(c.req.header("authorization"), c.req.query("key"))) return refusal();
    await next();
  });
  for (const [path, { text, type }] of Object.entries(pageDocuments))
    app.get(path, (c) => {
      if (!mayUsePhone(c.req.header("authorization"), c.req.query("key"))) return refusal();
      return c.body(text, 200, {
        "content-type": type,
        "content-security-policy": pagePolicy,
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
    });
  for (const [path, { text, type }] of Object.entries(pageFiles))
    app.get(path, (c) => c.body(text, 200, { "content-type": type, "cache-control": "no-store" }));
  app.route("/_carrier/console", consoleRoutes(plant));
  app.route("/_carrier/phone", phoneRoutes(plant));
  app.route("/_carrier", controlRoutes(plant));
  app.route("/", restRoutes(plant));
  app.notFound(() =>
    problem("not-found", "there is nothing here; the README of carrier/ lists what there is", 404),
  );
  app.onError((error) => {
    // Whoever asked has gone in the middle of the question.
    if ("code" in error && error.code === "ECONNRESET") return problem("gone", "the request broke off", 400);
    plant.alerts.add({ level: "error", code: null, message: `carrier bug: ${error.stack ?? error.message}` });
    return problem("internal", "the carrier failed; see its alert log", 500);
  });
  return app;
}

function listen(app: Hono, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port, overrideGlobalObjects: false }, () =>
      resolve(server),
    );
    server.once("error", reject);
  });
}

function urlOf(server: ServerType): string {
  // Listening on TCP: never a pipe name and never null.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
