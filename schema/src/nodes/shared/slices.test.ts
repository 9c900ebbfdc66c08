/** How long a phone is told to be silent in one go. */
import { expect, it } from "vitest";
import { secondsLeft, sliceOf, timerAfter } from "./slices.ts";

it.each([
  [-3, 1],
  [0, 1],
  [1, 1],
  [10, 10],
  [11, 10],
  [600, 10],
])("of %d seconds left it is silent for %d", (left, slice) => {
  expect(sliceOf(left)).toBe(slice);
});

it("rounds to whole seconds, and sets the timer later than the phone comes back", () => {
  expect([1000, 1499, 1500, 2600].map((at) => secondsLeft(at, 2000))).toEqual([1, 1, 1, -1]);
  expect(timerAfter(2000)).toBeGreaterThan(2000);
});
