/** The built-in phone: one static page that uses the phone interface and nothing else. Read once, at start. */
import { readFileSync } from "node:fs";

export const phonePage = readFileSync(new URL("./page.html", import.meta.url), "utf8");
