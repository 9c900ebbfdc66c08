/** What people listen for: words, a `/regular expression/`, or several of them of which one is enough. */
import { z } from "zod";

/** Whether words match; null if it is a broken regular expression. Case does not matter unless the expression says so. */
export function patternOf(hear: string): ((words: string) => boolean) | null {
  const regex = /^\/(.+)\/([a-z]*)$/s.exec(hear);
  if (!regex) return (words) => words.toLowerCase().includes(hear.toLowerCase());
  try {
    const pattern = new RegExp(regex[1]!, regex[2]!.replace(/[gy]/g, ""));
    return (words) => pattern.test(words);
  } catch {
    return null;
  }
}

/** Words or /a regular expression/. */
export const pattern = z
  .string()
  .min(1)
  .max(500)
  .refine((hear) => patternOf(hear) !== null, "expected words or /a valid regular expression/");

/** One of these is enough. */
export const patterns = z.union([pattern, z.array(pattern).min(1, "expected at least one pattern").max(50)], {
  error: "expected words or /a valid regular expression/, or a list of them",
});

/** Whether any of them matches. */
export const hears = (hear: z.infer<typeof patterns>, words: string): boolean =>
  // The schema lets no broken expression through.
  [hear].flat().some((one) => patternOf(one)!(words));
