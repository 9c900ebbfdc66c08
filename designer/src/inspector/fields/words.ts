/** What every labelled control takes. */
export interface Words {
  readonly id?: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly withAsterisk?: boolean;
}

/** A name made for JSON as a person says it: `star-key-position` as “star key position”. */
export function inWords(name: string): string {
  return name.replaceAll("-", " ").replaceAll("_", " ");
}
