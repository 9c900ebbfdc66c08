/**
 * Wires the runtime: everything it needs is handed in, nothing is read from the environment, nothing is opened here.
 *
 * Life cycle: `createRuntime` → `start` (takes over what a former process left behind) → requests through `app` →
 * `stop`. Dropping a runtime and making another on the same database loses nothing but the phones' patience.
 * Doorway for server.ts and for tests.
 */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { generateSpecs } from "hono-openapi";
import { createSignIn, type SignIn } from "./accounts/sign-in.ts";
import { createApi } from "./api.ts";
import { firstClient } from "./boot/seed.ts";
import { createSafety } from "./calls/answer-safely.ts";
import { type Calls, createCalls } from "./calls/calls.ts";
import { numberLinks } from "./calls/links.ts";
import { createPlace, type Place, type PlaceOrderRequest, type PlaceResult } from "./calls/place.ts";
import { liveCallIds } from "./db/calls.ts";
import { type Database, isAway } from "./db/database.ts";
import { adoptNumbers, allHooks, noteWebhook } from "./db/numbers.ts";
import { noRequests, type RequestRules } from "./effects/http-request.ts";
import { Refused, refusal } from "./errors.ts";
import { createLiveBus, type LiveBus } from "./live/bus.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { makeToken, type Random } from "./ports/random.ts";
import type { Provider } from "./providers/provider.ts";
import { designerRoutes } from "./routes/designer.ts";
import { healthRoutes } from "./routes/health.ts";
import { type PhoneLine, phoneRoutes } from "./routes/phone.ts";
import { checkPolicies, type Guard, type PolicyEnv, policy } from "./routes/policy.ts";
import { answerHeaders, voiceRoutes } from "./routes/voice.ts";

export { seed } from "./boot/seed.ts";
export { codeOf, type Database } from "./db/database.ts";
export { NewerDatabaseError } from "./db/migrate.ts";
export { type DatabaseOptions, openDatabase } from "./db/open-database.ts";
export type { RequestRules } from "./effects/http-request.ts";
export type { Provider } from "./providers/provider.ts";
export { createTwilio, type TwilioOptions } from "./providers/twilio/index.ts";

export interface RuntimeOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly provider: Provider;
  /** Where the carrier reaches us, without a slash at the end. */
  readonly publicBaseUrl: string;
  /** Where browsers reach us: the first decides about secure cookies. */
  readonly origins: readonly string[];
  readonly line: "built-in" | "twilio";
  /** The built-in line's telephone; without it there are no /api/phone routes. */
  readonly phone?: PhoneLine;
  /** Folder of the built designer; without it only the API is served. */
  readonly designerDist?: string;
  readonly version: string;
  /** What flows may ask of web services; without it they may ask nothing. */
  readonly requests?: RequestRules;
}

export interface Runtime {
  readonly app: Hono<PolicyEnv>;
  readonly bus: LiveBus;
  readonly calls: Calls;
  readonly signIn: SignIn;
  /** Places a call: a flow's live version rings a number. */
  place(request: PlaceOrderRequest): Promise<PlaceResult>;
  /** Takes over pending effects and due timers, then keeps sweeping. */
  start(): Promise<void>;
  /** Stops sweeping and finishes what is being performed. */
  stop(): Promise<void>;
  /** Takes over the account's numbers that are not here yet. Never rejects. */
  adoptNumbers(): Promise<void>;
  /** Tells the carrier the webhook addresses of every number that rings a flow; names of those it refused. Never rejects. */
  configureNumbers(): Promise<string[]>;
  /** With a line that has just begun, every call of before is dead: closes them. How many. */
  closeLostCalls(): Promise<number>;
  /** Resolves when no effect is being performed and no sweep runs. */
  idle(): Promise<void>;
}

/** Longest body of an API request: a flow document, escaped. */
const longestApiBody = 5 * 1024 * 1024;

const securityHeaders = {
  "content-security-policy":
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
};

export function createRuntime(options: RuntimeOptions): Runtime {
  const { database, log, provider, publicBaseUrl, origins } = options;
  const bus = createLiveBus();
  const soleOwner = database.kind === "pglite";
  const requests = options.requests ?? noRequests;
  const calls = createCalls({ ...options, bus, soleOwner, requests });
  const { effects, placing } = calls;
  const place = createPlace({ database, placing });
  const safety = createSafety(options);
  const signIn = createSignIn(options);
  const secure = origins[0]?.startsWith("https:") ?? false;
  const cookie = secure ? "__Host-trunkline" : "trunkline";
  const guard: Guard = { origins: new Set(origins), cookie, memberOf: signIn.memberOf };

  const configure = async (number: string, hookToken: string) => {
    const ok = await provider.configureNumber(number, numberLinks(publicBaseUrl, hookToken)).then(
      () => true,
      (error: unknown) => {
        log.warn("The carrier did not accept the webhook addresses of a number.", {}, error);
        return false;
      },
    );
    await noteWebhook(database.drizzle, number, ok);
    return ok;
  };

  const app = createApp({ ...options, bus, calls, safety, signIn, cookie, guard, configure, secure, place });
  return {
    app,
    bus,
    calls,
    signIn,
    place,
    async start() {
      await Promise.all([effects.start(), placing.start()]);
    },
    async stop() {
      await Promise.all([effects.stop(), placing.stop()]);
    },
    async idle() {
      await Promise.all([effects.idle(), placing.idle()]);
    },
    async adoptNumbers() {
      try {
        const found = await provider.listNumbers();
        const rows = found.map((one) => ({
          ...one,
          clientId: firstClient,
          hookToken: makeToken(options.random),
        }));
        await adoptNumbers(database.drizzle, rows);
      } catch (error) {
        log.warn("The numbers of the account could not be listed.", {}, error);
      }
    },
    async configureNumbers() {
      const refused: string[] = [];
      for (const { number, hookToken } of await allHooks(database)) {
        if (!(await configure(number, hookToken))) refused.push(number);
      }
      return refused;
    },
    async closeLostCalls() {
      const ids = await liveCallIds(database);
      for (const id of ids) await calls.lost(id);
      await placing.lost();
      return ids.length;
    },
  };
}

type AppParts = RuntimeOptions &
  Parameters<typeof createApi>[0] &
  Parameters<typeof voiceRoutes>[0] & {
    readonly place: Place;
    readonly guard: Guard;
    readonly secure: boolean;
  };

/** Every route, with headers, limits and error answers around them. Throws when a route has no policy. */
export function createApp(parts: AppParts): Hono<PolicyEnv> {
  const { log, guard, secure } = parts;
  const app = new Hono<PolicyEnv>();
  // Before the browser's headers, and without them: webhooks are the hot path.
  app.route("/", voiceRoutes(parts));
  app.use(async (c, next) => {
    c.set("guard", guard);
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) c.res.headers.set(name, value);
    if (secure) c.res.headers.set("strict-transport-security", "max-age=31536000");
    if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  });
  const limited = bodyLimit({
    maxSize: longestApiBody,
    onError: () => {
      throw refusal("body-too-large");
    },
  });
  app.use(async (c, next) => (c.req.path.startsWith("/api/") ? await limited(c, next) : await next()));
  const api = createApi(parts);
  if (parts.phone) api.route("/", phoneRoutes(parts.phone));
  app.route("/", api);
  app.get("/api/openapi.json", policy("open"), async (c) => c.json(await openApi(app, parts.version)));
  app.route("/", healthRoutes(parts));
  // What the API and the carrier's doorway do not know stays unknown; the designer answers everything else.
  app.all("/api/*", policy("open"), () => {
    throw refusal("not-found");
  });
  if (parts.designerDist !== undefined) app.route("/", designerRoutes(parts.designerDist));
  app.notFound((c) => c.json(refusal("not-found").body, 404));
  app.onError((error, c) => {
    for (const [name, value] of Object.entries(answerHeaders)) c.header(name, value);
    if (error instanceof Refused) return c.json(error.body, error.status);
    const code = isAway(error) ? "database-away" : isBadJson(error) ? "request-invalid" : "internal-error";
    if (code !== "request-invalid") log.warn("A request failed.", { method: c.req.method, code }, error);
    const answer = refusal(code);
    return c.json(answer.body, answer.status);
  });
  checkPolicies(app);
  return app;
}

/** Hono's own complaint about a body that is not JSON. */
function isBadJson(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 400;
}

function openApi(app: Hono<PolicyEnv>, version: string) {
  return generateSpecs(app, {
    documentation: { openapi: "3.1.0", info: { title: "Trunkline", version } },
    exclude: [/^\/hooks/, /^\/t\//, /^\/out\//, "/api/*", "/", /rest/],
    defaultValidationErrorResponse: false,
  });
}
