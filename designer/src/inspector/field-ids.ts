/** The ids of form elements, for whoever leads the keyboard there. */

/** The field that names a variable. */
export function variableFieldId(name: string): string {
  return `variable-${name}`;
}
