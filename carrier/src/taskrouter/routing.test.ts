/** Workflow configurations (Twilio, "Workflows Overview"): which places a task goes through, and what is refused. */
import { expect, test } from "vitest";
import { readRouting, stepsFor } from "./routing.ts";

const [claims, english, everyone] = ["WQclaims", "WQenglish", "WQeveryone"];
const known = (sid: string) => [claims, english, everyone].includes(sid);
const filters = [
  {
    filter_friendly_name: "Claims",
    expression: "type == 'claim'",
    targets: [
      { queue: claims, timeout: 15, expression: "worker.sid IN task.preferred", priority: "5" },
      { timeout: "30", skip_if: "workers.available == 0" },
    ],
  },
  { friendly_name: "Calls", expression: "type CONTAINS 'call'", targets: [{ queue: english }] },
];
const placesOf = (routing: unknown, task: unknown) => {
  const read = readRouting(JSON.stringify({ task_routing: routing }), known);
  if ("problem" in read) return read.problem;
  return stepsFor(read, task).map(
    ({ queueSid, timeoutSeconds, priority, filter }) => `${filter} ${queueSid} ${timeoutSeconds} ${priority}`,
  );
};

test.each([
  [
    "through a filter's targets, then to the default",
    { filters, default_filter: { queue: everyone } },
    { type: "claim" },
    ["Claims WQclaims 15 5", "Claims WQclaims 30 null", "default WQeveryone null null"],
  ],
  [
    "a last target without a time limit is never left",
    { filters, default_filter: { queue: everyone } },
    { type: "call" },
    ["Calls WQenglish null null"],
  ],
  [
    "what no filter wants goes to the default",
    { filters, default_filter: { queue: everyone } },
    {},
    ["default WQeveryone null null"],
  ],
  ["without a default nobody takes it", { filters }, {}, []],
  [
    "a target without a queue takes the default's",
    { filters: [{ targets: [{ timeout: 3 }] }], default_filter: { queue: everyone } },
    {},
    ["filter 1 WQeveryone 3 null", "default WQeveryone null null"],
  ],
])("%s", (_, routing, task, places) => {
  expect(placesOf(routing, task)).toEqual(places);
});

const target = { queue: claims };
test.each([
  ["null", null, "expected JSON with an object task_routing"],
  ["nothing", {}, "expected filters or a default_filter"],
  ["no list", { filters: {} }, "expected a list in task_routing.filters"],
  ["no targets", { filters: [{ expression: "1==1" }] }, "filters[0]: expected 1 to 50 targets"],
  [
    "wrong expression",
    { filters: [{ expression: "a-b == 1", targets: [target] }] },
    'filters[0]: expression: unexpected "-b == 1" at 1',
  ],
  [
    "unknown queue",
    { filters: [{ targets: [{ queue: "WQ9" }] }] },
    "filters[0]: targets[0]: expected the SID of a TaskQueue of this workspace, found WQ9",
  ],
  [
    "unknown default queue",
    { default_filter: { queue: "WQ9" } },
    "default_filter: expected the SID of a TaskQueue of this workspace, found WQ9",
  ],
  [
    "timeout 0",
    { filters: [{ targets: [{ ...target, timeout: 0 }] }] },
    "filters[0]: targets[0]: expected seconds from 1 as timeout",
  ],
  [
    "priority in words",
    { filters: [{ targets: [{ ...target, priority: "high" }] }] },
    "filters[0]: targets[0]: expected a whole number as priority",
  ],
])("refused: %s", (_, routing, problem) => {
  expect(placesOf(routing, {})).toBe(problem);
});

test("text that is no JSON is refused; settings without effect are named", () => {
  expect(readRouting("{task_routing}", known)).toEqual({
    problem: "expected JSON with an object task_routing",
  });
  const routing = { default_filter: { queue: claims, order_by: "worker.level DESC" } };
  expect(readRouting(JSON.stringify({ task_routing: routing }), known)).toMatchObject({
    unperformed: ["order_by"],
  });
});
