import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const runtime = process.env.TRUNKLINE_RUNTIME ?? "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2023", chunkSizeWarningLimit: 4000, assetsInlineLimit: 0 },
  server: { port: 5173, proxy: { "/api": runtime, "/health": runtime } },
});
