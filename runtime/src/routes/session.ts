/** Signing in with the one-time link, who is signed in, signing out. */
import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import { longestSignInMs, type SignIn } from "../accounts/sign-in.ts";
import type { Database } from "../db/database.ts";
import { listNumbers } from "../db/numbers.ts";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import { accept, answers, sessionInfo } from "./shapes.ts";

export interface SessionParts {
  readonly database: Database;
  readonly signIn: SignIn;
  readonly line: "built-in" | "twilio";
  /** Name of the cookie; with `__Host-` it is sent over https only. */
  readonly cookie: string;
}

export function sessionRoutes({ database, signIn, line, cookie }: SessionParts) {
  const setCookie = (c: Context, value: string, seconds: number) => {
    const secure = cookie.startsWith("__Host-") ? "; Secure" : "";
    c.header(
      "set-cookie",
      `${cookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`,
    );
  };
  return new Hono<PolicyEnv>()
    .post(
      "/sign-in",
      policy("open"),
      describeRoute({
        summary: "Sign in with the secret of a one-time link",
        responses: answers(204, "Signed in; the session is a cookie", undefined, [400, 403]),
      }),
      accept("json", z.strictObject({ token: z.string().max(200) })),
      async (c) => {
        const secret = await signIn.enter(c.req.valid("json").token);
        if (secret === null) throw refusal("sign-in-refused");
        setCookie(c, secret, longestSignInMs / 1000);
        return c.body(null, 204);
      },
    )
    .get(
      "/session",
      policy("member"),
      describeRoute({
        summary: "Who is signed in",
        responses: answers(200, "The session", sessionInfo, [401]),
      }),
      async (c) => {
        const { clientId, userName, clientName } = c.get("member");
        const rows = await listNumbers(database, clientId);
        const numbers = rows.map(({ number, label, flowId, flowName }) => ({
          number,
          label,
          flowId,
          flowName,
        }));
        return c.json({
          user: { name: userName },
          client: { name: clientName },
          line: { kind: line },
          numbers,
        });
      },
    )
    .post(
      "/sign-out",
      policy("member"),
      describeRoute({ summary: "Sign out", responses: answers(204, "Signed out", undefined, [401]) }),
      async (c) => {
        await signIn.leave(c.get("member").tokenHash);
        setCookie(c, "", 0);
        return c.body(null, 204);
      },
    );
}
