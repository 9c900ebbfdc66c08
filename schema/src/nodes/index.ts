/** The node kinds. A new kind is one file, one import and one line here. */
import { answeredBy } from "./answered-by.ts";
import { branch } from "./branch.ts";
import { callFlow } from "./call-flow.ts";
import { classify } from "./classify.ts";
import { collect } from "./collect.ts";
import { hangUp } from "./hang-up.ts";
import { menu } from "./menu.ts";
import { note } from "./note.ts";
import { notify } from "./notify.ts";
import { openingHours } from "./opening-hours.ts";
import { pause } from "./pause.ts";
import { press } from "./press.ts";
import { record } from "./record.ts";
import { recordOutcome } from "./record-outcome.ts";
import { request } from "./request.ts";
import { returnBack } from "./return.ts";
import { say } from "./say.ts";
import { set } from "./set.ts";
import { split } from "./split.ts";
import { start } from "./start.ts";
import { tag } from "./tag.ts";
import { transfer } from "./transfer.ts";
import { until } from "./until.ts";
import { voicemailDrop } from "./voicemail-drop.ts";

export const kinds = [
  start,
  hangUp,
  callFlow,
  returnBack,
  say,
  menu,
  collect,
  record,
  press,
  branch,
  classify,
  openingHours,
  answeredBy,
  split,
  transfer,
  voicemailDrop,
  set,
  request,
  notify,
  recordOutcome,
  tag,
  pause,
  until,
  note,
] as const;

export type { FieldMeta, Widget } from "./fields.ts";
export * from "./node.ts";
