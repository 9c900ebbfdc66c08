import { type Comparison, operandOf, type Test } from "@trunkline/schema/language";

type Plain = string | number;

/** The test with another comparison: its operand is kept where it can be, and never left in the wrong number. */
export function withComparison(test: Test, is: Comparison): Test {
  const { to, variable } = test;
  const other = typeof to === "object" && !Array.isArray(to) ? to : null;
  const values = valuesOf(to);
  const [first = "", second = first] = values;
  switch (operandOf(is)) {
    case "none":
      return { variable, is };
    case "list":
      if (is === "between") return { variable, is, to: [first, second] };
      return { variable, is, to: other ?? values };
    case "one":
      return { variable, is, to: other && is !== "matches" && is !== "not-matches" ? other : first };
  }
}

/** The plain values a test compares with; none for another variable. */
function valuesOf(to: Test["to"]): Plain[] {
  if (to === undefined) return [];
  if (typeof to !== "object") return [to];
  return Array.isArray(to) ? to : [];
}
