/**
 * One planted violation of every boundary rule (architecture.md, "Who may import whom"), and beside it code that the
 * same rule must let through. A new rule in biome.json or a new .grit file needs a line here: the test counts.
 */

export interface Plant {
  /** Where the file is planted, from the root. */
  readonly path: string;
  readonly code: string;
  /** A part of the message that must refuse it. */
  readonly says: string;
}

const packages = "Packages meet only through their exports";
const order = "Inside schema: call <- language";
const runtimeOrder = "In runtime: routes -> calls -> effects, db";
const provider = "Only app.ts chooses a provider";

export const planted: readonly Plant[] = [
  // Between packages.
  plant("schema/src/engine/a.ts", "@trunkline/flows", "schema imports nobody of ours"),
  plant("schema/src/engine/b.ts", "@trunkline/schema/nodes", "schema imports nobody of ours"),
  plant("schema/src/engine/c.ts", "../../../runtime/src/app.ts", packages),
  plant("schema/src/engine/d.ts", "../../../test/harness/postgres.ts", "Nobody imports test"),
  plant("schema/src/engine/e.ts", "node:fs", "Node.js builtin module"),
  plant("schema/src/engine/e.test.ts", "@trunkline/runtime/app", "schema imports nobody of ours"),
  plant("flows/a.ts", "@trunkline/runtime/app", "flows imports schema only"),
  plant("flows/b.ts", "../schema/src/engine/index.ts", packages),
  plant("runtime/src/calls/a.ts", "@trunkline/carrier", "runtime imports schema and flows only"),
  plant("runtime/src/calls/b.ts", "../../../flows/index.ts", packages),
  plant("runtime/src/calls/c.ts", "../../../flows/front-desk/flow.json", packages),
  plant("runtime/src/calls/d.test.ts", "@trunkline/designer", "runtime imports schema and flows only"),
  plant("runtime/src/calls/e.ts", "@trunkline/test/harness", "Nobody imports test"),
  plant("designer/src/calls/a.ts", "@trunkline/carrier", "designer imports schema, flows and the types"),
  plant("designer/src/calls/b.ts", "../../../runtime/src/api.ts", packages),
  plant("designer/src/calls/c.ts", "@trunkline/runtime/app", "import type from @trunkline/runtime/api"),
  {
    path: "designer/src/calls/d.ts",
    code: 'import { type Api } from "@trunkline/runtime/api";\nexport type A = Api;\n',
    says: "designer takes types only from runtime",
  },
  {
    path: "designer/src/calls/e.ts",
    code: 'export const load = () => import("@trunkline/runtime/api");\n',
    says: "designer takes types only from runtime",
  },
  {
    path: "designer/src/calls/f.ts",
    code: 'export { api } from "@trunkline/runtime/api";\n',
    says: "designer takes types only from runtime",
  },
  plant("carrier/src/a.ts", "@trunkline/schema/call", "carrier imports nothing of ours"),
  plant("carrier/src/b.test.ts", "@trunkline/flows", "carrier imports nothing of ours"),
  plant("carrier/src/c.ts", "../../runtime/src/providers/twilio/signature.ts", packages),
  plant("test/e2e/a.ts", "../../runtime/src/app.ts", packages),

  // Inside schema.
  plant("schema/src/call/a.ts", "../nodes/index.ts", "schema/src/call imports nothing"),
  plant("schema/src/language/a.ts", "../nodes/index.ts", "schema/src/language knows call only"),
  plant("schema/src/nodes/a.ts", "../document/index.ts", "schema/src/nodes knows call and language only"),
  plant("schema/src/nodes/b.ts", "./say.ts", "No kind imports another"),
  plant("schema/src/nodes/index.ts", "../engine/index.ts", order),
  plant("schema/src/nodes/shared/a.ts", "../say.ts", "What kinds share knows no kind"),
  plant("schema/src/document/a.ts", "../engine/index.ts", "neither runs nor judges flows"),
  plant("schema/src/document/b.ts", "../lint/index.ts", "neither runs nor judges flows"),
  plant("schema/src/migrations/a.ts", "../document/index.ts", "Migrations use only migrations/json.ts"),
  plant("schema/src/migrations/b.ts", "zod", "Migrations use only migrations/json.ts"),
  plant("schema/src/lint/a.ts", "../engine/index.ts", "never runs the engine"),
  plant("schema/src/lint/rules/a.ts", "../../scenario/index.ts", "never runs the engine"),
  plant("schema/src/engine/f.ts", "../scenario/index.ts", "The engine knows neither lint nor scenarios"),
  ...["Date.now()", "new Date()", "Date()", "Math.random()"].map((code, at) => ({
    path: `schema/src/engine/clock-${at}.ts`,
    code: `export const found = ${code};\n`,
    says: "schema has neither clock nor chance",
  })),
  ...[
    "fetch",
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "XMLHttpRequest",
    "WebSocket",
  ].map(global),
  ...["console", "process", "Buffer", "performance", "crypto", "window", "document", "localStorage"].map(
    global,
  ),

  // Inside runtime.
  plant("runtime/src/routes/a.ts", "../providers/twilio/index.ts", provider),
  plant("runtime/src/routes/b.ts", "../boot/lock.ts", "starting the process is not theirs"),
  plant("runtime/src/calls/f.ts", "../providers/twilio/twiml.ts", provider),
  plant("runtime/src/calls/g.ts", "../routes/voice.ts", runtimeOrder),
  plant("runtime/src/calls/h.ts", "../app.ts", "Only app.ts wires"),
  plant("runtime/src/calls/i.ts", "../server.ts", "Nothing imports server.ts"),
  plant("runtime/src/effects/a.ts", "../calls/calls.ts", runtimeOrder),
  plant("runtime/src/effects/b.ts", "../providers/twilio/rest.ts", provider),
  plant("runtime/src/db/a.ts", "../calls/calls.ts", "db stores and decides nothing"),
  plant("runtime/src/db/b.ts", "../providers/provider.ts", "db stores and decides nothing"),
  plant("runtime/src/live/a.ts", "../providers/twilio/rest.ts", provider),
  plant("runtime/src/boot/a.ts", "../providers/twilio/rest.ts", provider),
  plant("runtime/src/accounts/a.ts", "../app.ts", "Only app.ts wires"),
  plant("runtime/src/ports/a.ts", "../db/database.ts", "A port imports nothing of the runtime"),
  plant("runtime/src/errors.ts", "./providers/twilio/rest.ts", provider),
  plant("runtime/src/providers/provider.ts", "../db/turns.ts", "Providers translate and store nothing"),
  plant("runtime/src/providers/other/a.ts", "../../db/turns.ts", "a provider imports providers/provider.ts"),
  plant(
    "runtime/src/providers/other/b.ts",
    "@trunkline/schema/engine",
    "A provider knows of schema only its",
  ),
  plant("runtime/src/providers/other/c.ts", "../twilio/twiml.ts", "No provider imports another"),
  ...[
    "Date.now()",
    "new Date()",
    "Date()",
    "Math.random()",
    "performance.now()",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "setImmediate(() => {})",
    "randomBytes(4)",
    "randomInt(4)",
    "randomUUID()",
    "crypto.randomUUID()",
    "crypto.getRandomValues(new Uint8Array(4))",
    "AbortSignal.timeout(5)",
  ].map((code, at) => ({
    path: `runtime/src/calls/port-${at}.ts`,
    code: `export const found = ${code};\n`,
    says: "Only runtime/src/ports looks at a clock",
  })),
  {
    path: "runtime/src/calls/environment.ts",
    code: "export const port = process.env.PORT;\n",
    says: "Only runtime/src/env.ts reads the environment",
  },

  // Inside designer.
  plant("designer/src/inspector/a.tsx", "@xyflow/react", "Only designer/src/canvas imports React Flow"),
  plant("designer/src/source/a.tsx", "@xyflow/react", "Only designer/src/canvas imports React Flow"),
  plant("designer/src/inspector/b.tsx", "monaco-editor/editor", "Only designer/src/source imports Monaco"),
  plant("designer/src/canvas/a.tsx", "monaco-editor", "Only designer/src/source imports Monaco"),
  plant("designer/src/document/a.ts", "react", "without React"),
  plant("designer/src/document/b.ts", "@mantine/hooks", "without React"),
  plant("designer/src/document/c.ts", "monaco-editor", "Only designer/src/source imports Monaco"),
  plant("designer/src/document/d.ts", "@xyflow/react", "Only designer/src/canvas imports React Flow"),
  {
    path: "designer/src/inspector/html.tsx",
    code: "export const Note = ({ html }: { html: string }) => <p dangerouslySetInnerHTML={{ __html: html }} />;\n",
    says: "dangerouslySetInnerHTML",
  },

  // Everywhere.
  ...['new Function("return 1")', 'Function("return 1")', 'eval("1")'].map((code, at) => ({
    path: `designer/src/rehearsal/code-${at}.ts`,
    code: `export const found = ${code};\n`,
    says: "No code is made from text",
  })),
  plant("carrier/src/cycle-a.ts", "./cycle-b.ts", "part of a cycle"),
  plant("carrier/src/cycle-b.ts", "./cycle-a.ts", "part of a cycle"),
];

/** What the same rules must let through. */
export const allowed: readonly Omit<Plant, "says">[] = [
  fine(
    "schema/src/nodes/fine.ts",
    "./node.ts",
    "./fields.ts",
    "./shared/asking.ts",
    "../call/index.ts",
    "../language/index.ts",
  ),
  fine("schema/src/nodes/shared/fine.ts", "./asking.ts", "../node.ts", "../fields.ts", "../../call/index.ts"),
  fine("schema/src/document/fine.ts", "../nodes/index.ts", "../migrations/index.ts", "zod"),
  fine("schema/src/migrations/0001-fine.ts", "./json.ts"),
  fine("schema/src/lint/rules/fine.ts", "../rule.ts", "../../document/index.ts"),
  fine("schema/src/scenario/fine.ts", "../engine/index.ts", "../call/index.ts"),
  fine("flows/fine.ts", "@trunkline/schema/document", "./front-desk/flow.json"),
  fine("runtime/src/app.ts", "./providers/twilio/index.ts", "./calls/calls.ts"),
  fine(
    "runtime/src/routes/fine.ts",
    "../calls/calls.ts",
    "../db/turns.ts",
    "../providers/provider.ts",
    "./flows.ts",
  ),
  fine("runtime/src/calls/fine.ts", "../db/turns.ts", "../effects/effects.ts", "../ports/clock.ts"),
  fine("runtime/src/routes/fine-catalogue.ts", "@trunkline/flows", "@trunkline/schema/document"),
  fine(
    "runtime/src/providers/twilio/fine.ts",
    "../provider.ts",
    "./twiml.ts",
    "@trunkline/schema/call",
    "twilio",
  ),
  fine("designer/src/canvas/fine.tsx", "@xyflow/react", "../document/store.ts"),
  fine("designer/src/source/fine.tsx", "monaco-editor/editor"),
  fine(
    "designer/src/calls/fine.tsx",
    "react",
    "../flows/list.tsx",
    "@trunkline/schema/document",
    "@trunkline/flows",
  ),
  fine("carrier/src/fine.ts", "hono", "./clock.ts"),
  fine("test/e2e/fine.ts", "@trunkline/runtime/app", "@trunkline/carrier", "../harness/postgres.ts"),
  {
    path: "designer/src/api.ts",
    code: 'import type { Api } from "@trunkline/runtime/api";\nexport type Client = Api;\n',
  },
  {
    path: "schema/src/engine/fine.ts",
    code: "export const day = (at: number) => new Date(at).getUTCDay();\n",
  },
  {
    path: "runtime/src/ports/fine.ts",
    code: "export const now = () => Date.now();\nexport const later = setTimeout;\n",
  },
  { path: "runtime/src/env.ts", code: "export const port = process.env.PORT;\n" },
];

/** A file that does nothing but import. */
function plant(path: string, from: string, says: string): Plant {
  return { path, code: `import { found } from "${from}";\nexport const use = [found];\n`, says };
}

/** What to do instead stands in biome.json; biome's JSON report leaves it out. */
function global(name: string): Plant {
  return {
    path: `schema/src/engine/global-${name}.ts`,
    code: `export const found = ${name};\n`,
    says: `Do not use the global variable ${name}.`,
  };
}

function fine(path: string, ...from: string[]): Omit<Plant, "says"> {
  const names = from.map((_, at) => `found${at}`);
  const lines = from.map((one, at) => `import { found as ${names[at]} } from "${one}";`);
  return { path, code: `${lines.join("\n")}\nexport const use = [${names.join(", ")}];\n` };
}
