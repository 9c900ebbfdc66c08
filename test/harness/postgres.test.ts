import postgres from "postgres";
import { expect, it } from "vitest";
import { freshDatabase } from "./postgres.ts";

it("gives each suite an empty database of its own and takes it away", async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  const sql = postgres(one.url, { max: 1 });
  await sql`create table kept (n int)`;
  const elsewhere = postgres(other.url, { max: 1 });
  expect(await elsewhere`select to_regclass('kept') as found`).toEqual([{ found: null }]);
  await elsewhere.end();
  await sql.end();
  await Promise.all([one.drop(), other.drop()]);
  const gone = postgres(one.url, { max: 1, onnotice: () => {} });
  await expect(gone`select 1`).rejects.toThrow(/does not exist/);
  await gone.end();
});
