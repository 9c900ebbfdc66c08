/** API keys (protocol 1): they open REST as the account's token does, and are seen through the official client. */
import { expect, test } from "vitest";
import { clientOf } from "../testdata/client.ts";
import { accountSid, openLine, rest } from "../testdata/line.ts";

test("a key made by REST opens it, until it is removed", async () => {
  const given = { sid: `SK${"1".repeat(32)}`, secret: "given:with-a-colon" };
  const line = await openLine({ apiKeys: [given] });
  try {
    const as = ({ sid, secret }: { sid: string; secret: string }) =>
      clientOf(line, sid, secret, { accountSid });
    const made = await as(given).newKeys.create({ friendlyName: "second" });
    const second = as({ sid: made.sid, secret: made.secret });
    expect(await second.calls.list()).toEqual([]);
    expect((await second.keys.list()).map(({ friendlyName }) => friendlyName)).toEqual(["", "second"]);
    await expect(as({ ...given, secret: "wrong" }).calls.list()).rejects.toMatchObject({ code: 20003 });
    expect((await rest(line, "DELETE", `/Keys/${made.sid}.json`)).status).toBe(204);
    await expect(second.calls.list()).rejects.toMatchObject({ status: 401 });
  } finally {
    await line.close();
  }
});

test("lists of calls are filtered by day", async () => {
  const line = await openLine();
  try {
    const found = async (query: string) => {
      const answer = await (await rest(line, "GET", `/Calls.json?${query}`)).json();
      // Twilio's documented shape.
      return (answer as { calls: unknown[] }).calls.length;
    };
    line.carrier.call({ from: "+15550199001", to: "+15550100001" });
    await line.clock.runUntilIdle();
    expect(await found("StartTime=2026-11-02")).toBe(1);
    expect(await found("StartTime=2026-11-03")).toBe(0);
    expect(await found("StartTime%3E=2026-11-02&EndTime%3C=2026-11-02")).toBe(1);
    expect(await found("StartTime%3E=2026-11-03")).toBe(0);
    expect(await found("EndTime%3C=2026-11-01")).toBe(0);
  } finally {
    await line.close();
  }
});
