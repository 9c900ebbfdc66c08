import type { FlowDocument } from "@trunkline/schema/document";
import { describe, expect, it } from "vitest";
import type { Command } from "../document/command.ts";
import { addNode } from "../document/commands/add-node.ts";
import { changeConfig } from "../document/commands/change-config.ts";
import { changeNote } from "../document/commands/change-note.ts";
import { changeSettings } from "../document/commands/change-settings.ts";
import { changeVariables } from "../document/commands/change-variables.ts";
import { connect } from "../document/commands/connect.ts";
import { deleteNodes } from "../document/commands/delete-nodes.ts";
import { disconnect } from "../document/commands/disconnect.ts";
import { moveNodes } from "../document/commands/move-nodes.ts";
import { renameNode } from "../document/commands/rename-node.ts";
import { smallFlow } from "../testdata/small-flow.ts";
import { diffFlows } from "./diff.ts";

function after<Args>(command: Command<Args>, args: Args): FlowDocument {
  const edited = command.run(smallFlow(), args);
  if ("refused" in edited) throw new Error(edited.refused);
  return edited.flow;
}

const menu = { prompt: "Press 1 or 2.", timeoutSeconds: 5, tries: 2 };
const [claims, other] = [
  { key: "1", label: "Claims" },
  { key: "2", label: "Else" },
];

const rows: readonly [name: string, after: FlowDocument, sentences: readonly string[]][] = [
  ["nothing", smallFlow(), []],
  ["a move", after(moveNodes, { places: { greet: { x: 800, y: 800 } } }), []],
  [
    "a new text",
    after(changeConfig, { node: "greet", config: { text: "Good day." } }),
    ["Greet: text “Hello.” → “Good day.”"],
  ],
  [
    "a field set",
    after(changeConfig, { node: "greet", config: { text: "Hello.", voice: "Amy" } }),
    ["Greet: voice set to Amy"],
  ],
  [
    "an option added",
    after(changeConfig, {
      node: "main-menu",
      config: { ...menu, options: [claims, other, { key: "3", label: "More" }] },
    }),
    ["Main menu: option 3 · More added"],
  ],
  [
    "an option renamed",
    after(changeConfig, {
      node: "main-menu",
      config: { ...menu, options: [{ key: "1", label: "Bills" }, other] },
    }),
    ["Main menu: option 1: name Claims → Bills"],
  ],
  [
    "options in another order",
    after(changeConfig, { node: "main-menu", config: { ...menu, options: [other, claims] } }),
    ["Main menu: options put in another order"],
  ],
  [
    "a node added",
    after(addNode, { kind: "say", at: { x: 0, y: 0 }, from: { node: "main-menu", outcome: "invalid" } }),
    ["Main menu: “wrong key” now leads to Say", "Say “Say” added"],
  ],
  [
    "a node removed",
    after(deleteNodes, { nodes: ["note-it"] }),
    [
      "Flow: what happens on hang-up taken away (was “Note it”)",
      "Main menu: “2 · Else” leads nowhere any more (was Note it)",
      "Record outcome “Note it” removed",
    ],
  ],
  [
    "a wire moved",
    after(connect, { from: { node: "greet", outcome: "done" }, to: "goodbye" }),
    ["Greet: “said” leads to Goodbye instead of Main menu"],
  ],
  [
    "a wire cut",
    after(disconnect, { wires: [{ node: "greet", outcome: "done" }] }),
    ["Greet: “said” leads nowhere any more (was Main menu)"],
  ],
  ["a title", after(renameNode, { node: "greet", title: "Welcome" }), ["Welcome: renamed from “Greet”"]],
  ["a note", after(changeNote, { node: "greet", note: "Short!" }), ["Greet: the note set to “Short!”"]],
  [
    "settings",
    after(changeSettings, { settings: { maxCallMinutes: 20 } }),
    ["Flow: the longest call in minutes 10 → 20"],
  ],
  [
    "a variable",
    after(changeVariables, { declare: "amount", variable: { type: "money", sensitivity: "internal" } }),
    ["Variable amount declared (money, internal)"],
  ],
  [
    "a variable's type",
    after(changeVariables, { change: "member_id", variable: { type: "text", sensitivity: "phi" } }),
    ["Variable member_id: type digits → text"],
  ],
];

describe("diffFlows", () => {
  it.each(rows)("%s", (_name, changed, sentences) =>
    expect(diffFlows(smallFlow(), changed).map((one) => one.sentence)).toEqual(sentences),
  );
});
