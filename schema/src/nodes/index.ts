/** The node kinds. A new kind is one file, one import and one line here. */
import { branch } from "./branch.ts";
import { collect } from "./collect.ts";
import { hangUp } from "./hang-up.ts";
import { menu } from "./menu.ts";
import { pause } from "./pause.ts";
import { recordOutcome } from "./record-outcome.ts";
import { say } from "./say.ts";
import { set } from "./set.ts";
import { start } from "./start.ts";

export const kinds = [start, say, menu, collect, branch, set, pause, recordOutcome, hangUp] as const;

export type { FieldMeta, Widget } from "./fields.ts";
export * from "./node.ts";
