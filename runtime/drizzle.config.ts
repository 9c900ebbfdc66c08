/** For `drizzle-kit generate`: the migrations in drizzle/ are made from src/db/schema.ts and serve both drivers. */
import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "postgresql", schema: "./src/db/schema.ts", out: "./drizzle" });
