/**
 * The carrier's two pages, the phone and the console: static files that use the interface below `/_carrier` and nothing else.
 * Read once, at start. The documents are for those who have the key; what they load holds nothing of anybody's.
 */
import { readdirSync, readFileSync } from "node:fs";

export interface PageFile {
  readonly text: string;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** Nothing but what is served here, and nothing written into a page: an application's words cannot become a script. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const read = (file: string): PageFile => ({
  text: readFileSync(new URL(file, import.meta.url), "utf8"),
  type: types[file.slice(file.lastIndexOf(".") + 1)] ?? "text/plain; charset=utf-8",
});
const filesIn = (folder: string, at: string): [string, PageFile][] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((name) => /\.(css|js)$/.test(name))
    .map((name) => [`${at}/${name}`, read(`${folder}${name}`)]);

/** By path. */
export const pageDocuments: Readonly<Record<string, PageFile>> = {
  "/phone": read("../phone/page/index.html"),
  "/console": read("../console/page/index.html"),
};
export const pageFiles: Readonly<Record<string, PageFile>> = Object.fromEntries([
  ...filesIn("./", "/pages").filter(([path]) => path.endsWith(".css")),
  ...filesIn("../phone/page/", "/phone"),
  ...filesIn("../console/page/", "/console"),
]);
