/** Plain JavaScript that runs on any Node: says what is missing instead of failing with a stack. */
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    `Expected Node 24 or newer, found ${process.versions.node}: run \`npx -y pnpm@12 install\` (it brings its own Node) and try again.`,
  );
  process.exit(1);
}
