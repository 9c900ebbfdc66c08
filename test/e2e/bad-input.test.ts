/**
 * What each malformed thing is answered, tried through its own doorway. The rows are also the page docs/bad-input.md:
 * `BAD_INPUT=write` writes it, the test fails when it says something else.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  openTestDatabase,
  publishTest,
  seedTest,
  signedIn,
  signedRequest,
  type TestDatabase,
  type TestRuntime,
  testFlow,
  testRuntime,
  voiceForm,
} from "@trunkline/runtime/testing";
import { blankFlow, parseFlow, parseFlowText } from "@trunkline/schema/document";
import { parseScenario } from "@trunkline/schema/scenario";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Row {
  readonly what: string;
  /** What is answered, as the page says it; quoted parts must be in the answer. */
  readonly answer: string;
  readonly tried: () => unknown;
}

interface Section {
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly Row[];
}

const sound = () => JSON.parse(JSON.stringify(blankFlow("Sound")));
const problems = (value: unknown) => {
  const parsed = typeof value === "string" ? parseFlowText(value) : parseFlow(value);
  return parsed.ok ? [] : parsed.problems;
};
/** A flow with one node changed or added. */
const withNode = (node: object, more: object = {}) => {
  const flow = sound();
  return { ...flow, ...more, nodes: { ...flow.nodes, odd: { title: "Odd", next: {}, ...node } } };
};
const say = (config: object) => withNode({ kind: "say", config });
const request = (change: object) =>
  withNode({
    kind: "request",
    config: { method: "GET", url: "https://a.example/x", map: [], timeoutSeconds: 5, ...change },
  });
const branch = (when: object) => withNode({ kind: "branch", config: { rules: [{ name: "one", when }] } });
const classify = (pattern: string) =>
  withNode({
    kind: "classify",
    config: {
      prompt: "How can I help?",
      classes: [{ name: "one", phrases: [], patterns: [pattern] }],
      threshold: 0.7,
    },
  });

const documents: Section = {
  title: "Flow documents",
  intro:
    "Read by the API, the terminal tools and the source pane. A draft with problems is kept in the browser and not saved: `422 document-invalid`, with a JSON pointer and a sentence each.",
  rows: [
    { what: "no JSON", answer: "“Expected JSON”", tried: () => problems('{"formatVersion":1,') },
    {
      what: "more than 2,000,000 characters",
      answer: "“Expected at most 2000000 characters”",
      tried: () => problems(" ".repeat(2_000_001)),
    },
    {
      what: "more than 40 levels",
      answer: "“Expected at most 40 levels”",
      tried: () => problems("[".repeat(60) + "]".repeat(60)),
    },
    {
      what: "more than 200,000 values",
      answer: "“Expected at most 200000 values”",
      tried: () => problems(Array(200_001).fill(0)),
    },
    { what: "a key `__proto__`", answer: "“A key may not be”", tried: () => problems('{"__proto__":{}}') },
    {
      what: "a newer format",
      answer: "at `/formatVersion`: “this version of Trunkline reads up to”",
      tried: () => problems({ ...sound(), formatVersion: 99 }),
    },
    {
      what: "an unknown field",
      answer: "“Unrecognized key”",
      tried: () => problems({ ...sound(), colour: 1 }),
    },
    {
      what: "an unknown kind",
      answer: "at the node's `/kind`: “Invalid”",
      tried: () => problems(withNode({ kind: "sing", config: {} })),
    },
    {
      what: "an edge to no node",
      answer: "“Expected the id of a node, found”",
      tried: () => problems(withNode({ kind: "tag", config: { tag: "x" }, next: { done: "gone" } })),
    },
    {
      what: "two start nodes, or none",
      answer: "at `/entry`: “Expected one start node as the entry”",
      tried: () => problems(withNode({ kind: "start", config: {} })),
    },
    {
      what: "a node id such as `constructor`",
      answer: "“Invalid key”",
      tried: () => problems({ ...sound(), nodes: { ...sound().nodes, constructor: sound().nodes.goodbye } }),
    },
    {
      what: "a choice without its choices",
      answer: "“A choice needs its choices”",
      tried: () => problems({ ...sound(), variables: { one: { type: "choice", sensitivity: "public" } } }),
    },
  ],
};

const language: Section = {
  title: "Texts, conditions and patterns in a flow",
  intro: "Problems like the above, at the field. None of these is ever evaluated.",
  rows: [
    {
      what: "`{{name` without its end",
      answer: "“This {{ has no closing }}”",
      tried: () => problems(say({ text: "Hi {{name" })),
    },
    {
      what: "`{{constructor.constructor}}`, `{{1+1}}`",
      answer: "“Expected a variable's name between”",
      tried: () => problems(say({ text: "{{1+1}}" })),
    },
    {
      what: "an unknown filter",
      answer: "“There is no filter”",
      tried: () => problems(say({ text: "{{name|shout}}" })),
    },
    {
      what: "`<script>` in a text with SSML",
      answer: "“There is no element”",
      tried: () => problems(say({ text: "<script>x</script>", markup: true })),
    },
    {
      what: "a variable in an SSML attribute",
      answer: "“cannot stand in an attribute”",
      tried: () => problems(say({ text: '<break time="{{name}}"/>', markup: true })),
    },
    {
      what: "`</Say><Dial>` in a text, or in a value",
      answer: "spoken as it stands: it reaches the phone escaped",
      tried: () => problems(say({ text: "</Say><Dial>+19005550100</Dial>" })).length,
    },
    {
      what: "an unknown comparison",
      answer: "“Invalid”",
      tried: () => problems(branch({ variable: "a", is: "eval", to: "1" })),
    },
    {
      what: "a comparison without its value",
      answer: "“takes one value, found no value”",
      tried: () => problems(branch({ variable: "a", is: "equals" })),
    },
    {
      what: "a pattern with a back-reference or look-around",
      answer: "“pattern”",
      tried: () => problems(classify("(a)\\1")),
    },
    {
      what: "a pattern that explodes elsewhere, `^(a+)+$`",
      answer: "accepted; it runs in linear time here",
      tried: () => problems(classify("^(a+)+$")).length,
    },
    {
      what: "`http://`, a variable as host, a user in the address",
      answer: "“Expected an address such as https://”",
      tried: () => problems(request({ url: "https://{{host}}/x" })),
    },
    {
      what: "a pointer that is none",
      answer: "“Expected a JSON pointer”",
      tried: () => problems(request({ map: [{ pointer: "claim", into: "a" }] })),
    },
  ],
};

const scenarios: Section = {
  title: "Scenarios",
  intro:
    "Read by `pnpm trunkline test`: the scenario counts as failed (exit code 1), with pointer and sentence.",
  rows: [
    { what: "no steps, no expectations", answer: "at `/steps`", tried: () => parseScenario({ name: "x" }) },
    {
      what: "keys that no telephone has",
      answer: "at `/steps/0`",
      tried: () =>
        parseScenario({ name: "x", steps: [{ press: "A" }], expect: { path: [], disposition: "" } }),
    },
    {
      what: "a time without its offset",
      answer: "at `/when`",
      tried: () =>
        parseScenario({
          name: "x",
          when: "2026-03-02 09:30",
          steps: [],
          expect: { path: [], disposition: "" },
        }),
    },
  ],
};

let opened: TestDatabase;
let runtime: TestRuntime;
let headers: Record<string, string>;
let flowId: string;
let voice: string;

beforeAll(async () => {
  opened = await openTestDatabase("pglite");
  ({ voice } = await seedTest(opened.database));
  ({ flowId } = await publishTest(
    opened.database,
    testFlow({ bye: { kind: "hang-up", config: { disposition: "done" } } }),
  ));
  runtime = testRuntime(opened.database);
  headers = await signedIn(runtime);
});
afterAll(() => opened.drop());

const ask = async (
  method: string,
  path: string,
  body?: string | object,
  more: Record<string, string> = {},
) => {
  const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const answer = await runtime.app.request(path, { method, headers: { ...headers, ...more }, ...text });
  return `${answer.status} ${await answer.text()}`;
};
const hook = async (target: string, form: Record<string, string>, change: RequestInit = {}) => {
  const signed = signedRequest(target, form);
  const answer = await runtime.app.fetch(
    Object.keys(change).length > 0 ? new Request(signed, change) : signed,
  );
  return `${answer.status} ${await answer.text()}`;
};

const api: Section = {
  title: "API requests",
  intro: "Answered with a stable code and a sentence; nothing is stored.",
  rows: [
    {
      what: "not signed in",
      answer: "`401` `not-signed-in`",
      tried: () => ask("GET", "/api/flows", undefined, { cookie: "" }),
    },
    {
      what: "from another page",
      answer: "`403` `origin-refused`",
      tried: () => ask("POST", "/api/flows", {}, { origin: "https://evil.example" }),
    },
    {
      what: "a body that is no JSON",
      answer: "`400` `request-invalid`",
      tried: () => ask("POST", "/api/flows", "{"),
    },
    {
      what: "an unknown field",
      answer: "`400` `request-invalid`",
      tried: () => ask("POST", "/api/flows", { role: "owner" }),
    },
    {
      what: "a body of 6 MB",
      answer: "`413` `body-too-large`",
      tried: () => ask("PUT", `/api/flows/${flowId}/draft`, `"${"x".repeat(6_000_000)}"`),
    },
    {
      what: "an id that is none, or somebody else's",
      answer: "`404` `flow-not-found`",
      tried: () => ask("GET", "/api/flows/1%27--"),
    },
    {
      what: "a flow document with problems",
      answer: "`422` `document-invalid`, with pointers",
      tried: () => ask("PUT", `/api/flows/${flowId}/draft`, { document: {}, revision: 1 }),
    },
    {
      what: "an old revision",
      answer: "`409` `draft-changed`, with the flow as it is now",
      tried: () => ask("PUT", `/api/flows/${flowId}/draft`, { document: sound(), revision: 99 }),
    },
    {
      what: "an unknown template",
      answer: "`404` `template-not-found`",
      tried: () => ask("POST", "/api/flows", { template: "nothing" }),
    },
    { what: "an address that is none", answer: "`404`", tried: () => ask("GET", "/api/../etc/passwd") },
  ],
};

const webhooks: Section = {
  title: "Webhooks",
  intro:
    "Nothing is believed that is not signed; nothing is ever redirected. An authentic request for a call always gets `200` and orders the phone can follow.",
  rows: [
    {
      what: "no or a wrong signature",
      answer: "`403`",
      tried: () =>
        hook(voice, voiceForm(), { headers: { "content-type": "application/x-www-form-urlencoded" } }),
    },
    {
      what: "a call or number nobody has",
      answer: "`403`",
      tried: () => hook(`/hooks/${"x".repeat(32)}/voice`, voiceForm()),
    },
    { what: "GET", answer: "`405`", tried: async () => `${(await runtime.app.request(voice)).status}` },
    {
      what: "JSON instead of a form",
      answer: "`415`",
      tried: () => hook(voice, voiceForm(), { headers: { "content-type": "application/json" } }),
    },
    {
      what: "more than 64 kB",
      answer: "`413`",
      tried: () => hook(voice, { ...voiceForm(), Extra: "x".repeat(70_000) }),
    },
    {
      what: "a slash more, another case, an escaped letter",
      answer: "`404`",
      tried: () => hook(`${voice}/`, voiceForm()),
    },
    {
      what: "another account, a call id that is none",
      answer: "`403`",
      tried: () => hook(voice, voiceForm({ CallSid: "CA1" })),
    },
    {
      what: "a status that is none",
      answer: "`403`",
      tried: () => hook(voice, voiceForm({ CallStatus: "happy" })),
    },
  ],
};

const said = "said by what is heard, or by the way a node is left";
const calls: Section = {
  title: "On a call",
  intro: `Mistakes of the far end and faults of the world are outcomes of nodes: ${said}. They are held by each kind's examples (docs/nodes).`,
  rows: [
    {
      what: "a wrong key, too few digits, a number that fails its checksum",
      answer: "asked again with the node's own words, then `invalid`",
      tried: () => 0,
    },
    { what: "silence", answer: "asked again, then `silence`", tried: () => 0 },
    {
      what: "speech nobody understands",
      answer: "`invalid` or `no-match`; the words are not kept in the trace",
      tried: () => 0,
    },
    {
      what: "a web service that redirects, is slow, huge, no JSON, or inside the network",
      answer: "`failed` or `timeout`; refused when connecting",
      tried: () => 0,
    },
    {
      what: "a web service's value that does not fit its variable",
      answer: "`unfit`; nothing is set",
      tried: () => 0,
    },
    { what: "a number outside the dialling policy", answer: "`failed`; nobody is rung", tried: () => 0 },
    { what: "our own mistake", answer: "the flow's apology, then the line is closed", tried: () => 0 },
  ],
};

const sections = [documents, language, scenarios, api, webhooks, calls];

describe.each(sections.filter((section) => section !== calls).map((one) => [one.title, one] as const))(
  "%s",
  (_title, { rows }) => {
    it.each(rows.map((row) => [row.what, row] as const))("%s", async (_what, { answer, tried }) => {
      const given = await tried();
      const text = typeof given === "string" ? given : JSON.stringify(given);
      const parts = [...answer.matchAll(/[“`]([^”`]+)[”`]/g)].map(([, part = ""]) => part);
      // Without words of its own the answer is that there is nothing to complain about.
      if (parts.length === 0) expect(given).toBe(0);
      for (const part of parts) expect(text.replaceAll("\\", "")).toContain(part);
    });
  },
);

it("the page says what was tried", () => {
  const page = join(import.meta.dirname, "../../docs/bad-input.md");
  const text = [
    "<!-- Made by `BAD_INPUT=write pnpm test bad-input` from test/e2e/bad-input.test.ts; change the rows there. -->",
    "# What malformed things are answered",
    ...sections.map(
      ({ title, intro, rows }) =>
        `## ${title}\n\n${intro}\n\n| what | answer |\n| --- | --- |\n${rows.map((row) => `| ${row.what.replaceAll("|", "\\|")} | ${row.answer.replaceAll("|", "\\|")} |`).join("\n")}`,
    ),
  ].join("\n\n");
  if (process.env.BAD_INPUT === "write") writeFileSync(page, `${text}\n`);
  expect(readFileSync(page, "utf8")).toBe(`${text}\n`);
});
