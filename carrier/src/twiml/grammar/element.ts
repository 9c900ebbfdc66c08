/** One element of the grammar, and short words for writing the tables down. */
import { type AttributeGrammar, anyText, method, url, word, words } from "./values.ts";

export interface ElementGrammar {
  /** In which elements it may stand. */
  readonly parents: readonly string[];
  /** Whether words may stand in it. */
  readonly text: boolean;
  readonly attributes: Readonly<Record<string, AttributeGrammar>>;
}

export type Table = Readonly<Record<string, ElementGrammar>>;

export const element = (
  parents: string,
  text: "text" | "no text",
  attributes: Readonly<Record<string, AttributeGrammar>> = {},
): ElementGrammar => ({ parents: parents.split(" "), text: text === "text", attributes });

/** Where a verb asks what comes next. */
export const action = (methodCode?: number) => ({ action: anyText, method: method(methodCode) });

/** Where a noun is told about, in these words. */
export const statusCallback = (events: string, code?: number) => ({
  statusCallback: code === undefined ? anyText : url(code),
  statusCallbackEvent: words(events, code),
  statusCallbackMethod: method(code),
});

export const callEvents = "initiated ringing answered completed";

/** How a recording is made known. */
export const recordingCallback = (urlCode: number, methodCode?: number, eventCode = 13621) => ({
  recordingStatusCallback: url(urlCode),
  recordingStatusCallbackEvent: words("in-progress completed absent", eventCode),
  recordingStatusCallbackMethod: method(methodCode),
});

export const trim = (code?: number) => word("trim-silence do-not-trim", code);
