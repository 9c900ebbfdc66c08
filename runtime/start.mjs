/**
 * The first thing that runs, on whatever Node there is: says what to do when it is too old, else starts the server.
 * Plain JavaScript, and no import before the check: an old Node could not even read the rest.
 */
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `Trunkline needs Node 24 or newer and found ${process.versions.node}: start it with "npx pnpm@12 start", which brings its own.\n`,
  );
  process.exit(1);
}
await import(new URL("./src/server.ts", import.meta.url).href);
