import "./mantine.css";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./styles.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { theme } from "./frame/theme.ts";
import { Toasts } from "./frame/toasts.tsx";

// A newer build took the place of the one this page came from: its chunks are gone, so begin anew, but never in a loop.
window.addEventListener("vite:preloadError", (event) => {
  const last = Number(sessionStorage.getItem("trunkline.reloaded"));
  if (Date.now() - last < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem("trunkline.reloaded", String(Date.now()));
  window.location.reload();
});

const root = document.getElementById("root");
if (!root) throw new Error("Expected an element #root in index.html.");
createRoot(root).render(
  // Writes its variables itself: their stylesheet would be fetched to say the same.
  <MantineProvider theme={theme} defaultColorScheme="auto" deduplicateCssVariables={false}>
    <App />
    <Toasts />
  </MantineProvider>,
);
