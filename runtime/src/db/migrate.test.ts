/** The tables on both drivers: the same migrations, a client on every row, and no way back to an older program. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase, testDrivers } from "../testing.ts";

describe.each(testDrivers)("migrations on %s", (driver) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(driver);
  });
  afterAll(() => opened.drop());

  test("every table has the client on every row", async () => {
    const rows = await opened.database.query<{ table_name: string; nullable: string | null }>(
      `select t.table_name, c.is_nullable as nullable from information_schema.tables t
       left join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
         and c.column_name = 'client_id' and c.data_type = 'integer'
       where t.table_schema = 'public'`,
      [],
    );
    expect(rows.length).toBe(16);
    for (const row of rows) expect(row.nullable, row.table_name).toBe("NO");
  });

  test("no column of a call that changes per webhook is indexed", async () => {
    const rows = await opened.database.query<{ column: string }>(
      `select distinct a.attname as column from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
       where i.indrelid = 'calls'::regclass order by 1`,
      [],
    );
    expect(rows.map((row) => row.column)).toEqual([
      "client_id",
      "flow_id",
      "flow_version_id",
      "id",
      "provider",
      "provider_call_id",
      "token",
    ]);
  });

  test("a database of a newer program is refused", async () => {
    if (driver === "postgres") await expect(opened.reopen()).resolves.toBeDefined();
    await opened.database.query(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9000000000000)",
      [],
    );
    const { migrate } = await import("./migrate.ts");
    const again = driver === "postgres" ? opened.reopen() : migrate(opened.database, { kind: "pglite" });
    await expect(again).rejects.toThrow(/last used by a newer version of Trunkline. Start that version/);
  });
});
