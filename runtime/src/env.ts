/**
 * The environment, read once: the only file that looks at `process.env`. Every variable is listed in .env.example.
 * Doorway: `readEnv` in server.ts. Throws one sentence that names everything that is missing or wrong.
 */
import { existsSync } from "node:fs";

export interface Env {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Postgres; null means PGlite in the data folder. */
  readonly databaseUrl: string | null;
  /** Null means `data` in the repository. */
  readonly dataDir: string | null;
  /** Without a slash at the end; null means the loopback address we listen on. */
  readonly publicBaseUrl: string | null;
  /** Null means the built-in line. */
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKey: { readonly sid: string; readonly secret: string } | null;
  } | null;
  /** What flows may ask of web services. */
  readonly requests: {
    readonly hosts: ReadonlySet<string>;
    /** Values of the Authorization header by name. Secret. */
    readonly credentials: ReadonlyMap<string, string>;
    readonly allowLoopback: boolean;
  };
  /** `skip` serves the designer as it was last built. */
  readonly designerBuild: "if-stale" | "skip";
}

class EnvError extends Error {
  override name = "EnvError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Loads `file` into the environment if it is there; variables that are set already win. */
export function loadEnvFile(file: string): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

export function readEnv(variables: Variables = process.env): Env {
  const given = (name: string) => variables[name]?.trim() || null;
  const production = given("NODE_ENV") === "production";
  const wrong: string[] = [];
  const required = (names: readonly string[], why: string) => {
    const missing = names.filter((name) => given(name) === null);
    if (missing.length > 0) wrong.push(`${why} set ${missing.join(", ")}`);
  };
  if (production) {
    const names = ["DATABASE_URL", "PUBLIC_BASE_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"];
    required(names, "for production (NODE_ENV=production)");
  } else if (given("TWILIO_ACCOUNT_SID") || given("TWILIO_AUTH_TOKEN")) {
    required(["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL"], "to use Twilio");
  }
  if (Boolean(given("TWILIO_API_KEY_SID")) !== Boolean(given("TWILIO_API_KEY_SECRET"))) {
    wrong.push("set both or neither of TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET");
  }
  const port = Number(given("PORT") ?? "4400");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong.push("set PORT to a number from 0 to 65535");
  const publicBaseUrl = given("PUBLIC_BASE_URL")?.replace(/\/+$/, "") ?? null;
  if (publicBaseUrl !== null && !isBaseUrl(publicBaseUrl, production)) {
    wrong.push(
      `set PUBLIC_BASE_URL to ${production ? "an https" : "an http or https"} address without a query`,
    );
  }
  const accountSid = given("TWILIO_ACCOUNT_SID");
  if (accountSid !== null && !/^AC[0-9a-f]{32}$/.test(accountSid)) {
    wrong.push("set TWILIO_ACCOUNT_SID to AC and 32 hexadecimal digits");
  }
  const hosts = (given("REQUEST_HOSTS") ?? "").split(",").map((host) => host.trim().toLowerCase());
  const asked = hosts.filter((host) => host !== "");
  if (!asked.every((host) => /^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/.test(host)))
    wrong.push("set REQUEST_HOSTS to host names separated by commas, without https:// and ports");
  const credentials = credentialsOf(given("REQUEST_CREDENTIALS"));
  if (!credentials)
    wrong.push('set REQUEST_CREDENTIALS to JSON with a text for each name, such as {"erp":"Bearer …"}');
  const allowLoopback = given("ALLOW_LOOPBACK_REQUESTS") !== null;
  if (production && allowLoopback) wrong.push("remove ALLOW_LOOPBACK_REQUESTS: it is for tests and the demo");
  if (wrong.length > 0)
    throw new EnvError(`The environment is not complete: ${wrong.join("; ")}. See .env.example.`);
  const authToken = given("TWILIO_AUTH_TOKEN");
  const sid = given("TWILIO_API_KEY_SID");
  const secret = given("TWILIO_API_KEY_SECRET");
  return {
    production,
    host: given("HOST") ?? "127.0.0.1",
    port,
    databaseUrl: given("DATABASE_URL"),
    dataDir: given("TRUNKLINE_DATA_DIR"),
    publicBaseUrl,
    twilio:
      accountSid && authToken
        ? { accountSid, authToken, apiKey: sid && secret ? { sid, secret } : null }
        : null,
    requests: { hosts: new Set(asked), credentials: credentials ?? new Map(), allowLoopback },
    designerBuild: given("TRUNKLINE_DESIGNER_BUILD") === "skip" ? "skip" : "if-stale",
  };
}

/** Where the root test command put a Postgres for the tests, if it did. */
export function testPostgresUrl(): string | null {
  return process.env.TRUNKLINE_TEST_POSTGRES_URL || null;
}

/** Null when it is not what it should be; what was found is never repeated. */
function credentialsOf(text: string | null): ReadonlyMap<string, string> | null {
  if (text === null) return new Map();
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== "object" || found === null || Array.isArray(found)) return null;
    const entries = Object.entries(found).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && /^[\x20-\x7e]+$/.test(entry[1]),
    );
    return entries.length === Object.keys(found).length ? new Map(entries) : null;
  } catch {
    return null;
  }
}

function isBaseUrl(text: string, httpsOnly: boolean): boolean {
  const url = URL.parse(text);
  if (!url || url.search || url.hash || url.username) return false;
  return url.protocol === "https:" || (!httpsOnly && url.protocol === "http:");
}
