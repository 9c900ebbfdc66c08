/**
 * Wires the parts of one account: the only place where they meet.
 * A subaccount has a plant of its own and shares the world with the main one.
 */
import { createAccounts } from "./account/accounts.ts";
import { createApplications } from "./account/applications.ts";
import { createCallerIds } from "./account/caller-ids.ts";
import { createDirectory } from "./account/directory.ts";
import { createApiKeys } from "./account/keys.ts";
import { createOwnNumbers, isE164 } from "./account/numbers.ts";
import { createAlertLog } from "./alerts.ts";
import { createBackgrounds } from "./calls/background.ts";
import { createExchange } from "./calls/exchange.ts";
import { createRecordings } from "./calls/recordings.ts";
import { createTranscriptions } from "./calls/transcriptions.ts";
import { realClock } from "./clock/clock.ts";
import { createConferences } from "./conferences/conferences.ts";
import { createJournal } from "./console/journal.ts";
import { cryptoRandom, makeSid } from "./ids.ts";
import { limits } from "./limits.ts";
import { createLibrary } from "./media/library.ts";
import { textNumber } from "./messaging/incoming.ts";
import { createMessages } from "./messaging/messages.ts";
import { createOptOuts } from "./messaging/opt-out.ts";
import { createMessagingServices } from "./messaging/services.ts";
import type { CarrierOptions } from "./options.ts";
import { behaviour } from "./people/behaviour.ts";
import { createFarEnds } from "./people/far-end.ts";
import { createRemembered } from "./people/remembered.ts";
import { createTelephones } from "./phone/telephones.ts";
import { type Account, farEndOf, type Plant } from "./plant.ts";
import { createQueues } from "./queues/queues.ts";
import { createTaskRouter } from "./taskrouter/task-router.ts";
import { createCache } from "./webhooks/cache.ts";
import { faultsFromRates } from "./webhooks/faults.ts";
import { createInform } from "./webhooks/inform.ts";
import { createSender } from "./webhooks/send.ts";
import { createStatusCallbacks } from "./webhooks/status-callbacks.ts";
import { readTunnels } from "./webhooks/tunnels.ts";
import { createSockets } from "./webhooks/web-socket.ts";

/** The plant of the main account, or of a subaccount of it, which shares the world with it: clock, far ends, alert log, faults. */
export function buildPlant(options: CarrierOptions, main: Plant | null, friendlyName: string): Plant {
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
  const mediaMs = (options.mediaSeconds ?? 5) * 1000;
  const media = createLibrary({
    sender: options.fetchMedia === false ? null : sender,
    alerts,
    allowedHosts,
    mediaMs,
  });
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
      callsPerSecond: options.callsPerSecond ?? 1,
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
