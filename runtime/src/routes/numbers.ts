/** Telephone numbers and the flow each one rings. */
import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { readFlow } from "../db/flows.ts";
import { listNumbers, type NumberRow, pointNumber } from "../db/numbers.ts";
import { refusal } from "../errors.ts";
import { type PolicyEnv, policy } from "./policy.ts";
import { accept, acceptPath, answers, type NumberItem, numberItem, uuid } from "./shapes.ts";

export interface NumberParts {
  readonly database: Database;
  /** Tells the carrier where this number's webhooks go; true when it accepted. Never rejects. */
  readonly configure: (number: string, hookToken: string) => Promise<boolean>;
}

const numberPath = z.object({ number: z.string().regex(/^\+[1-9]\d{1,14}$/) });

export function numberRoutes({ database, configure }: NumberParts) {
  return new Hono<PolicyEnv>()
    .get(
      "/numbers",
      policy("member"),
      describeRoute({
        summary: "Numbers",
        responses: answers(200, "All numbers", z.object({ items: z.array(numberItem) }), [401]),
      }),
      async (c) => c.json({ items: (await listNumbers(database, c.get("member").clientId)).map(toItem) }),
    )
    .put(
      "/numbers/:number",
      policy("member"),
      describeRoute({
        summary: "Let a number ring a flow, or none",
        responses: answers(200, "The number", numberItem, [401, 404, 422]),
      }),
      acceptPath(numberPath, "number-not-found"),
      accept("json", z.strictObject({ flowId: uuid.nullable() })),
      async (c) => {
        const { clientId } = c.get("member");
        const { number } = c.req.valid("param");
        const { flowId } = c.req.valid("json");
        if (flowId !== null) {
          const flow = await readFlow(database, clientId, flowId, flowId);
          if (!flow) throw refusal("flow-not-found");
          if (!flow.published) throw refusal("flow-unpublished");
        }
        if (!(await pointNumber(database.drizzle, clientId, number, flowId)))
          throw refusal("number-not-found");
        const [row] = await listNumbers(database, clientId, number);
        if (!row) throw refusal("number-not-found");
        const webhookOk = await configure(number, row.hookToken);
        return c.json({ ...toItem(row), webhookOk });
      },
    );
}

function toItem({ number, label, flowId, flowName, webhookOk }: NumberRow): NumberItem {
  return { number, label, flowId, flowName, webhookOk };
}
