/**
 * What Node 20 lacks of what this package uses, added where it is missing: `Promise.withResolvers` and `URL.parse`, as the standards
 * have them. Imported first by both entries. Anything newer still is refused by the build (`lib` of tsconfig.build.json).
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
