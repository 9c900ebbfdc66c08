/** Flows that call flows: published whole or not at all, run with what they call, shown with what was entered. */
import { type FlowDocument, hashFlow, parseFlow } from "@trunkline/schema/document";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openTestDatabase,
  publishTest,
  seedTest,
  signedIn,
  type TestDatabase,
  type TestRuntime,
  testDrivers,
  testFlow,
  testPhone,
  testRuntime,
} from "../testing.ts";

const parsed = (value: unknown): FlowDocument => {
  const found = parseFlow(value);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.flow;
};
const bye = (disposition: string, farewell: string) => ({
  kind: "hang-up",
  config: { disposition, farewell },
});
const calling = (hash: string, next: object, name = "Ask the number") => ({
  kind: "call-flow",
  title: "Ask",
  config: {
    flow: { id: "ask", name, hash },
    inputs: [{ input: "greeting", value: "Hello" }],
    outputs: [{ output: "number", into: "number" }],
    ways: ["known", "unknown"],
  },
  next: { known: "known", unknown: "unknown", failed: "unknown", ...next },
});
const asks = testFlow(
  {
    ask: {
      kind: "collect",
      config: {
        prompt: "{{greeting}}, your number?",
        into: "number",
        answer: "keys",
        minDigits: 4,
        maxDigits: 4,
        timeoutSeconds: 5,
        tries: 2,
      },
      next: { collected: "known", invalid: "unknown", silence: "unknown" },
    },
    known: { kind: "return", config: { way: "known" } },
    unknown: { kind: "return", config: { way: "unknown" } },
  },
  {
    name: "Ask the number",
    start: { calls: "flows" },
    variables: {
      greeting: { type: "text", sensitivity: "public", origin: "input" },
      number: { type: "digits", sensitivity: "internal", origin: "collected", output: true },
    },
  },
);
const variables = {
  number: { type: "digits", sensitivity: "internal" },
  seen: { type: "claim", sensitivity: "phi" },
  tags: { type: "list", sensitivity: "public", initial: ["a", "b"] },
};
const main = (hash: string, name = "Main") =>
  testFlow(
    {
      sub: calling(hash, {}),
      known: bye("known", "Thank you, {{number}}."),
      unknown: bye("unknown", "Goodbye."),
    },
    { name, variables },
  );

/** A flow that is called and calls another, both in the same way. */
const between = (hash: string, name: string) => ({
  ...asks,
  name,
  entry: "start",
  nodes: {
    start: { kind: "start", title: "Start", config: { calls: "flows" }, next: { call: "sub" } },
    sub: calling(hash, {}),
    known: { kind: "return", title: "Known", config: { way: "known" }, next: {} },
    unknown: { kind: "return", title: "Unknown", config: { way: "unknown" }, next: {} },
  },
});

describe.each(testDrivers)("flows that call flows, on %s", (driver) => {
  let opened: TestDatabase;
  let runtime: TestRuntime;
  let hookToken: string;
  let headers: Record<string, string>;
  let asked: { flowId: string; hash: string };
  beforeAll(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
    asked = await publishTest(opened.database, asks, null);
    runtime = testRuntime(opened.database);
    headers = await signedIn(runtime);
  });
  afterAll(() => opened.drop());
  // biome-ignore lint/suspicious/noExplicitAny: bodies of several routes are read here, and asserted on.
  type Body = any;
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Body }> => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await runtime.app.request(path, init);
    return { status: answer.status, body: await answer.json() };
  };
  const drawn = async (document: object) => {
    const { id } = (await ask("POST", "/api/flows", { name: "New" })).body;
    const saved = await ask("PUT", `/api/flows/${id}/draft`, { document, revision: 1 });
    expect(saved.status).toBe(200);
    return await ask("POST", `/api/flows/${id}/publish`, { revision: 2, note: "" });
  };

  test("the flows one may call, with what they take and give back", async () => {
    const { items } = (await ask("GET", "/api/called-flows")).body;
    expect(items.find((one: { id: string }) => one.id === asked.flowId)).toEqual({
      id: asked.flowId,
      name: "Ask the number",
      version: 1,
      hash: asked.hash,
      inputs: [{ name: "greeting", type: "text", required: true }],
      outputs: [{ name: "number", type: "digits" }],
      ways: ["known", "unknown"],
    });
  });

  test("a published document by its hash; nobody else's, and none that is not there", async () => {
    const found = await ask("GET", `/api/documents/${asked.hash}`);
    expect(found.body).toEqual({ hash: asked.hash, document: JSON.parse(JSON.stringify(parsed(asks))) });
    for (const hash of ["0".repeat(64), "x", asked.hash.toUpperCase()])
      expect((await ask("GET", `/api/documents/${hash}`)).body.code).toBe("version-not-found");
    await opened.database.query(
      `insert into clients (client_id, name, created_at) values (2, 'Other', 0) on conflict do nothing`,
      [],
    );
    const random = parsed(testFlow({ bye: bye("x", "y") }, { name: "Other client's" }));
    await opened.database.query(
      `insert into flows (client_id, id, name, draft, draft_hash, revision, created_at, saved_at)
       values (2, '01900000-0000-7000-8000-000000000002', 'x', '{}'::json, '', 1, 0, 0) on conflict do nothing`,
      [],
    );
    await opened.database.query(
      `insert into flow_versions (client_id, id, flow_id, version, hash, document, note, published_at, published_by)
       values (2, '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', 1, $1::text, $2::text::json, '', 0, 'x')`,
      [hashFlow(random), JSON.stringify(random)],
    );
    expect((await ask("GET", `/api/documents/${hashFlow(random)}`)).status).toBe(404);
    expect((await drawn(main(hashFlow(random)))).status).toBe(422);
  });

  test("a flow that calls one nobody published is refused, and says where", async () => {
    const refused = await drawn(main("0".repeat(64)));
    expect(refused).toMatchObject({ status: 422, body: { code: "flow-has-errors" } });
    expect(refused.body.findings).toContainEqual({
      rule: "sub-flow-missing",
      severity: "error",
      node: "sub",
      pointer: "/nodes/sub",
      sentence: "“Ask” calls a flow that is not published here.",
    });
  });

  test("eight flows one inside the other, and no more", async () => {
    let { hash } = asked;
    for (let depth = 2; depth <= 8; depth++) {
      const published = await drawn(between(hash, `Depth ${depth}`));
      expect(published.status, `${depth} deep: ${JSON.stringify(published.body)}`).toBe(201);
      ({ hash } = published.body);
    }
    const refused = await drawn(between(hash, "Depth 9"));
    expect(refused.status).toBe(422);
    expect(refused.body.findings.map((one: { sentence: string }) => one.sentence)).toContain(
      "Expected flows at most 8 deep, found more.",
    );
  });

  test("a call through both: values handed in and back, shown with the flow it entered", async () => {
    await publishTest(opened.database, main(asked.hash));
    const phone = testPhone(runtime, hookToken, `CA${"b".repeat(32)}`);
    expect((await phone.ring()).body).toContain("Hello, your number?");
    const listed = (await ask("GET", "/api/calls?limit=1")).body.items[0];
    const during = (await ask("GET", `/api/calls/${listed.id}`)).body;
    expect(during.flows).toEqual([
      {
        frame: "sub",
        hash: asked.hash,
        name: "Ask the number",
        document: JSON.parse(JSON.stringify(parsed(asks))),
      },
    ]);
    expect((await phone.press("1234")).body).toContain("Thank you, 1234.");
    const after = (await ask("GET", `/api/calls/${listed.id}`)).body;
    expect(after).toMatchObject({ disposition: "known", direction: "inbound", tags: [], answeredBy: null });
    expect(after.flows).toEqual(during.flows);
    const values = Object.fromEntries(
      after.values.map((one: { name: string; value: unknown }) => [one.name, one.value]),
    );
    expect(values).toEqual({ number: "1234", tags: ["a", "b"] });
    const { items } = (await ask("GET", `/api/calls/${listed.id}/trace`)).body;
    expect(items.map(({ frame, node }: { frame: string; node: string }) => `${frame}/${node}`)).toEqual([
      "/start",
      "sub/start",
      "sub/ask",
      "sub/known",
      "/sub",
      "/known",
    ]);
    // A process that has never seen these flows goes on with the call.
    const fresh = testPhone(testRuntime(await opened.reopen()), hookToken, `CA${"c".repeat(32)}`);
    await fresh.ring();
    fresh.turnTo(testRuntime(await opened.reopen()));
    expect((await fresh.press("9876")).body).toContain("Thank you, 9876.");
  });

  test("calls are placed and followed through the API", async () => {
    const { flowId } = await publishTest(
      opened.database,
      testFlow(
        { bye: bye("reached", "Goodbye, {{who}}.") },
        {
          start: { calls: "outbound", detection: "meanwhile" },
          variables: { who: { type: "text", sensitivity: "phi", origin: "input" } },
        },
      ),
      null,
    );
    const to = "+15550199042";
    const placed = await ask("POST", `/api/flows/${flowId}/calls`, { to, inputs: { who: "Ada" } });
    expect(placed.status).toBe(202);
    await runtime.idle();
    expect((await ask("GET", `/api/placed-calls/${placed.body.id}`)).body).toMatchObject({
      flowId,
      from: "+15550100001",
      to: "••• 9042",
      state: "placed",
      reason: null,
    });
    for (const [body, code] of [
      [{ to: "+19005550100" }, "dialling-refused"],
      [{ to, from: "+15550100009" }, "number-not-found"],
      [{ to, inputs: { nobody: "x" } }, "inputs-invalid"],
      [{ to, extra: 1 }, "request-invalid"],
      [{}, "request-invalid"],
    ] as const)
      expect((await ask("POST", `/api/flows/${flowId}/calls`, body)).body.code).toBe(code);
    expect((await ask("POST", `/api/flows/${asked.flowId}/calls`, { to })).body.code).toBe(
      "flow-not-outbound",
    );
    expect((await ask("GET", "/api/placed-calls/01900000-0000-7000-8000-000000000000")).body.code).toBe(
      "call-not-found",
    );
    const stranger = await runtime.app.request(`/api/flows/${flowId}/calls`, { method: "POST", body: "{}" });
    expect(stranger.status).toBe(403);
    expect(runtime.told.placed).toHaveLength(1);
  });

  test("a template brings the flows it enters, published once", async () => {
    for (let time = 0; time < 2; time += 1) {
      const made = await ask("POST", "/api/flows", {
        template: "claim-status-generic",
        name: `Claims ${time}`,
      });
      expect(made.status).toBe(201);
      const note = "From the template";
      const published = await ask("POST", `/api/flows/${made.body.id}/publish`, { revision: 1, note });
      expect(published).toMatchObject({ status: 201, body: { version: 1 } });
    }
    const { items } = (await ask("GET", "/api/called-flows")).body;
    expect(items.filter((one: Body) => one.name === "Claim identifiers")).toHaveLength(1);
  });
});
