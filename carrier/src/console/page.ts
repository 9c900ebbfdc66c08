/** The console: one static page that uses the console's interface and nothing else. Read once, at start. */
import { readFileSync } from "node:fs";

export const consolePage = readFileSync(new URL("./page.html", import.meta.url), "utf8");
