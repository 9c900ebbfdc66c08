import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{schema,flows,runtime,designer,carrier}/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    passWithNoTests: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
