/**
 * Reading an answer back before it is kept: "I heard … Press 1 if that is right." The answer waits in the visit's
 * memory and nowhere else until it is confirmed.
 */
import { z } from "zod";
import type { DecidingValue, InputEvent, Json, Value } from "../../call/index.ts";
import { answerForms } from "../../language/index.ts";
import { prompt, tries } from "../fields.ts";
import type { ResumeEvent, Stay, Visit } from "../node.ts";
import { asking, isUnclear, oneKey, type Question } from "./asking.ts";

export const readBackField = z
  .strictObject({
    text: prompt(
      "Read-back",
      "What is asked, with the answer by its variable's name: I heard {{value}}. Press 1 if that is right, 2 if not.",
    ).min(1, "Expected a text."),
    tries,
  })
  .optional()
  .meta({
    label: "Read back",
    help: "The answer is kept only when the caller says yes or presses 1.",
    widget: "group",
  });

export interface ReadsBack extends Question {
  readonly into: string;
  readonly answer: "keys" | "speech" | "either";
  readonly readBack?: { readonly text: string; readonly tries: number };
}

/** An answer that waits for its yes. */
export interface Candidate {
  readonly value: Value;
  /** How it was given. */
  readonly given: Pick<DecidingValue, "by" | "confidence">;
  /** Which try of the question it was, and which time it is read back; both from 1. */
  readonly attempt: number;
  readonly round: number;
}

export function askWhether(visit: Visit<ReadsBack>, candidate: Candidate): Stay {
  const { config } = visit;
  const { voice, language, markup, into, readBack, answer } = config;
  const holding = { [into]: candidate.value };
  const said = visit.say(readBack?.text ?? "", { voice, language, markup, holding });
  const form = answer === "keys" ? oneKey : ({ ...oneKey, input: ["keys", "speech"] } as const);
  const { value, given, attempt, round } = candidate;
  const memory = { stage: "confirm", candidate: value, given: { ...given }, attempt, round };
  return { wait: ["input", "no-input"], memory, verbs: [asking(visit, form, [said])] };
}

/** The answer that was read back last; null while the question itself is open. */
export function candidateOf(memory: Json): Candidate | null {
  if (typeof memory !== "object" || memory === null || !("stage" in memory)) return null;
  // Only askWhether notes a stage, and it notes all of a candidate.
  const { candidate, given, attempt, round } = memory as unknown as Candidate & { readonly candidate: Value };
  return { value: candidate, given, attempt, round };
}

/** What came back to a read-back. */
export function replyTo(visit: Visit<ReadsBack>, event: ResumeEvent): "yes" | "no" | "invalid" | "silence" {
  if (event.type !== "input") return "silence";
  return isUnclear(visit.config, event) ? "invalid" : yesOrNo(event, visit.config.language ?? visit.language);
}

function yesOrNo({ digits, speech }: InputEvent, language: string): "yes" | "no" | "invalid" {
  const read = answerForms["yes-no"].read({ keys: digits, speech: speech?.text }, {}, language);
  if (!read.ok) return "invalid";
  return read.value === "yes" ? "yes" : "no";
}
