/** How times, counts and events are written. */
import { $ } from "./dom.js";

const pad = (number, length = 2) => String(number).padStart(length, "0");
export const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
/** Since the call began: `+2:05.5`. */
export const since = (ms) => {
  const all = Math.max(0, ms);
  return `+${Math.floor(all / 60000)}:${pad(Math.floor(all / 1000) % 60)}.${Math.floor(all / 100) % 10}`;
};
export const lasted = (ms) =>
  ms < 60_000
    ? `${Math.round(ms / 1000)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round(ms / 1000) % 60} s`;
export const took = (ms) => (ms === null ? "" : `${Math.round(ms)} ms`);
export const pathOf = (url) => {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
};
export const matches = (...texts) => {
  const wanted = $("filter").value.trim().toLowerCase();
  return wanted === "" || texts.some((text) => String(text).toLowerCase().includes(wanted));
};
export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export const directions = { inbound: "in", "outbound-api": "out", "outbound-dial": "dialled" };
export const verbs = {
  ringing: "rings",
  answered: "answered",
  heard: "hears",
  played: "hears media",
  beep: "hears a tone",
  connected: "joined",
  disconnected: "parted",
  interrupted: "cut short",
  silence: "silence, s",
  listening: "may answer",
  error: "failed",
  pressed: "presses",
  said: "says",
  sounded: "sounds",
  entered: "menu",
  collected: "collected",
  "hung-up": "hangs up",
  "gave-up": "gives up",
  ended: "ended",
  asked: "asks",
  told: "tells",
  alert: "error",
  warning: "warning",
};
