/** A migrated database with one published flow and the number that rings it. */
import { randomUUID } from "node:crypto";
import { openDatabase } from "@trunkline/runtime/app";
import { hashFlow } from "@trunkline/schema/document";
import postgres from "postgres";
import { benchNumber, hookToken } from "./account.ts";
import { askingFlow } from "./generate-flow.ts";

export async function seedDatabase(url: string): Promise<void> {
  await (await openDatabase({ kind: "postgres", url })).close();
  const flow = askingFlow();
  const document = JSON.stringify(flow);
  const hash = hashFlow(flow);
  const [flowId, versionId] = [randomUUID(), randomUUID()];
  const sql = postgres(url, { max: 1 });
  try {
    await sql`insert into clients values (1, 'Bench', 0)`;
    await sql`insert into flows (client_id, id, name, draft, draft_hash, revision, created_at, saved_at)
      values (1, ${flowId}, 'Asking', ${document}::text::json, ${hash}, 1, 0, 0)`;
    await sql`insert into flow_versions (client_id, id, flow_id, version, hash, document, note, published_at, published_by)
      values (1, ${versionId}, ${flowId}, 1, ${hash}, ${document}::text::json, '', 0, 'bench')`;
    await sql`insert into flow_aliases (client_id, flow_id, alias, version_id, moved_at, moved_by)
      values (1, ${flowId}, 'live', ${versionId}, 0, 'bench')`;
    await sql`insert into numbers (client_id, number, label, hook_token, flow_id)
      values (1, ${benchNumber}, 'Bench', ${hookToken}, ${flowId})`;
  } finally {
    await sql.end();
  }
}
