/** What every field of a form needs besides its own value. */
import type { FlowDocument } from "@trunkline/schema/document";
import { createContext, useContext } from "react";
import type { DocumentStore } from "../../document/store.ts";

export interface FormContext {
  readonly flow: FlowDocument;
  readonly run: DocumentStore["run"];
  /** The node's config as the form shows it: fields that depend on others look them up here. */
  readonly config: unknown;
  /** The schema's sentence for a field, by its dotted path. */
  problem(path: string): string | undefined;
}

const context = createContext<FormContext | null>(null);
export const FormProvider = context.Provider;

export function useForm(): FormContext {
  const held = useContext(context);
  if (!held) throw new Error("Expected a FormProvider around every field.");
  return held;
}

/** The value of another field of the same form. */
export function held(config: unknown, key: string): unknown {
  return typeof config === "object" && config !== null ? Reflect.get(config, key) : undefined;
}

/** What a widget gets: the field's words, the value, and where it lies. */
export interface FieldProps {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  onChange(path: readonly (string | number)[], value: unknown): void;
}
