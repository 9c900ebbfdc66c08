/** Which variables can hold a value: what lint may know of `coerce` (coerce.ts) before there is a value. */
import { type VariableType, variableTypes } from "../call/values.ts";

/** Everything but a claim can come out of words. */
const plain = variableTypes.filter((type) => type !== "claim");

/** For each type of value, the types of variable that hold one such at least. */
export const heldBy: { readonly [type in VariableType]: readonly VariableType[] } = {
  // Free words are figures at times, but never written as a date or a time of day is stored.
  text: plain.filter((type) => type !== "date" && type !== "time"),
  digits: ["text", "digits", "number", "money", "phone", "choice", "list"],
  number: ["text", "digits", "number", "money", "choice", "list"],
  money: ["text", "digits", "number", "money", "choice", "list"],
  date: ["text", "date", "list"],
  time: ["text", "time", "list"],
  phone: ["text", "number", "money", "phone", "list"],
  // One of the words that the variable itself declares.
  choice: ["choice"],
  list: ["list"],
  claim: ["claim"],
};
