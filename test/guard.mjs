/** Plain JavaScript that runs on any Node: says what is missing instead of failing with a stack. */
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `Expected Node 24 or newer, found ${process.versions.node}: run \`npx -y pnpm@12 install\` (it brings its own Node) and try again.`,
  );
  process.exit(1);
}
// pnpm warns when an install fails, and then runs the script all the same.
try {
  import.meta.resolve("vitest");
} catch {
  console.error(
    "Expected the packages to be installed, found none: run `npx -y pnpm@12 install`, mend what it complains about, and try again.",
  );
  process.exit(1);
}
