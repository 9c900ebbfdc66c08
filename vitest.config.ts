import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/dist/**", "test/.cache/**"];

/**
 * Two projects: `browser` (test/browser) runs after the rest and one file at a time, because a browser, the program
 * and Postgres share the cores with it.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["{schema,flows,runtime,designer,carrier,test}/**/*.test.{ts,tsx}"],
          exclude: [...exclude, "test/browser/**"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          exclude,
          testTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
