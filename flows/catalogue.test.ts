/**
 * Every shipped flow is lint-clean, every scenario goes where it says, and together they visit every node. A flow that
 * enters another names it by the content hash that one has (P1, P31).
 */
import { readFile } from "node:fs/promises";
import { type FlowNode, hashFlow, outcomesOf } from "@trunkline/schema/document";
import { compileFlow } from "@trunkline/schema/engine";
import { lint } from "@trunkline/schema/lint";
import { playScenario } from "@trunkline/schema/scenario";
import { describe, expect, it } from "vitest";
import { readEntries } from "./catalogue-entry.ts";
import { type CatalogueEntry, catalogue, withCalledFlows } from "./index.ts";

/** Ways out that only a failure of our own, or a careless change of the flow, leads to: the kinds' own tests take them. */
const leftToTheKinds: { readonly [kind: string]: readonly string[] } = {
  "call-flow": ["failed"],
  press: ["cannot"],
  record: ["no-consent"],
  "record-outcome": ["failed"],
  set: ["invalid"],
  "voicemail-drop": ["already-dropped", "no-beep", "not-a-machine"],
};

describe.each(catalogue.map((entry) => [entry.id, entry] as const))("flow %s", (_id, entry) => {
  const played = entry.scenarios.map((scenario) => ({ scenario, ...play(entry, scenario) }));

  it("has no findings", () => {
    const flows = new Map(withCalledFlows(entry).map((one) => [hashFlow(one), one]));
    expect(lint(entry.document, { flows })).toEqual([]);
  });

  it.each(played.map((one) => [one.scenario.name, one] as const))("scenario %s", (_name, one) => {
    expect(one.failures).toEqual([]);
  });

  it("has at least three scenarios, each of its own name", () => {
    expect(entry.scenarios.length).toBeGreaterThanOrEqual(3);
    expect(new Set(entry.scenarios.map((one) => one.name)).size).toBe(entry.scenarios.length);
  });

  it("is visited everywhere by its scenarios", () => {
    const visited = new Set([...taken(played)].map((way) => way.split(":")[0]));
    expect(Object.keys(entry.document.nodes).filter((id) => !visited.has(id))).toEqual([]);
  });

  it("is left by every way out that a far end can take", () => {
    const known = taken(played);
    const ways = Object.entries(entry.document.nodes).flatMap(([id, node]) =>
      outcomesOf(node)
        .filter(
          ({ name }) =>
            !leftToTheKinds[node.kind]?.includes(name) && !(name === "invalid" && takesAnyWords(node)),
        )
        .map(({ name }) => `${id}:${name}`),
    );
    expect(ways.filter((way) => !known.has(way))).toEqual([]);
  });

  it("has every card of its drawing in its own place", () => {
    const { nodes, layout } = entry.document;
    expect(Object.keys(layout.nodes).sort()).toEqual(Object.keys(nodes).sort());
    const places = Object.values(layout.nodes).map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

it.each(catalogue.map((entry) => [entry.id, entry] as const))(
  "the page of %s names its variables and scenarios",
  async (id, entry) => {
    const page = await readFile(new URL(`./${id}/README.md`, import.meta.url), "utf8");
    const names = [...Object.keys(entry.document.variables), ...entry.scenarios.map((one) => one.name)];
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  },
);

describe("called flows", () => {
  it("are entered by the hash they have", () => {
    expect(Object.fromEntries(catalogue.map(({ id, calls }) => [id, calls]))).toMatchObject({
      "front-desk": [],
      "claim-status-generic": ["claim-identifiers"],
    });
  });

  it("come before the flow that calls them", () => {
    const entry = catalogue.find((one) => one.id === "claim-status-generic")!; // shipped, as seen above
    const names = withCalledFlows(entry).map((one) => one.name);
    expect(names).toEqual(["Claim identifiers", "Claim status"]);
  });

  it("must be shipped as well", () => {
    const entry = catalogue.find((one) => one.id === "claim-status-generic")!;
    expect(() => readEntries([{ ...entry, scenarios: [] }])).toThrow(/expected the hash of a shipped flow/);
  });
});

it.each([
  ["no flow", {}, [], /Flow "odd"/],
  ["no scenario", catalogue[0]!.document, [{ name: "odd" }], /Scenario of "odd"/],
])("%s throws and says where", (_name, document, scenarios, sentence) => {
  expect(() => readEntries([{ id: "odd", summary: "", document, scenarios }])).toThrow(sentence);
});

/** Whatever is said is an answer: nothing can be wrong with it. */
function takesAnyWords({ config }: FlowNode): boolean {
  return "expects" in config && config.expects === "text";
}

function play(entry: CatalogueEntry, scenario: CatalogueEntry["scenarios"][number]) {
  return playScenario(compileFlow(entry.document), scenario, withCalledFlows(entry).map(compileFlow));
}

/** Ways out of the flow's own nodes that were taken, as `node:outcome`. */
function taken(played: readonly Pick<ReturnType<typeof play>, "rehearsal">[]): Set<string> {
  return new Set(
    played.flatMap(({ rehearsal }) =>
      rehearsal.trace.filter((one) => one.frame === "").map((one) => `${one.node}:${one.outcome}`),
    ),
  );
}
