/** The console: one static page that uses the console's interface and nothing else. Put together once, at start. */
import { readFileSync } from "node:fs";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");

export const consolePage = read("./page.html")
  .replace("/* page-style.css */", () => read("./page-style.css"))
  .replace("/* page-script.js */", () => read("./page-script.js"));
