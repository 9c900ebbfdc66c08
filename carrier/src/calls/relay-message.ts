/** What an application may write to a relay session (protocol 5, ConversationRelay). Pure. */
import { z } from "zod";

const which = z
  .union([z.enum(["any", "none", "speech", "dtmf"]), z.boolean()])
  .transform((value) => (value === true ? "any" : value === false ? "none" : value))
  .optional();
const preemptible = z.boolean().optional();

const message = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("text"),
    token: z.string(),
    last: z.boolean().default(false),
    lang: z.string().optional(),
    interruptible: which,
    preemptible,
  }),
  z.object({
    type: z.literal("play"),
    source: z.string().refine((url) => URL.canParse(url), "expected a URL"),
    loop: z.number().int().min(0).default(1),
    interruptible: which,
    preemptible,
  }),
  z.object({
    type: z.literal("sendDigits"),
    digits: z.string().regex(/^[0-9w#*]+$/, "expected only 0-9 w # *"),
  }),
  z
    .object({
      type: z.literal("language"),
      ttsLanguage: z.string().optional(),
      transcriptionLanguage: z.string().optional(),
    })
    .refine((one) => one.ttsLanguage !== undefined || one.transcriptionLanguage !== undefined, {
      message: "expected ttsLanguage or transcriptionLanguage",
    }),
  z.object({ type: z.literal("end"), handoffData: z.string().optional() }),
]);
export type RelayMessage = z.infer<typeof message>;

/** The message, or a sentence about what is wrong with it. */
export function readRelayMessage(text: string): RelayMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "expected JSON";
  }
  const read = message.safeParse(value);
  return read.success ? read.data : z.prettifyError(read.error);
}
