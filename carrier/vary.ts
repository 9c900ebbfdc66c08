/**
 * Variations of a script or a phone system, one a line: `node carrier/vary.ts examples/impatient.json --seed 7 --count 20`.
 * What it prints can be kept as a file and played again. A file with `vary` in it brings its own shares.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { sentencesOf } from "./src/control/json.ts";
import { variations, varied } from "./src/people/variations.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "10" } },
});
const [file] = positionals;
if (file === undefined) throw new Error("expected the file of a script or a phone system");
const read = JSON.parse(readFileSync(file, "utf8")) as object; // judged by the schema below
const vary = { seed: Number(values.seed) };
const what = varied.safeParse(
  "vary" in read ? read : "phoneSystem" in read ? { vary, ...read } : { vary, script: read },
);
if (!what.success) {
  console.error(sentencesOf(what.error));
  process.exitCode = 1;
} else for (const one of variations(what.data, Number(values.count))) console.log(JSON.stringify(one));
