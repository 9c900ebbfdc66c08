/** Monaco with JSON and nothing else. Only this folder knows it; it is loaded when the source pane first opens. */
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/format/register";
// The JSON mode brings these two later, when the editor no longer takes new services: they must be there before it.
import "monaco-editor/features/codelens/register";
import "monaco-editor/features/dropOrPasteInto/register";
import { flowJsonSchema } from "@trunkline/schema/document";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/languages/features/json/json.worker?worker";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";

self.MonacoEnvironment = {
  getWorker: (_module, label) => (label === "json" ? new JsonWorker() : new EditorWorker()),
};

export const flowModelUri = monaco.Uri.parse("inmemory://trunkline/flow.json");

jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  enableSchemaRequest: false,
  schemas: [
    {
      uri: "inmemory://trunkline/flow.schema.json",
      fileMatch: [flowModelUri.toString()],
      schema: flowJsonSchema(),
    },
  ],
});

monaco.editor.defineTheme("trunkline-light", {
  base: "vs",
  inherit: true,
  rules: [],
  colors: { "editor.background": "#ffffff" },
});
monaco.editor.defineTheme("trunkline-dark", {
  base: "vs-dark",
  inherit: true,
  rules: [],
  colors: { "editor.background": "#181e25" },
});

export { monaco };
