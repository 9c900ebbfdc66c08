/** The API: who may use it, what it answers, what it refuses. */
import { catalogue } from "@trunkline/flows";
import type { FlowDocument } from "@trunkline/schema/document";
import type { generateSpecs } from "hono-openapi";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  driven,
  openTestDatabase,
  seedTest,
  signedIn,
  type TestDatabase,
  type TestRuntime,
  testDrivers,
  testPhone,
  testRuntime,
} from "../testing.ts";
import { checkPolicies } from "./policy.ts";
import { masked } from "./show-call.ts";

describe.each(testDrivers)("the API on %s", (driver) => {
  let opened: TestDatabase;
  let runtime: TestRuntime;
  let hookToken: string;
  let headers: Record<string, string>;

  beforeEach(async () => {
    opened = await openTestDatabase(driver);
    ({ hookToken } = await seedTest(opened.database));
    runtime = testRuntime(opened.database);
    headers = await signedIn(runtime);
    return () => opened.drop();
  });

  // biome-ignore lint/suspicious/noExplicitAny: bodies of many routes are read here, and asserted on.
  type Body = any;
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const init = {
      method,
      headers: { ...headers, ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await runtime.app.request(path, init);
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Body, headers: answer.headers };
  };
  const firstFlow = async () => (await ask("GET", "/api/flows")).body.items[0];
  const changed = (document: FlowDocument, apology: string): FlowDocument => ({
    ...document,
    settings: { ...document.settings, apology },
  });

  test("who is signed in, with which line and numbers", async () => {
    const flow = await firstFlow();
    expect((await ask("GET", "/api/session")).body).toEqual({
      user: { name: "Owner" },
      client: { name: "My organisation" },
      line: { kind: "built-in" },
      numbers: [{ number: "+15550100001", label: "Front desk", flowId: flow.id, flowName: "Front desk" }],
    });
    expect((await ask("POST", "/api/sign-out")).status).toBe(204);
    expect((await ask("GET", "/api/session")).body.code).toBe("not-signed-in");
  });

  test("a draft: saved once, refused when somebody else was faster, refused with problems", async () => {
    const { id } = await firstFlow();
    const flow = (await ask("GET", `/api/flows/${id}`)).body;
    expect(flow).toMatchObject({
      revision: 1,
      draftDiffers: false,
      published: { version: 1 },
      numbers: ["+15550100001"],
    });
    expect(flow.document).toEqual(JSON.parse(JSON.stringify(catalogue[0]!.document)));
    const document = changed(flow.document, "Sorry about that.");
    const saved = await ask("PUT", `/api/flows/${id}/draft`, { document, revision: 1 });
    expect(saved).toMatchObject({ status: 200, body: { revision: 2, draftDiffers: true } });
    const stale = await ask("PUT", `/api/flows/${id}/draft`, { document, revision: 1 });
    expect(stale).toMatchObject({
      status: 409,
      body: { code: "draft-changed", current: { revision: 2, id } },
    });
    const broken = await ask("PUT", `/api/flows/${id}/draft`, {
      document: { ...document, entry: "nowhere" },
      revision: 2,
    });
    expect(broken).toMatchObject({ status: 422, body: { code: "document-invalid" } });
    expect(broken.body.problems[0].pointer).toBe("/entry");
    const racing = await Promise.all(
      [1, 2, 3].map(() => ask("PUT", `/api/flows/${id}/draft`, { document, revision: 2 })),
    );
    expect(racing.map((one) => one.status).sort()).toEqual([200, 409, 409]);
  });

  test("a new flow is blank, ready to answer, or one from the catalogue", async () => {
    const blank = (await ask("POST", "/api/flows", { name: "Mine" })).body;
    expect(blank.name).toBe("Mine");
    expect(Object.keys(blank.document.nodes)).toEqual(["start", "goodbye"]);
    const published = await ask("POST", `/api/flows/${blank.id}/publish`, {
      revision: blank.revision,
      note: "",
    });
    expect(published.status).toBe(201);
    const copy = (await ask("POST", "/api/flows", { template: "front-desk" })).body;
    expect(copy.name).toBe("Front desk");
    expect((await ask("POST", "/api/flows", { template: "nobody" })).body.code).toBe("template-not-found");
  });

  test("moving nodes is not a change of meaning", async () => {
    const { id } = await firstFlow();
    const { document } = (await ask("GET", `/api/flows/${id}`)).body;
    const moved = { ...document, layout: { nodes: { [document.entry]: { x: 500, y: 500 } } } };
    const saved = await ask("PUT", `/api/flows/${id}/draft`, { document: moved, revision: 1 });
    expect(saved.body.draftDiffers).toBe(false);
    const published = await ask("POST", `/api/flows/${id}/publish`, { revision: 2, note: "" });
    expect(published).toMatchObject({ status: 409, body: { code: "nothing-changed" } });
  });

  test("publishing: a new version becomes live, calls under way keep theirs, going back works", async () => {
    const { id } = await firstFlow();
    const { document } = (await ask("GET", `/api/flows/${id}`)).body;
    const phone = testPhone(runtime, hookToken);
    await phone.ring();
    const said = JSON.stringify(document).replace("Please enter the claim number", "Key in the claim number");
    await ask("PUT", `/api/flows/${id}/draft`, { document: JSON.parse(said), revision: 1 });
    expect((await ask("POST", `/api/flows/${id}/publish`, { revision: 1, note: "" })).status).toBe(409);
    const published = await ask("POST", `/api/flows/${id}/publish`, { revision: 2, note: "Shorter." });
    expect(published).toMatchObject({ status: 201, body: { version: 2 } });
    expect((await phone.press("1")).body).toContain("Please enter the claim number");
    const later = testPhone(runtime, hookToken, `CA${"2".repeat(32)}`);
    await later.ring();
    expect((await later.press("1")).body).toContain("Key in the claim number");
    const versions = (await ask("GET", `/api/flows/${id}/versions`)).body;
    expect(versions.items).toMatchObject([
      { version: 2, note: "Shorter.", current: true, calls: 1, publishedBy: "Owner" },
      { version: 1, current: false, calls: 1 },
    ]);
    expect((await ask("PUT", `/api/flows/${id}/live`, { version: 1 })).body).toEqual({ version: 1 });
    expect((await ask("PUT", `/api/flows/${id}/live`, { version: 9 })).status).toBe(404);
    expect((await ask("GET", `/api/flows/${id}`)).body.published.version).toBe(1);
    expect((await ask("GET", `/api/flows/${id}/versions/2`)).body.document).toEqual(JSON.parse(said));
  });

  test("two publications at once: two versions at most, none lost, the numbers without a gap", async () => {
    const { id } = await firstFlow();
    const { document } = (await ask("GET", `/api/flows/${id}`)).body;
    await ask("PUT", `/api/flows/${id}/draft`, { document: changed(document, "Sorry."), revision: 1 });
    const both = await Promise.all(
      [1, 2].map(() => ask("POST", `/api/flows/${id}/publish`, { revision: 2, note: "" })),
    );
    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
    expect(
      (await ask("GET", `/api/flows/${id}/versions`)).body.items.map(
        (one: { version: number }) => one.version,
      ),
    ).toEqual([2, 1]);
  });

  test("a flow with errors is not published, and says which", async () => {
    const { id } = (await ask("POST", "/api/flows", { name: "Broken" })).body;
    const { document, revision } = (await ask("GET", `/api/flows/${id}`)).body;
    const [entry] = Object.entries(document.nodes[document.entry].next)[0] as [string, string];
    document.nodes[document.entry].next = { [`${entry}-gone`]: document.entry };
    const saved = await ask("PUT", `/api/flows/${id}/draft`, { document, revision });
    expect(saved.status).toBe(200);
    const refused = await ask("POST", `/api/flows/${id}/publish`, { revision: revision + 1, note: "" });
    expect(refused).toMatchObject({ status: 422, body: { code: "flow-has-errors" } });
    expect(refused.body.findings[0]).toMatchObject({ severity: "error", sentence: expect.any(String) });
  });

  test("a published version cannot be changed or deleted, not even by hand", async () => {
    for (const text of [
      "update flow_versions set note = 'x'",
      "delete from flow_versions",
      "truncate flow_versions cascade",
    ]) {
      await expect(opened.database.query(text, [])).rejects.toThrow(/never changed or deleted/);
    }
  });

  test("numbers: pointed at a flow, at none; a flow in use is not deleted", async () => {
    const first = await firstFlow();
    expect((await ask("DELETE", `/api/flows/${first.id}`)).body.code).toBe("flow-in-use");
    const made = (await ask("POST", "/api/flows", { template: "front-desk", name: "Second" })).body;
    expect(made).toMatchObject({
      name: "Second",
      published: null,
      draftDiffers: true,
      document: { name: "Second" },
    });
    const number = "/api/numbers/%2B15550100001";
    expect((await ask("PUT", number, { flowId: made.id })).body.code).toBe("flow-unpublished");
    await ask("POST", `/api/flows/${made.id}/publish`, { revision: 1, note: "" });
    const pointed = await ask("PUT", number, { flowId: made.id });
    expect(pointed.body).toEqual({
      number: "+15550100001",
      label: "Front desk",
      flowId: made.id,
      flowName: "Second",
      webhookOk: true,
    });
    expect(runtime.told.configured.at(-1)?.links.voice).toBe(
      `https://calls.example.test/hooks/${hookToken}/voice`,
    );
    expect((await ask("DELETE", `/api/flows/${first.id}`)).status).toBe(204);
    expect((await ask("GET", `/api/flows/${first.id}`)).body.code).toBe("flow-not-found");
    expect((await ask("PUT", number, { flowId: null })).body).toMatchObject({ flowId: null, flowName: null });
    expect((await ask("GET", "/api/numbers")).body.items).toHaveLength(1);
    expect((await ask("PUT", "/api/numbers/%2B15550100002", { flowId: null })).body.code).toBe(
      "number-not-found",
    );
  });

  test("the account's numbers are taken over, ring no flow yet, and are configured once they do", async () => {
    const owned = [
      { number: "+15550100001", label: "Ours already" },
      { number: "+15550100077", label: "Main line" },
    ];
    const provider = { ...runtime.provider, listNumbers: async () => owned };
    const other = testRuntime(opened.database, { provider });
    await other.adoptNumbers();
    await other.adoptNumbers();
    const { items } = (await ask("GET", "/api/numbers")).body;
    expect(
      items.map((one: { number: string; label: string; flowId: string | null }) => [
        one.number,
        one.label,
        one.flowId !== null,
      ]),
    ).toEqual([
      ["+15550100001", "Front desk", true],
      ["+15550100077", "Main line", false],
    ]);
    await runtime.configureNumbers();
    expect(runtime.told.configured.map((one) => one.number)).toEqual(["+15550100001"]);
    const { id } = await firstFlow();
    expect((await ask("PUT", "/api/numbers/%2B15550100077", { flowId: id })).body.flowName).toBe(
      "Front desk",
    );
    expect(runtime.told.configured.at(-1)?.number).toBe("+15550100077");
    const away = testRuntime(opened.database, {
      provider: { ...provider, listNumbers: () => Promise.reject(new Error("away")) },
    });
    await expect(away.adoptNumbers()).resolves.toBeUndefined();
  });

  test("lists come in pages that neither repeat nor leave out", async () => {
    for (let made = 0; made < 5; made++) {
      runtime.clock.advance(1);
      await testPhone(runtime, hookToken, `CA${made.toString(16).padStart(32, "0")}`).ring();
      await ask("POST", "/api/flows", { name: `Flow ${made}` });
    }
    for (const [path, count] of [
      ["/api/calls", 5],
      ["/api/flows", 6],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Body = (await ask("GET", `${path}?limit=2${cursor ? `&cursor=${cursor}` : ""}`)).body;
        expect(page.items.length).toBeLessThanOrEqual(2);
        seen.push(...page.items.map((item: { id: string }) => item.id));
        cursor = page.next;
      }
      expect(seen).toHaveLength(count);
      expect(new Set(seen).size).toBe(count);
      expect(seen).toEqual([...seen].sort().reverse());
    }
    expect((await ask("GET", "/api/calls?limit=201")).body.code).toBe("request-invalid");
    expect((await ask("GET", "/api/calls?cursor=1%27%20or%201")).body.code).toBe("request-invalid");
  });

  test("a call as people see it: masked, with values, outcomes and its trace", async () => {
    const phone = testPhone(runtime, hookToken);
    await phone.ring();
    await phone.press("1");
    await phone.press("123456789");
    await phone.press("1");
    const [summary] = (await ask("GET", "/api/calls")).body.items;
    expect(summary).toMatchObject({
      from: "••• 9042",
      status: "live",
      currentNode: "anything-else",
      version: 1,
      turns: 4,
    });
    const { body: call } = await ask("GET", `/api/calls/${summary.id}`);
    expect(call.document.name).toBe("Front desk");
    expect(call.outcomes).toMatchObject([{ outcome: "claim-question" }]);
    for (const held of call.values) if (held.sensitivity === "phi") expect(held.value).toBeNull();
    const claim = call.values.find((held: { name: string }) => held.name === "claim_number");
    expect(claim.origin).toEqual({ source: "collected", node: "ask-claim-number", turn: 2, event: 3 });
    const { body: page } = await ask("GET", `/api/calls/${summary.id}/trace?limit=3`);
    expect(page.items.map((entry: { seq: number }) => entry.seq)).toEqual([1, 2, 3]);
    expect(page.next).toBe(3);
    const { body: rest } = await ask("GET", `/api/calls/${summary.id}/trace?after=3`);
    expect(rest.next).toBeNull();
    expect(rest.items[0].seq).toBe(4);
    expect(JSON.stringify([summary, call, page, rest])).not.toContain("+15550199042");
    for (const path of ["/api/calls/nope", `/api/calls/${crypto.randomUUID()}`]) {
      expect((await ask("GET", path)).body).toEqual({
        code: "call-not-found",
        sentence: "There is no such call.",
      });
    }
  });

  test("another client's things are not there", async () => {
    await opened.database.query(
      "insert into clients (client_id, name, created_at) values (2, 'Other', 0)",
      [],
    );
    const phone = testPhone(runtime, hookToken);
    await phone.ring();
    const { id: callId } = (await ask("GET", "/api/calls")).body.items[0];
    const { id } = await firstFlow();
    await opened.database.query("update users set client_id = 2", []);
    headers = await signedIn(runtime);
    expect((await ask("GET", "/api/session")).body.client.name).toBe("Other");
    for (const path of [
      "/api/flows",
      "/api/calls",
      "/api/numbers",
      `/api/flows/${id}/versions`,
      `/api/calls/${callId}/trace`,
    ]) {
      expect((await ask("GET", path)).body.items, path).toEqual([]);
    }
    const { document } = catalogue[0]!;
    for (const [method, path, body] of [
      ["GET", `/api/flows/${id}`],
      ["PUT", `/api/flows/${id}/draft`, { document, revision: 1 }],
      ["POST", `/api/flows/${id}/publish`, { revision: 1, note: "" }],
      ["PUT", `/api/flows/${id}/live`, { version: 1 }],
      ["GET", `/api/flows/${id}/versions/1`],
      ["DELETE", `/api/flows/${id}`],
      ["GET", `/api/calls/${callId}`],
      ["PUT", "/api/numbers/%2B15550100001", { flowId: null }],
    ] as const) {
      expect((await ask(method, path, body)).status, `${method} ${path}`).toBe(404);
    }
  });

  test("news of calls reach whoever listens, after they are stored", async () => {
    const answer = await runtime.app.request("/api/live", { headers });
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const heard = async (part: string) => {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`Expected "${part}" in the stream, found its end.`);
        text += value;
      }
    };
    await heard("event: ping");
    await testPhone(runtime, hookToken).ring();
    await heard("event: trace");
    await heard("event: call");
    expect(text).toContain('"node":"welcome"');
    expect(text).toContain('"currentNode":"main-menu"');
    expect(text).not.toContain("15550199042");
    await reader.cancel();
  });

  test("a stream ends when its user has signed out", async () => {
    const own = await signedIn(runtime);
    const answer = await runtime.app.request("/api/live", { headers: own });
    const reader = answer.body!.getReader();
    await reader.read();
    await runtime.app.request("/api/sign-out", { method: "POST", headers: own });
    const ended = (async () => {
      while (!(await reader.read()).done);
      return true;
    })();
    expect(await driven(runtime.clock, ended, 1000)).toBe(true);
  });
});

describe("doors", () => {
  let opened: TestDatabase;
  let runtime: TestRuntime;
  beforeAll(async () => {
    opened = await openTestDatabase("pglite");
    await seedTest(opened.database);
    const phone = { url: "http://line.test", token: "key", fetch: async () => new Response("{}") };
    runtime = testRuntime(opened.database, { phone, designerDist: "/nowhere" });
  });
  afterAll(() => opened.drop());

  const members = () => checkPolicies(runtime.app).filter((route) => route.policy === "member");

  test("every route says who may use it, and members' routes are closed to strangers", async () => {
    expect(members().length).toBeGreaterThan(20);
    for (const { method, path } of members()) {
      const target = path.replace(/:[a-z]+/g, "1");
      const own = { origin: "http://127.0.0.1:4400", "x-trunkline": "1", "content-type": "application/json" };
      const init = { method, headers: own, ...(method === "GET" ? {} : { body: "{}" }) };
      const answer = await runtime.app.request(target, init);
      expect([answer.status, ((await answer.json()) as { code: string }).code], `${method} ${path}`).toEqual([
        401,
        "not-signed-in",
      ]);
    }
  });

  test("anything but reading needs our own page: origin and header", async () => {
    const headers = await signedIn(runtime);
    for (const { method, path } of members().filter((route) => route.method !== "GET")) {
      const target = path.replace(/:[a-z]+/g, "1");
      for (const change of [
        { origin: "https://attacker.test" },
        { origin: "null" },
        { "x-trunkline": "" },
      ] as Record<string, string>[]) {
        const init = { method, headers: { ...headers, ...change }, body: "{}" };
        const answer = await runtime.app.request(target, init);
        expect(answer.status, `${method} ${path}`).toBe(403);
      }
    }
    const { origin: _none, ...without } = headers;
    expect((await runtime.app.request("/api/sign-out", { method: "POST", headers: without })).status).toBe(
      403,
    );
  });

  test("a route without a policy stops the boot", () => {
    const forgetful = testRuntime(opened.database).app;
    forgetful.get("/forgotten", (c) => c.text("hello"));
    expect(() => checkPolicies(forgetful)).toThrow(
      "Expected a policy beside the route GET /forgotten, found none.",
    );
  });

  test("the OpenAPI document has every route of the API", async () => {
    const answer = await runtime.app.request("/api/openapi.json");
    const document = (await answer.json()) as Awaited<ReturnType<typeof generateSpecs>>;
    expect(document.openapi).toBe("3.1.0");
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const registered = checkPolicies(runtime.app)
      .filter(
        ({ path, method }) => path.startsWith("/api/") && method !== "ALL" && path !== "/api/openapi.json",
      )
      .map(({ method, path }) => `${method} ${path.replace(/:([a-z]+)/g, "{$1}")}`);
    expect(described.filter((route) => route.includes("/api/")).sort()).toEqual(registered.sort());
    expect(document.paths["/api/flows/{id}/draft"]?.put?.requestBody).toBeDefined();
  });

  test("a sign-in link works once, for fifteen minutes, and its secret is nowhere", async () => {
    const common = {
      origin: "http://127.0.0.1:4400",
      "x-trunkline": "1",
      "content-type": "application/json",
    };
    const enter = (token: string) =>
      runtime.app.request("/api/sign-in", {
        method: "POST",
        headers: common,
        body: JSON.stringify({ token }),
      });
    const token = await runtime.signIn.issueLink();
    expect(token).toHaveLength(43);
    const both = await Promise.all([enter(token), enter(token)]);
    expect(both.map((one) => one.status).sort()).toEqual([204, 403]);
    const cookie = both.map((one) => one.headers.get("set-cookie")).find((one) => one)!;
    expect(cookie).toMatch(/^trunkline=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const old = await runtime.signIn.issueLink();
    runtime.clock.advance(15 * 60_000);
    expect((await enter(old)).status).toBe(403);
    expect((await enter("nonsense")).status).toBe(403);
    const rows = JSON.stringify(await opened.database.query("select * from sign_in_links, sign_ins", []));
    for (const secret of [token, old, cookie.slice(10, 53)]) expect(rows).not.toContain(secret);
  });

  test("a session ends after two idle hours, and after twelve in any case", async () => {
    const headers = await signedIn(runtime);
    const status = async () => (await runtime.app.request("/api/session", { headers })).status;
    for (let hours = 0; hours < 11; hours++) {
      runtime.clock.advance(3_600_000);
      expect(await status()).toBe(200);
    }
    runtime.clock.advance(3_600_000);
    expect(await status()).toBe(401);
    const idle = await signedIn(runtime);
    runtime.clock.advance(7_200_001);
    expect((await runtime.app.request("/api/session", { headers: idle })).status).toBe(401);
  });

  test("over https the cookie is __Host- and secure, and HSTS is said", async () => {
    const secure = testRuntime(opened.database, { origins: ["https://trunkline.example.test"] });
    const answer = await secure.app.request("/api/sign-in", {
      method: "POST",
      headers: {
        origin: "https://trunkline.example.test",
        "x-trunkline": "1",
        "content-type": "application/json",
      },
      body: JSON.stringify({ token: await secure.signIn.issueLink() }),
    });
    expect(answer.headers.get("set-cookie")).toMatch(
      /^__Host-trunkline=.+; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  });

  test("every answer has the security headers; JSON is never kept; no foreign origin is let in", async () => {
    for (const path of ["/api/session", "/api/nothing", "/health", "/"]) {
      const answer = await runtime.app.request(path, {
        headers: { accept: "text/html", origin: "https://attacker.test" },
      });
      expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("what only a carrier reads is never kept nor guessed at, and has no headers for browsers", async () => {
    for (const path of ["/t/x", `/t/${"x".repeat(32)}/1/input`, `/hooks/${"x".repeat(32)}/status`]) {
      const answer = await runtime.app.request(path, { method: "POST", body: "x" });
      expect(answer.ok).toBe(false);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("content-security-policy")).toBeNull();
    }
  });

  test("bodies that are no JSON, have strange keys or are too long are refused without an echo", async () => {
    const headers = await signedIn(runtime);
    const send = (body: string) => runtime.app.request("/api/flows", { method: "POST", headers, body });
    for (const [body, status, code] of [
      ["{secret", 400, "request-invalid"],
      ['{"secret":1}', 400, "request-invalid"],
      ['{"client_id":2}', 400, "request-invalid"],
      [JSON.stringify({ name: "x".repeat(6 * 1024 * 1024) }), 413, "body-too-large"],
    ] as const) {
      const answer = await send(body);
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).code]).toEqual([status, code]);
      expect(text).not.toContain("xxxx");
      expect(text.replace('"/secret"', "")).not.toContain("{secret");
    }
  });

  test("the phone's requests go to the line with its key, and nowhere else", async () => {
    const asked: { url: string; key: string | null }[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      asked.push({ url: String(url), key: new Headers(init?.headers).get("authorization") });
      return new Response('{"id":"PH1"}', {
        status: 201,
        headers: { "content-type": "application/json", "set-cookie": "x=1" },
      });
    };
    const phoned = testRuntime(opened.database, { phone: { url: "http://line.test", token: "key", fetch } });
    const headers = await signedIn(phoned);
    const answer = await phoned.app.request("/api/phone/calls", {
      method: "POST",
      headers,
      body: '{"to":"+15550100001"}',
    });
    expect([answer.status, await answer.json(), answer.headers.get("set-cookie")]).toEqual([
      201,
      { id: "PH1" },
      null,
    ]);
    expect(asked).toEqual([{ url: "http://line.test/_carrier/phone/calls", key: "Bearer key" }]);
    for (const path of ["/api/phone/calls/..%2F..%2Fclock/keys", "/api/phone/other"]) {
      expect((await phoned.app.request(path, { method: "POST", headers, body: "{}" })).status).toBe(404);
    }
    expect(asked).toHaveLength(1);
    expect((await testRuntime(opened.database).app.request("/api/phone/numbers", { headers })).status).toBe(
      404,
    );
  });

  test("health says what is the matter", async () => {
    expect(await (await runtime.app.request("/health")).json()).toEqual({
      ok: true,
      database: "pglite",
      version: "test",
    });
    const away = testRuntime({
      ...opened.database,
      query: () => Promise.reject(new Error("database is away")),
    });
    expect((await away.app.request("/health")).status).toBe(503);
  });
});

test.each([
  ["+15550199042", "••• 9042"],
  ["anonymous", "anonymous"],
  ["sip:ada@example.test", "•••"],
  ["client:ada1815", "••• 1815"],
])("%s is shown as %s", (party, shown) => {
  expect(masked(party)).toBe(shown);
});
