/** The page: which lines this tab has, which of them one is on, and what all of them share. */
import { ask, key } from "./api.js";
import { createLine } from "./line.js";
import { allowed, keyTone, setSounds, soundsOn } from "./sounds.js";
import { stopSpeaking } from "./voice.js";

/** Lines of one tab; more tabs make more. */
const most = 4;
const $ = (id) => document.getElementById(id);
const lines = [];
let current = null;
let numbers = [];

const hooks = {
  changed: show,
  rings(line) {
    // Whoever talks is not torn away.
    if (current === null || !["talking", "held", "dialling", "incoming"].includes(current.state))
      select(line);
    const idle = document.activeElement === document.body || $("lines").contains(document.activeElement);
    if (current === line && idle) line.element.querySelector('[data-do="answer"]').focus();
    if (soundsOn() && !allowed())
      $("hint").textContent = "This browser lets the tab ring once you have clicked in it.";
  },
  closed(line) {
    line.close();
    lines.splice(lines.indexOf(line), 1);
    if (current === line) current = null;
    if (current === null && lines.length > 0) select(lines[0]);
    remember();
    show();
    (lines.length > 0 ? $("lines").querySelector("button") : $("add").querySelector("summary")).focus();
  },
};

function select(line) {
  current?.select(false);
  current = line;
  line.select(true);
  show();
}

/** Throws a sentence when there can be no such line. */
async function add(kind, at) {
  if (lines.length >= most) throw new Error(`A tab has at most ${most} lines. Open another tab for more.`);
  const lineId = kind === "called" ? (await ask("POST", "lines", { at })).id : null;
  const line = createLine({ kind, at, lineId, numbers, hooks });
  lines.push(line);
  $("panels").append(line.element);
  select(line);
  remember();
}

/** The address names the lines, so that the tab comes back with them. */
function remember() {
  const address = new URL(location.href);
  address.search = "";
  address.searchParams.set("key", key);
  for (const { kind, at } of lines)
    address.searchParams.append(kind === "caller" ? "as" : "at", at ?? "caller");
  history.replaceState(null, "", address);
}

function show() {
  const shown = lines.map((line) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.state = line.state;
    button.setAttribute("aria-current", String(line === current));
    button.onclick = () => select(line);
    const parts = [
      ["name", line.name],
      ...(line !== current && line.unheard > 0 ? [["unheard", `${line.unheard} new`]] : []),
      ["what", line.brief],
    ];
    for (const [name, text] of parts) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      button.append(part);
    }
    item.append(button);
    return item;
  });
  const focused = [...$("lines").children].findIndex((item) => item.contains(document.activeElement));
  $("lines").replaceChildren(...shown);
  if (focused >= 0) shown[Math.min(focused, shown.length - 1)]?.firstChild.focus();
  const ringing = lines.find(({ state }) => state === "incoming");
  document.title = ringing
    ? `Ringing: ${ringing.name}`
    : current
      ? `${current.name}: ${current.what}`
      : "Phone";
}

/** Adds a line, or says why not beside the form. */
async function tryToAdd(kind, at) {
  let problem = "";
  try {
    await add(kind, at);
    $("at").value = "";
  } catch (error) {
    problem = error.message.replace(/^at: e/, "E");
  }
  $("problem").textContent = problem;
  $("at").setAttribute("aria-invalid", String(problem !== "" && kind === "called"));
}
$("be-called").onsubmit = (event) => {
  event.preventDefault();
  void tryToAdd("called", $("at").value.trim());
};
$("be-caller").onclick = () => void tryToAdd("caller");
$("sounds").onclick = () => {
  const on = !soundsOn();
  setSounds(on);
  if (!on) stopSpeaking();
  $("sounds").setAttribute("aria-pressed", String(on));
  $("sounds").textContent = on ? "Sounds on" : "Sounds off";
  $("hint").textContent = "";
};
addEventListener("click", () => {
  if (soundsOn() && allowed()) $("hint").textContent = "";
});
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea"))
    return;
  if (!/^[0-9*#]$/.test(event.key) || current?.state !== "talking") return;
  keyTone(event.key);
  current.press(event.key);
  event.preventDefault();
});
addEventListener("pagehide", () => {
  for (const line of lines) line.close();
});

// A page that comes back from the browser's memory has lost its lines.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

try {
  ({ numbers } = await ask("GET", "numbers"));
} catch (error) {
  $("hint").textContent = error.message;
}
const asked = new URLSearchParams(location.search);
const called = asked.getAll("at");
if (called.length === 0 || asked.has("as")) await tryToAdd("caller");
for (const at of called) await tryToAdd("called", at);
$("add").open = matchMedia("(min-width: 901px)").matches || $("problem").textContent !== "";
