/**
 * The door of Twilio's REST API: who may come in, to which account, and in which format they are answered (protocol 6).
 * Behind it every path ends in `.json` and every operation is one that this carrier performs. What Twilio has and this carrier has not,
 * methods that are not there, and parameters without effect are answered or reported here, once for all resources.
 */
import type { Context, Hono } from "hono";
import type { Plant } from "../plant.ts";
import { secretsEqual } from "../secrets.ts";
import { errorResponse, notFound, type RestError, restError } from "./errors.ts";
import { readText } from "./form.ts";
import { type Operation, operationsAt } from "./operations.ts";
import { checkPage } from "./paging.ts";
import { performs, withoutEffect } from "./performed.ts";
import { checkWords } from "./words.ts";
import { singular, xmlOf } from "./xml.ts";

const version = "/2010-04-01";

interface Credentials {
  readonly user: string;
  readonly secret: string;
}

/** `behind` gives the resources of one account. */
export function openDoor(app: Hono, main: Plant, behind: (plant: Plant) => Hono): void {
  app.all(`${version}/*`, async (c) => {
    const asXml = !/\.json$/.test(c.req.path);
    const path = c.req.path.replace(/\.xml$/, "") + (asXml ? ".json" : "");
    const found = admit(c, main, path);
    if ("code" in found) return asXml ? inXml(errorResponse(found), path) : errorResponse(found);
    const answer = await faulty(main, c, path, () => perform(c, found, path, behind(found)));
    return asXml ? inXml(answer, path) : answer;
  });
}

/** What the fault plan makes of a request (protocol 6: what is answered with 429 was never executed). */
async function faulty(
  main: Plant,
  c: Context,
  path: string,
  run: () => Promise<Response>,
): Promise<Response> {
  const fault = main.faults.restRequest?.({ method: c.req.method, path: belowAccount(path) });
  if (!fault) return run();
  const { status, executed, delaySeconds = 0 } = fault;
  const answer = status === undefined || (executed && status !== 429) ? await run() : null;
  if (delaySeconds > 0) await new Promise<void>((resolve) => main.clock.after(delaySeconds * 1000, resolve));
  if (status === undefined) return answer!;
  const [code, message] = {
    429: [20429, "Too Many Requests"] as const,
    500: [20500, "An internal server error has occurred"] as const,
    503: [20503, "Service Unavailable"] as const,
  }[status];
  return errorResponse(restError(code, message, status));
}

/** `/Calls.json` */
const belowAccount = (path: string) =>
  accountIn(path) === null ? "/Accounts.json" : path.replace(/^(?:\/[^/]+){2}\/[^/.]+/, "");

/** Whose token or key a request brings, or 20003. */
export function enter(c: Context, main: Plant): Plant | RestError {
  const given = credentialsIn(c.req.header("authorization"));
  return (given && userOf(main, given)) ?? restError(20003, "Authenticate", 401);
}

/** Whose resources are asked for, or why not. */
function admit(c: Context, main: Plant, path: string): Plant | RestError {
  const refused = restError(20003, "Authenticate", 401);
  const given = credentialsIn(c.req.header("authorization"));
  if (given === null) return refused;
  const user = userOf(main, given);
  if (!user) return refused;
  const sid = accountIn(path);
  if (sid === null) return user;
  // The main account's token opens its subaccounts; a key opens its own account alone (Twilio, REST API: Subaccounts).
  const wanted = main.accounts.find(sid);
  if (wanted === user) return user;
  const mayEnter = user === main && given.user === main.account.sid;
  if (!mayEnter) return refused;
  return wanted ?? notFound(c.req.path);
}

/** `/2010-04-01/Accounts/AC….json` and everything below; null for the list of accounts. */
function accountIn(path: string): string | null {
  const [, , , sid = ""] = path.split("/");
  return sid === "" ? null : sid.replace(/\.json$/, "");
}

function credentialsIn(header: string | undefined): Credentials | null {
  const given = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (given === undefined) return null;
  const [user = "", ...rest] = Buffer.from(given, "base64").toString("utf8").split(":");
  return { user, secret: rest.join(":") };
}

/** The account whose token or key this is. */
function userOf({ accounts }: Plant, { user, secret }: Credentials): Plant | undefined {
  return accounts
    .list()
    .find(
      ({ account, apiKeys }) =>
        account.status !== "closed" &&
        ((user === account.sid && secretsEqual(secret, account.authToken)) || apiKeys.opens(user, secret)),
    );
}

async function perform(c: Context, plant: Plant, path: string, behind: Hono): Promise<Response> {
  const below = belowAccount(path);
  const method = c.req.method === "HEAD" ? "GET" : c.req.method;
  const here = operationsAt(below);
  if (here.length === 0 || !path.startsWith(`${version}/Accounts`))
    return errorResponse(notFound(c.req.path));
  const operation = here.find((one) => one.method === method);
  if (!operation) return errorResponse(restError(20004, `Method not allowed: ${c.req.method}`, 405));
  if (!performs(operation.name)) return notPerformed(plant, operation);
  if (plant.account.status !== "active" && method === "POST" && below !== ".json")
    return errorResponse(restError(10001, "Account is not active", 403));
  const body = method === "POST" ? await readText(c.req.raw) : undefined;
  if (body === null) return errorResponse(restError(20413, "Request Entity Too Large", 413));
  const url = new URL(c.req.url);
  const given = method === "POST" ? new URLSearchParams(body) : url.searchParams;
  reportParameters(plant, operation, given, c.req.header("content-type"));
  const wrong =
    checkWords(plant.alerts, operation, given) ?? (operation.knows("PageSize") ? checkPage(given) : null);
  if (wrong) return errorResponse(wrong);
  url.pathname = path;
  return behind.request(new Request(url, { method, body }));
}

function notPerformed({ alerts }: Plant, { name }: Operation): Response {
  const message = `${name} is not performed by this carrier`;
  alerts.add({ level: "error", code: null, message });
  // Twilio answers 20008 where its test credentials reach no further; 501 is nothing Twilio ever says.
  return errorResponse(restError(20008, message, 501));
}

/** What Twilio has no parameter for it does not mind; here it is said, as is everything without effect. */
function reportParameters(
  { alerts }: Plant,
  operation: Operation,
  parameters: URLSearchParams,
  contentType: string | undefined,
): void {
  const warn = (code: number | null, message: string) => alerts.add({ level: "warning", code, message });
  if (
    parameters.size > 0 &&
    operation.method === "POST" &&
    contentType &&
    !contentType.startsWith("application/x-www-form-urlencoded")
  )
    warn(
      null,
      `${operation.name}: expected a form (application/x-www-form-urlencoded), found ${contentType}`,
    );
  const idle = withoutEffect(operation.name);
  for (const name of new Set(parameters.keys()))
    if (!operation.knows(name)) warn(20001, `Unknown parameters: ${operation.name} has no ${name}`);
    else if (idle.includes(name))
      warn(null, `parameter ${name} of ${operation.name} is not performed by this carrier`);
}

/** The answer in XML. What has no body stays as it is. */
async function inXml(answer: Response, path: string): Promise<Response> {
  const text = await answer.text();
  if (text === "") return answer;
  const [last = "", before = ""] = path
    .replace(/\.json$/, "")
    .split("/")
    .reverse();
  const resource = singular(/^[A-Z]{2}[0-9a-f]{32}$/.test(last) || before === "Members" ? before : last);
  const headers = new Headers(answer.headers);
  headers.set("content-type", "application/xml");
  return new Response(xmlOf(resource, JSON.parse(text)), { status: answer.status, headers });
}
