/** Calls we place: asked for here, followed here until they are answered; from then on they are calls like any other. */
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import type { Place } from "../calls/place.ts";
import type { Database } from "../db/database.ts";
import { readPlaced } from "../db/placed-calls.ts";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import { accept, acceptPath, answers, flowPath, givenValue, placedCall } from "./shapes.ts";
import { masked } from "./show-call.ts";

export interface PlacedCallParts {
  readonly database: Database;
  readonly place: Place;
}

const number = z.string().max(40);

export function placedCallRoutes({ database, place }: PlacedCallParts) {
  return new Hono<PolicyEnv>()
    .post(
      "/flows/:id/calls",
      policy("member"),
      describeRoute({
        summary: "Place a call: the flow's live version rings a number",
        responses: answers(202, "The intent is stored", z.object({ id: z.string() }), [400, 401, 404, 422]),
      }),
      acceptPath(flowPath, "flow-not-found"),
      accept(
        "json",
        z.strictObject({
          to: number,
          from: number.optional(),
          inputs: z.record(z.string().max(60), givenValue).optional(),
        }),
      ),
      async (c) => {
        const { to, from, inputs = {} } = c.req.valid("json");
        const { clientId } = c.get("member");
        const flowId = c.req.valid("param").id;
        const placed = await place({ clientId, flowId, to, inputs, ...(from === undefined ? {} : { from }) });
        if (!placed.ok) {
          const { why, sentence } = placed;
          throw refusal(why, { problems: [{ pointer: "", sentence }] });
        }
        return c.json({ id: placed.id }, 202);
      },
    )
    .get(
      "/placed-calls/:id",
      policy("member"),
      describeRoute({
        summary: "What became of a placed call",
        responses: answers(200, "The placed call", placedCall, [401, 404]),
      }),
      acceptPath(flowPath, "call-not-found"),
      async (c) => {
        const key = { clientId: c.get("member").clientId, id: c.req.valid("param").id };
        const found = await readPlaced(database, key);
        if (!found) throw refusal("call-not-found");
        const { id, flowId, hash, from, to, state, reason, code, createdAt } = found;
        return c.json({ id, flowId, hash, from, to: masked(to), state, reason, code, createdAt });
      },
    );
}
