import { type Comparison, operandOf, type Test } from "@trunkline/schema/language";

/** The test with another comparison: its operand is kept where it can be, and never left in the wrong number. */
export function withComparison(test: Test, is: Comparison): Test {
  const { to, variable } = test;
  switch (operandOf(is)) {
    case "none":
      return { variable, is };
    case "list":
      return { variable, is, to: Array.isArray(to) ? to : to === undefined ? [] : [to] };
    case "one":
      return { variable, is, to: Array.isArray(to) ? (to[0] ?? "") : (to ?? "") };
  }
}
