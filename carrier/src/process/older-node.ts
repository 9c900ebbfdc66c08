/**
 * What Node 20 lacks of what this package uses, added where it is missing: `Promise.withResolvers`, `Map.groupBy` and `URL.parse`, as
 * the standards have them. Imported first by both entries. Anything newer still is refused by the build (`lib` of tsconfig.build.json).
 */
if (!("withResolvers" in Promise))
  Object.defineProperty(Promise, "withResolvers", {
    configurable: true,
    writable: true,
    value: <T>() => {
      let resolve!: (value: T | PromiseLike<T>) => void;
      let reject!: (reason?: unknown) => void;
      const promise = new Promise<T>((onValue, onReason) => {
        resolve = onValue;
        reject = onReason;
      });
      return { promise, resolve, reject };
    },
  });

if (!("parse" in URL))
  Object.defineProperty(URL, "parse", {
    configurable: true,
    writable: true,
    value: (text: string, base?: string) => (URL.canParse(text, base) ? new URL(text, base) : null),
  });

if (!("groupBy" in Map))
  Object.defineProperty(Map, "groupBy", {
    configurable: true,
    writable: true,
    value: <Key, Item>(items: Iterable<Item>, keyOf: (item: Item, at: number) => Key) => {
      const groups = new Map<Key, Item[]>();
      let at = 0;
      for (const item of items) {
        const key = keyOf(item, at++);
        const group = groups.get(key);
        if (group) group.push(item);
        else groups.set(key, [item]);
      }
      return groups;
    },
  });
