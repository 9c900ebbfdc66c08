/** The built-in phone: static files that use the phone interface and nothing else. Read once, at start. */
import { readFileSync } from "node:fs";

const types = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
} as const;

export interface PageFile {
  readonly text: string;
  readonly type: string;
}

const file = (name: string, type: keyof typeof types): PageFile => ({
  text: readFileSync(new URL(`./page/${name}`, import.meta.url), "utf8"),
  type: types[type],
});

/** By path. Only the first is for those who have the key; the others hold nothing of anybody's. */
export const phonePage: PageFile = file("index.html", "html");
export const phoneFiles: Readonly<Record<string, PageFile>> = {
  "/phone/phone.css": file("phone.css", "css"),
  ...Object.fromEntries(
    ["api", "ending", "hearing", "keypad", "line", "main", "sounds", "transcript", "voice"].map((name) => [
      `/phone/${name}.js`,
      file(`${name}.js`, "js"),
    ]),
  ),
};

/** Nothing but what is served here, and nothing written into the page. */
export const phonePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
