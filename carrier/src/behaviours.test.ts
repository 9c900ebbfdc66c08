/** Documented behaviours, one row each with its source: what an application is asked, what people hear, how calls end. */
import { expect, test } from "vitest";
import { type Behaviour, play } from "./testdata/behaviour.ts";
import { backgrounds } from "./testdata/behaviours-background.ts";
import { conferences } from "./testdata/behaviours-conference.ts";
import { media } from "./testdata/behaviours-media.ts";
import { queues } from "./testdata/behaviours-queue.ts";
import { races } from "./testdata/behaviours-race.ts";
import { records } from "./testdata/behaviours-record.ts";
import { restCalls } from "./testdata/behaviours-rest.ts";
import { verbs } from "./testdata/behaviours-verbs.ts";
import { webhooks } from "./testdata/behaviours-webhook.ts";

const rows: readonly Behaviour[] = [
  ...conferences,
  ...queues,
  ...webhooks,
  ...restCalls,
  ...races,
  ...records,
  ...backgrounds,
  ...verbs,
  ...media,
];

test.each(rows)("$source: $rule", async (row) => {
  const found = await play(row);
  expect(found.unsigned).toEqual([]);
  expect(found.misshapen).toEqual([]);
  // Requests of one instant travel side by side: which arrives first means nothing.
  if (row.asked) expect(found.asked.toSorted()).toEqual(row.asked.toSorted());
  if (row.heard) expect(found.heard).toEqual(row.heard);
  if (row.answers) expect(found.answers).toEqual(row.answers);
  if (row.calls) expect(found.calls).toEqual(row.calls);
  expect(found.codes).toEqual(row.codes ?? []);
});
