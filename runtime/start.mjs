/**
 * The first thing that runs, on whatever Node there is: says what to do when it is too old or the
 * packages are not installed, else starts the server.
 * Plain JavaScript, and no import before the check: an old Node could not even read the rest.
 */
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `Trunkline needs Node 24 or newer and found ${process.versions.node}: start it with "npx pnpm@12 start", which brings its own.\n`,
  );
  process.exit(1);
}
try {
  await import(new URL("./src/server.ts", import.meta.url).href);
} catch (error) {
  // A package that cannot be found: pnpm warns when an install fails, and then runs the script all the same.
  const missing = error?.code === "ERR_MODULE_NOT_FOUND" && /package '([^']+)'/.exec(error.message)?.[1];
  if (!missing) throw error;
  process.stderr.write(
    `Trunkline's packages are not installed (${missing} is missing): run "npx pnpm@12 install", mend what it complains about, and start again.\n`,
  );
  process.exit(1);
}
