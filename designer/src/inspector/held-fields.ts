/**
 * Fields whose text does not fit yet. The document only ever holds what fits; what does not is held here, with its
 * text, until it does. Pure values: a config, the held texts by path, and the problems they cause.
 */
export type Path = readonly (string | number)[];

export interface HeldFields {
  readonly held: ReadonlyMap<string, { readonly path: Path; readonly value: unknown }>;
}

export type Check = (config: unknown) => readonly { readonly path: Path; readonly sentence: string }[];

export const nothingHeld: HeldFields = { held: new Map() };

export function keyOf(path: Path): string {
  return path.join(".");
}

/** The config as it would be with every held text in it. */
export function withHeld(config: unknown, { held }: HeldFields): unknown {
  return [...held.values()].reduce<unknown>((whole, { path, value }) => setIn(whole, path, value), config);
}

/** One field was edited: what may be applied (null: nothing), and what is held from now on. */
export function editField(config: unknown, fields: HeldFields, path: Path, value: unknown, check: Check) {
  const rest = new Map(
    [...fields.held].filter(([key]) => key !== keyOf(path) && !key.startsWith(`${keyOf(path)}.`)),
  );
  const all = setIn(withHeld(config, { held: rest }), path, value);
  if (check(all).length === 0) return { apply: all, fields: nothingHeld };
  const alone = setIn(config, path, value);
  if (check(alone).length === 0) return { apply: alone, fields: { held: rest } };
  return { apply: null, fields: { held: rest.set(keyOf(path), { path, value }) } };
}

/** A copy with another value at a path; `undefined` takes the entry away. */
export function setIn(whole: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((one, index) => (index === Number(key) ? setIn(one, rest, value) : one));
  const record = typeof whole === "object" && whole !== null ? whole : {};
  const inner = setIn(Reflect.get(record, key), rest, value);
  if (inner !== undefined) return { ...record, [key]: inner };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== String(key)));
}
