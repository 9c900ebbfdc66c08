import { flowDocument } from "@trunkline/schema/document";
import { describe, expect, it } from "vitest";
import { smallFlow } from "../testdata/small-flow.ts";
import { clipOf, readClip, writeClip } from "./clip.ts";
import type { Command } from "./command.ts";
import { addNode } from "./commands/add-node.ts";
import { changeConfig } from "./commands/change-config.ts";
import { changeNodeId } from "./commands/change-node-id.ts";
import { changeNote } from "./commands/change-note.ts";
import { changeSettings } from "./commands/change-settings.ts";
import { changeVariables } from "./commands/change-variables.ts";
import { connect } from "./commands/connect.ts";
import { deleteNodes } from "./commands/delete-nodes.ts";
import { disconnect } from "./commands/disconnect.ts";
import { moveNodes } from "./commands/move-nodes.ts";
import { pasteNodes } from "./commands/paste-nodes.ts";
import { renameNode } from "./commands/rename-node.ts";
import { replaceDocument } from "./commands/replace-document.ts";
import { createStore } from "./store.ts";

interface Row {
  readonly name: string;
  readonly run: (flow: ReturnType<typeof smallFlow>) => ReturnType<Command<never>["run"]>;
  /** What must hold of the flow afterwards, as a subset; or the sentence of the refusal. */
  readonly becomes?: object;
  readonly lacks?: readonly string[];
  readonly refused?: RegExp;
  readonly same?: true;
}

function row<Args>(command: Command<Args>, args: Args, rest: Omit<Row, "run" | "name">, name?: string): Row {
  return {
    name: name ?? `${command.name(args, smallFlow())}`,
    run: (flow) => command.run(flow, args),
    ...rest,
  };
}

const clip = clipOf(smallFlow(), ["start", "main-menu", "goodbye"]);
const menu = { prompt: "Press.", timeoutSeconds: 5, tries: 2 };
const claims = { key: "1", label: "Claims" };

const rows: readonly Row[] = [
  row(
    addNode,
    { kind: "say", at: { x: 13, y: 21 } },
    {
      becomes: { nodes: { say: { title: "Say", next: {} } }, layout: { nodes: { say: { x: 16, y: 24 } } } },
    },
  ),
  row(
    addNode,
    { kind: "say", at: { x: 0, y: 0 }, from: { node: "main-menu", outcome: "invalid" } },
    {
      becomes: { nodes: { "main-menu": { next: { invalid: "say", "key-1": "goodbye" } } } },
    },
    "Add Say, wired",
  ),
  row(
    addNode,
    { kind: "pause", at: { x: 322, y: 1 } },
    { becomes: { layout: { nodes: { pause: { x: 352, y: 32 } } } } },
    "Add Pause where another lies",
  ),
  row(addNode, { kind: "start", at: { x: 0, y: 0 } }, { refused: /exactly one start/ }),
  row(
    connect,
    { from: { node: "main-menu", outcome: "invalid" }, to: "greet" },
    {
      becomes: { nodes: { "main-menu": { next: { invalid: "greet" } } } },
    },
  ),
  row(
    connect,
    {
      from: { node: "main-menu", outcome: "silence" },
      to: "goodbye",
      instead: { node: "main-menu", outcome: "key-2" },
    },
    {
      becomes: { nodes: { "main-menu": { next: { silence: "goodbye", "key-1": "goodbye" } } } },
      lacks: ["/nodes/main-menu/next/key-2"],
    },
    "Move a wire to another outcome",
  ),
  row(
    connect,
    { from: { node: "greet", outcome: "done" }, to: "main-menu" },
    { same: true },
    "Connect what is connected",
  ),
  row(
    connect,
    { from: { node: "greet", outcome: "done" }, to: "start" },
    { refused: /lead back to the start/ },
  ),
  row(
    connect,
    { from: { node: "greet", outcome: "nope" }, to: "goodbye" },
    { refused: /no way out named/ },
    "Connect an unknown outcome",
  ),
  row(disconnect, { wires: [{ node: "greet", outcome: "done" }] }, { lacks: ["/nodes/greet/next/done"] }),
  row(disconnect, { wires: [{ node: "greet", outcome: "nope" }] }, { same: true }, "Disconnect nothing"),
  row(
    moveNodes,
    { places: { greet: { x: 325, y: 3 }, goodbye: { x: 8, y: 8 } } },
    {
      becomes: { layout: { nodes: { greet: { x: 328, y: 0 }, goodbye: { x: 8, y: 8 } } } },
    },
  ),
  row(moveNodes, { places: { greet: { x: 321, y: 1 } } }, { same: true }, "Move within the grid's cell"),
  row(
    deleteNodes,
    { nodes: ["goodbye", "note-it"] },
    {
      becomes: { nodes: { "main-menu": { next: { silence: "greet" } } } },
      lacks: ["/nodes/goodbye", "/nodes/note-it", "/onHangUp", "/nodes/main-menu/next/key-1"],
    },
  ),
  row(deleteNodes, { nodes: ["start"] }, { refused: /start cannot be deleted/ }),
  row(deleteNodes, { nodes: ["start", "greet"] }, { becomes: { entry: "start" }, lacks: ["/nodes/greet"] }),
  row(
    changeConfig,
    { node: "greet", config: { text: "Good day." } },
    {
      becomes: { nodes: { greet: { config: { text: "Good day." }, next: { done: "main-menu" } } } },
    },
  ),
  row(
    changeConfig,
    { node: "greet", config: { text: "" } },
    { refused: /Expected a text/ },
    "Change to an empty text",
  ),
  row(
    changeConfig,
    { node: "main-menu", config: { ...menu, options: [claims, { key: "7", label: "Else" }] } },
    {
      becomes: {
        nodes: { "main-menu": { next: { "key-1": "goodbye", "key-7": "note-it", silence: "greet" } } },
      },
      lacks: ["/nodes/main-menu/next/key-2"],
    },
    "A renamed outcome keeps its wire",
  ),
  row(
    changeConfig,
    { node: "main-menu", config: { ...menu, options: [claims] } },
    {
      lacks: ["/nodes/main-menu/next/key-2"],
    },
    "A removed outcome takes its wire along",
  ),
  row(
    renameNode,
    { node: "greet", title: "Welcome" },
    { becomes: { nodes: { greet: { title: "Welcome" } } } },
  ),
  row(renameNode, { node: "greet", title: " " }, { refused: /Expected a title/ }, "Rename to nothing"),
  row(changeNote, { node: "greet", note: "Why" }, { becomes: { nodes: { greet: { note: "Why" } } } }),
  row(
    changeNodeId,
    { node: "goodbye", id: "the-end" },
    {
      becomes: {
        nodes: {
          "main-menu": { next: { "key-1": "the-end" } },
          "note-it": { next: { recorded: "the-end" } },
        },
      },
      lacks: ["/nodes/goodbye"],
    },
  ),
  row(changeNodeId, { node: "goodbye", id: "greet" }, { refused: /Another node/ }, "An id that is taken"),
  row(changeNodeId, { node: "goodbye", id: "A B" }, { refused: /Expected a node id/ }, "An id that is none"),
  row(
    pasteNodes,
    { clip, by: { x: 40, y: 40 } },
    {
      becomes: {
        nodes: { "main-menu-2": { title: "Main menu 2", next: { "key-1": "goodbye-2" } }, "goodbye-2": {} },
        layout: { nodes: { "main-menu-2": { x: 680, y: 40 } } },
      },
      lacks: ["/nodes/start-2", "/nodes/main-menu-2/next/silence"],
    },
  ),
  row(
    pasteNodes,
    { clip: clipOf(smallFlow(), ["start"]), by: { x: 0, y: 0 } },
    { refused: /exactly one/ },
    "Paste the start",
  ),
  row(
    changeVariables,
    { declare: "amount", variable: { type: "money", sensitivity: "internal" } },
    {
      becomes: { variables: { amount: { type: "money" } } },
    },
  ),
  row(
    changeVariables,
    { declare: "member_id", variable: { type: "text", sensitivity: "phi" } },
    { refused: /declared already/ },
    "Declare twice",
  ),
  row(
    changeVariables,
    { rename: "member_id", to: "member" },
    { becomes: { variables: { member: { type: "digits" } } }, lacks: ["/variables/member_id"] },
  ),
  row(changeVariables, { rename: "member_id", to: "A" }, { refused: /lower-case/ }, "Rename to a bad name"),
  row(changeVariables, { remove: "member_id" }, { lacks: ["/variables/member_id"] }),
  row(
    changeSettings,
    { name: "Large", settings: { maxCallMinutes: 20 } },
    {
      becomes: { name: "Large", settings: { maxCallMinutes: 20, language: "en-US" } },
    },
  ),
  row(changeSettings, { onHangUp: null }, { lacks: ["/onHangUp"] }, "Nothing on hang-up"),
  row(
    changeSettings,
    { onHangUp: "nobody" },
    { refused: /Expected the id of a node/ },
    "An unknown node on hang-up",
  ),
  row(
    changeSettings,
    { settings: { language: "English" } },
    { refused: /Expected a language/ },
    "A language that is none",
  ),
  row(replaceDocument, { document: { ...smallFlow(), name: "Other" } }, { becomes: { name: "Other" } }),
  row(replaceDocument, { document: smallFlow() }, { same: true }, "Replace by the same"),
];

describe("commands", () => {
  it.each(rows)("$name", ({ run, becomes, lacks = [], refused, same }) => {
    const flow = smallFlow();
    const before = structuredClone(flow);
    const edited = run(flow);
    expect(flow).toEqual(before);
    if (refused) {
      expect("refused" in edited && edited.refused).toMatch(refused);
      return;
    }
    if ("refused" in edited) throw new Error(`Expected an edit, found the refusal: ${edited.refused}`);
    if (same) expect(edited.flow).toBe(flow);
    if (becomes) expect(edited.flow).toMatchObject(becomes);
    for (const pointer of lacks) expect(at(edited.flow, pointer), pointer).toBeUndefined();
    expect(flowDocument.safeParse(edited.flow).error?.issues ?? []).toEqual([]);
  });

  it.each(rows.filter((one) => !one.refused))("undo of: $name", ({ run }) => {
    const flow = smallFlow();
    const store = createStore(flow);
    store.run({ name: () => "Edit", run }, undefined);
    const after = store.flow();
    store.undo();
    expect(store.flow()).toBe(flow);
    store.redo();
    expect(store.flow()).toBe(after);
  });
});

describe("clipboard", () => {
  it("reads what it writes", () => expect(readClip(writeClip(clip))).toEqual(clip));
  it.each(["", "hello", "[]", '{"trunkline":"nodes","nodes":{"a":{"kind":"nope"}},"places":{}}'])(
    "refuses %j",
    (text) => expect(readClip(text)).toBeNull(),
  );
});

function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (held, key) => (typeof held === "object" && held !== null ? Reflect.get(held, key) : undefined),
      value,
    );
}
