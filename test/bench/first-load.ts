/** What a browser fetches before the designer stands: the entry graph of designer/dist, gzipped; Monaco comes later. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { printTable } from "./statistics.ts";

const dist = join(import.meta.dirname, "../../designer/dist");

export function benchFirstLoad(): void {
  console.log("\nFirst load of the designer, KB gzipped");
  if (!existsSync(join(dist, "index.html"))) {
    console.log("  designer/dist is not built: run `pnpm build` first.");
    return;
  }
  const files = firstLoad();
  const kb = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0) /
    1024;
  const rows = [...files].map((name) => [name, kb([name])] as const).sort((a, b) => b[1] - a[1]);
  printTable(["file", "KB"], [...rows, ["together", kb([...files])]]);
  const monaco = [...files].filter((name) => holdsMonaco(name));
  if (monaco.length > 0) console.log(`  Monaco is in the first load: ${monaco.join(", ")}`);
}

/** index.html, what it names, and what those import statically, each once. */
function firstLoad(): Set<string> {
  const found = new Set(["index.html"]);
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/?([^"#:?]+\.(?:js|css))"/g)].map(
    (match) => match[1] ?? "",
  );
  for (let name = named.pop(); name !== undefined; name = named.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    if (!name.endsWith(".js")) continue;
    const source = readFileSync(join(dist, name), "utf8");
    // Static imports and re-exports of rolldown's output; `import(` is what comes later.
    for (const match of source.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) {
      named.push(join(name, "..", match[1] ?? ""));
    }
  }
  return found;
}

function holdsMonaco(name: string): boolean {
  return name.endsWith(".js") && readFileSync(join(dist, name), "utf8").includes("monaco-editor-background");
}
