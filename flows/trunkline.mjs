/**
 * The terminal's doorway: says what to do on a Node that is too old, else runs the command.
 * Plain JavaScript, and no import before the check: an old Node could not even read the rest.
 */
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `Trunkline needs Node 24 or newer and found ${process.versions.node}: use "npx pnpm@12 trunkline", which brings its own.\n`,
  );
  process.exit(2);
}
await import(new URL("./command/main.ts", import.meta.url).href);
