/**
 * zod writes validators as code by default. We turn no text into code, and the designer's content security policy
 * refuses it; so this is imported before the first schema is made.
 */
import { config } from "zod";

config({ jitless: true });
