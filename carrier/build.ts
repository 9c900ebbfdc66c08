/**
 * Makes the package that stands alone: `node carrier/build.ts FOLDER`, then `npm pack FOLDER`.
 * Plain JavaScript for Node 20 and later (Node strips no types below node_modules), the pages, the documents, and a package.json of its own.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const home = import.meta.dirname;
const [given = join(home, "dist")] = process.argv.slice(2);
const folder = resolve(given);

rmSync(join(folder, "dist"), { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
execFileSync(
  process.execPath,
  [tsc, "-p", join(home, "tsconfig.build.json"), "--outDir", join(folder, "dist")],
  { stdio: "inherit" },
);
// The compiler leaves the names of files in declarations as they are written.
for (const file of globSync("dist/**/*.d.ts", { cwd: folder })) {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1"));
}
for (const file of globSync("src/**/*.{html,css,js,json}", { cwd: home, exclude: ["src/testdata"] }))
  cpSync(join(home, file), join(folder, file.replace(/^src/, "dist")));
for (const file of ["README.md", "docs", "examples"])
  cpSync(join(home, file), join(folder, file), { recursive: true });
cpSync(join(home, "../LICENSE"), join(folder, "LICENSE"));

// This package's own file.
const { name, version, license, type, dependencies } = JSON.parse(
  readFileSync(join(home, "package.json"), "utf8"),
) as Record<string, unknown>;
const manifest = {
  name,
  version,
  description: "A telephone company in a box: runs applications written for Twilio, without Twilio",
  license,
  type,
  engines: { node: ">=20" },
  bin: { "trunkline-carrier": "dist/main.js" },
  exports: {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./preload": "./dist/preload.js",
  },
  files: ["dist", "docs", "examples"],
  dependencies,
};
writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(folder);
