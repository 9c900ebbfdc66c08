/**
 * Who may use a route, said beside the route and enforced there. A route without a policy stops the boot
 * (`checkPolicies`), so that nobody forgets.
 *
 * - `open`: anybody.
 * - `member`: a signed-in user; anything but GET also needs our own Origin and the header `X-Trunkline: 1`.
 * - `carrier`: the handler itself believes only signed requests.
 */
import type { Context, Hono, MiddlewareHandler, Next } from "hono";
import type { Member } from "../accounts/sign-in.ts";
import { refusal } from "../errors.ts";

export type Policy = "open" | "member" | "carrier";

export interface PolicyEnv {
  Variables: { member: Member; guard: Guard };
}

/** What a policy needs to decide; app.ts puts it into every request. */
export interface Guard {
  readonly origins: ReadonlySet<string>;
  readonly cookie: string;
  memberOf(token: string): Promise<Member | null>;
}

const declared = new WeakMap<object, Policy>();

/** The first handler of every route. */
export function policy(name: Policy): MiddlewareHandler<PolicyEnv> {
  // One function for each route: it is also how the route's policy is found again.
  const guard: MiddlewareHandler<PolicyEnv> =
    name === "carrier" ? (_c, next) => next() : (c, next) => admit(name, c, next);
  declared.set(guard, name);
  return guard;
}

async function admit(name: "open" | "member", c: Context<PolicyEnv>, next: Next): Promise<void> {
  const { origins, cookie, memberOf } = c.get("guard");
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    const origin = c.req.header("origin");
    if (!origin || !origins.has(origin) || c.req.header("x-trunkline") !== "1")
      throw refusal("origin-refused");
  }
  if (name === "member") {
    const token = cookieOf(c.req.header("cookie") ?? "", cookie);
    const member = token === null ? null : await memberOf(token);
    if (!member) throw refusal("not-signed-in");
    c.set("member", member);
  }
  await next();
}

/** Every route with its policy. Throws a sentence when one has none. */
export function checkPolicies(app: Hono<PolicyEnv>): { method: string; path: string; policy: Policy }[] {
  const routes = new Map<string, { method: string; path: string; policy: Policy | null }>();
  for (const { method, path, handler } of app.routes) {
    if (path === "/*" && method === "ALL") continue; // middleware for everything
    const key = `${method} ${path}`;
    const known = routes.get(key);
    const found = declared.get(handler) ?? null;
    if (!known) routes.set(key, { method, path, policy: found });
    else known.policy ??= found;
  }
  return [...routes.values()].map(({ method, path, policy: found }) => {
    if (!found) throw new Error(`Expected a policy beside the route ${method} ${path}, found none.`);
    return { method, path, policy: found };
  });
}

function cookieOf(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}
