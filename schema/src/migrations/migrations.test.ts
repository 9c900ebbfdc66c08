/** Migrations: gapless, each exercised, and a document from the future is refused with a sentence. */
import { describe, expect, it } from "vitest";
import { type Migration, migrate, migrations, newestFormat } from "./index.ts";

const rename: Migration = {
  name: "rename title",
  from: 1,
  up: ({ title, ...rest }) => ({ ...rest, name: title }),
};
const shout: Migration = {
  name: "shout",
  from: 2,
  up: (document) => ({ ...document, name: `${document.name}!` }),
};
const broken: Migration = {
  name: "broken",
  from: 1,
  up: () => {
    throw new Error("no");
  },
};

describe("migrate", () => {
  it.each<[string, unknown, Migration[], unknown]>([
    ["both steps", { formatVersion: 1, title: "A" }, [rename, shout], { formatVersion: 3, name: "A!" }],
    [
      "the last step only",
      { formatVersion: 2, name: "A" },
      [rename, shout],
      { formatVersion: 3, name: "A!" },
    ],
    ["nothing when new", { formatVersion: 3, name: "A" }, [rename, shout], { formatVersion: 3, name: "A" }],
    ["no document at all through to the schema", 7, [rename], 7],
  ])("takes %s", (_name, document, list, wanted) => {
    expect(migrate(document, list)).toEqual({ ok: true, value: wanted });
  });

  it("says which migration failed instead of throwing", () => {
    const sentence = 'The document could not be brought from format 1 by "broken".';
    expect(migrate({ formatVersion: 1 }, [broken])).toEqual({ ok: false, sentence });
  });

  it("refuses a gap, naming what was expected and found", () => {
    expect(() => newestFormat([rename, { ...shout, from: 3 }])).toThrow(
      'Migration "shout": expected to start from format 2, found 3.',
    );
  });
});

describe("the released list", () => {
  it("has no gap", () => {
    expect(newestFormat(migrations)).toBe(migrations.length + 1);
  });
  it("has a stored document of every format it can read", async () => {
    const { readdirSync } = await import("node:fs");
    const stored = readdirSync(new URL("../testdata/flows/", import.meta.url));
    for (let format = 1; format <= newestFormat(migrations); format += 1) {
      expect(
        stored.some((file) => file.startsWith(`format-${format}-`)),
        `format ${format}`,
      ).toBe(true);
    }
  });
});
