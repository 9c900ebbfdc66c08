/** The terminal tools through their own doorway: what they print, write and exit with. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blankFlow } from "@trunkline/schema/document";
import { parseScenario } from "@trunkline/schema/scenario";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placesOf } from "./places.ts";
import { junit, sarif } from "./reports.ts";
import { runCommand } from "./trunkline.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trunkline-terminal-"));
  const flow = blankFlow("Blank");
  const stray = { ...flow, nodes: { ...flow.nodes, lost: { ...flow.nodes.goodbye!, title: "Lost" } } };
  const unwired = { ...flow, nodes: { ...flow.nodes, start: { ...flow.nodes.start!, next: {} } } };
  await Promise.all([
    put("flow.json", JSON.stringify(flow, null, 2)),
    put("stray.json", JSON.stringify(stray, null, 2)),
    put("unwired.json", JSON.stringify(unwired, null, 2)),
    put("broken.json", '{ "formatVersion": 1,'),
    put("not-a-flow.json", "{}"),
    put(
      "served.scenario.json",
      JSON.stringify({
        name: "served",
        steps: [],
        expect: { path: ["start:call", "goodbye:end"], disposition: "served" },
      }),
    ),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFile(join(folder, name), text);

async function run(words: readonly string[], typed: readonly string[] = []) {
  let printed = "";
  let complained = "";
  async function* lines() {
    yield* typed;
  }
  const code = await runCommand(words, {
    print(text) {
      printed += text;
    },
    complain(text) {
      complained += text;
    },
    lines: lines(),
    folder,
  });
  return { code, printed, complained };
}

describe("exit codes and what is said", () => {
  it.each<[string, string[], number, RegExp]>([
    ["a sound flow", ["lint", "flow.json"], 0, /1 flow: 0 errors, 0 warnings/],
    ["a shipped flow", ["lint", "front-desk"], 0, /0 errors/],
    ["a folder", ["test", "."], 0, /1 of 1 scenarios passed; 2|ways out taken/],
    ["an error", ["lint", "unwired.json"], 1, /unwired\.json:\d+:\d+ error .*\(unwired-outcome\)/],
    ["a warning", ["lint", "stray.json"], 0, /warning .*\(unreachable-node\)/],
    ["a warning, strictly", ["lint", "stray.json", "--strict"], 1, /warning/],
    ["no JSON", ["lint", "broken.json"], 1, /error Expected JSON.*\(document\)/],
    ["no flow", ["lint", "not-a-flow.json"], 1, /\(document\)/],
    ["no flow to play", ["play", "not-a-flow.json"], 2, /is not a flow/],
    ["nothing there", ["test", "nowhere"], 2, /found nothing at "nowhere"/],
    ["no command", [], 2, /Usage: pnpm trunkline/],
    ["an unknown command", ["sing"], 2, /There is no command "sing"/],
    ["an unknown option", ["lint", "flow.json", "--loud"], 2, /--loud/],
    ["an unknown format", ["lint", "flow.json", "--format", "pdf"], 2, /found "pdf"/],
    ["no flow named", ["test"], 2, /Expected at least one FLOW/],
    ["help", ["--help"], 0, /Exit codes/],
    ["the schema", ["schema"], 0, /"\$schema"/],
    ["the schema of scenarios", ["schema", "--scenario"], 0, /"expect"/],
    ["a page", ["docs", "flow.json"], 0, /# Blank[\s\S]*```mermaid/],
    ["a name that is none", ["play", "flow.json", "--name", "No Name"], 2, /Expected --name/],
    ["a scenario nobody has", ["play", "front-desk", "--like", "gone"], 2, /Expected --like to name one of/],
    ["a moment that is none", ["play", "flow.json", "--at", "noon"], 2, /Expected --at/],
  ])("%s", async (_name, words, code, said) => {
    const found = await run(words);
    expect(found.printed + found.complained).toMatch(said);
    expect(found.code).toBe(code);
  });
});

it("a failing scenario is told, and counted by JUnit", async () => {
  const wrong = { name: "wrong", steps: [], expect: { path: [], disposition: "lost" } };
  await put("wrong.scenario.json", JSON.stringify(wrong));
  const text = await run(["test", "flow.json"]);
  expect(text).toMatchObject({
    code: 1,
    printed: expect.stringContaining('Expected disposition "lost", found "served"'),
  });
  const { code, printed } = await run(["test", "flow.json", "--format", "junit"]);
  expect(code).toBe(1);
  expect(printed).toContain('tests="2" failures="1"');
  await rm(join(folder, "wrong.scenario.json"));
});

it("a scenario file that is none fails the test and says where", async () => {
  await put("bad.scenario.json", '{ "name": "bad" }');
  const found = await run(["test", "flow.json"]);
  expect(found).toMatchObject({ code: 1, printed: expect.stringContaining("/steps") });
  await rm(join(folder, "bad.scenario.json"));
});

it("SARIF names file, line and rule of each finding", async () => {
  const { printed } = await run(["lint", "stray.json", "--format", "sarif"]);
  const log = JSON.parse(printed);
  expect(log.version).toBe("2.1.0");
  const [result] = log.runs[0].results;
  expect(result).toMatchObject({ ruleId: "unreachable-node", level: "warning" });
  const { startLine } = result.locations[0].physicalLocation.region;
  const text = await readFile(join(folder, "stray.json"), "utf8");
  expect(text.split("\n")[startLine - 1]).toContain('"lost"');
});

describe("play", () => {
  it("prints the call as a scenario that plays the same", async () => {
    const found = await run(
      ["play", "front-desk", "--name", "typed"],
      ["9", "/back", "/path", "3", "", "", "", ""],
    );
    expect(found.complained).toContain("☎");
    const parsed = parseScenario(JSON.parse(found.printed));
    expect(parsed.ok).toBe(true);
    expect(found.code).toBe(0);
  });

  it("takes the circumstances of a scenario", async () => {
    const found = await run(["play", "claim-status-generic", "--like", "paid-by-eft"], ["/hang-up"]);
    expect(found.code).toBe(0);
    expect(JSON.parse(found.printed)).toMatchObject({ inputs: expect.anything(), when: expect.any(String) });
  });

  it("a call that is not over makes no scenario", async () => {
    expect(await run(["play", "front-desk"], ["/values"])).toMatchObject({ code: 1, printed: "" });
    expect(await run(["play", "front-desk"], ["/quit"])).toMatchObject({ code: 0, printed: "" });
  });

  it("writes to a file", async () => {
    const found = await run(["play", "flow.json", "--out", "played.json"]);
    expect(found).toMatchObject({ code: 0, printed: "" });
    expect(JSON.parse(await readFile(join(folder, "played.json"), "utf8")).expect.disposition).toBe("served");
  });
});

describe("places", () => {
  const text = '{\n  "a": [1, {"b/c": "x,{}:\\"y"}],\n  "d": {}\n}';
  it.each([
    ["", 1, 1],
    ["/a", 2, 8],
    ["/a/0", 2, 9],
    ["/a/1/b~1c", 2, 20],
    ["/d", 3, 8],
    ["/d/missing", 3, 8],
    ["/nowhere/at/all", 1, 1],
  ])("%s", (pointer, line, column) => expect(placesOf(text)(pointer)).toEqual({ line, column }));
});

it("reports hold hostile text", () => {
  const hostile = 'a<b>&"\u0000\n]]>';
  expect(junit([{ name: hostile, cases: [{ name: hostile, failures: [hostile] }] }])).not.toMatch(
    /<b>|\u0000/,
  );
  const place = { line: 1, column: 1 };
  const log = sarif([{ rule: "r", severity: "error", sentence: hostile, file: hostile, place }], []);
  expect(JSON.parse(log).runs[0].results[0].message.text).toBe(hostile);
});

it("the process itself reads piped lines, however early they come", async () => {
  const program = join(import.meta.dirname, "../trunkline.mjs");
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; printed: string }>();
  const child = spawn(process.execPath, [program, "play", "front-desk"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += String(chunk);
  });
  child.on("close", (code) => resolve({ code, printed }));
  child.stdin.end("9\n/hang-up\n");
  const ended = await promise;
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.printed).steps).toContainEqual({ press: "9" });
});
