/** Telephone numbers and the flow each one rings. */
import { and, eq } from "drizzle-orm";
import type { Database, Drizzle } from "./database.ts";
import { numbers } from "./schema.ts";

export interface NumberRow {
  readonly number: string;
  readonly label: string;
  readonly hookToken: string;
  readonly flowId: string | null;
  readonly flowName: string | null;
  readonly webhookOk: boolean;
}

/** All of a client's numbers, or one. */
export async function listNumbers(
  database: Database,
  clientId: number,
  number?: string,
): Promise<NumberRow[]> {
  const rows = await database.query<{
    number: string;
    label: string;
    hook_token: string;
    flow_id: string | null;
    flow_name: string | null;
    webhook_ok: boolean;
  }>(
    `select n.number, n.label, n.hook_token, n.flow_id::text as flow_id, f.name as flow_name, n.webhook_ok
     from numbers n left join flows f on f.id = n.flow_id
     where n.client_id = $1::int and ($2::text is null or n.number = $2::text) order by n.number`,
    [clientId, number ?? null],
  );
  return rows.map((row) => ({
    number: row.number,
    label: row.label,
    hookToken: row.hook_token,
    flowId: row.flow_id,
    flowName: row.flow_name,
    webhookOk: row.webhook_ok,
  }));
}

/** Every number that rings a flow, of every client, for configuring the carrier at boot. */
export async function allHooks(database: Database): Promise<{ number: string; hookToken: string }[]> {
  const rows = await database.query<{ number: string; hook_token: string }>(
    "select number, hook_token from numbers where flow_id is not null order by number",
    [],
  );
  return rows.map((row) => ({ number: row.number, hookToken: row.hook_token }));
}

export async function insertNumber(
  tx: Drizzle,
  row: { clientId: number; number: string; label: string; hookToken: string; flowId: string | null },
): Promise<void> {
  await tx.insert(numbers).values(row);
}

/** Numbers nobody has yet become this client's, ringing no flow. */
export async function adoptNumbers(
  tx: Drizzle,
  rows: readonly { clientId: number; number: string; label: string; hookToken: string }[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(numbers)
      .values([...rows])
      .onConflictDoNothing();
}

export async function pointNumber(
  tx: Drizzle,
  clientId: number,
  number: string,
  flowId: string | null,
): Promise<boolean> {
  const moved = await tx
    .update(numbers)
    .set({ flowId })
    .where(and(eq(numbers.clientId, clientId), eq(numbers.number, number)))
    .returning({ number: numbers.number });
  return moved.length === 1;
}

export async function noteWebhook(tx: Drizzle, number: string, ok: boolean): Promise<void> {
  await tx.update(numbers).set({ webhookOk: ok }).where(eq(numbers.number, number));
}
