/** Choices made by a seeded generator. */
import { type Random, seededRandom } from "../ids.ts";

export interface Chance {
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** Between two numbers, to a tenth, or to so many digits. */
  between(least: number, most: number, digits?: number): number;
  one<T>(of: readonly T[]): T;
  /** 0 to `most` - 1. */
  below(most: number): number;
}

/** The same for the same two numbers; neighbours have nothing in common. */
export function chanceOf(seed: number, nth: number): Chance {
  const random: Random = seededRandom(
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(nth + 1, 0xc2b2ae35),
  );
  const below = (most: number) => Math.floor(random() * most);
  return {
    below,
    happens: (share) => random() < share,
    between: (least, most, digits = 1) => Number((least + random() * (most - least)).toFixed(digits)),
    // Lists here are never empty.
    one: (of) => of[below(of.length)]!,
  };
}
