/** The console: a look a second, and what changed is drawn again. */
import { ask, key } from "./api.js";
import { $, attempt, button, fill, make, row } from "./dom.js";
import { drawFarEnds, whenSomebodyIsPut } from "./far-ends.js";
import { drawFaults, whenFaultsChange } from "./faults.js";
import { drawOne } from "./request.js";
import { drawStory } from "./story.js";
import { clock, directions, lasted, matches, plural } from "./words.js";

let overview = null;
let chosenCall = "";
let chosen = 0;
let detail = null;

function drawClock({ kind, now, speed }) {
  $("time").textContent = `${clock(now).slice(0, 8)} UTC`;
  if ($("pace").dataset.kind === `${kind === "virtual"}`) {
    const select = $("speed");
    if (select && document.activeElement !== select) {
      if (![...select.options].some((one) => one.value === String(speed)))
        select.append(new Option(`${speed} ×`, String(speed)));
      select.value = String(speed);
    }
    return;
  }
  $("pace").dataset.kind = `${kind === "virtual"}`;
  if (kind === "virtual") {
    const step = (text, seconds) =>
      button(text, () => ask("clock/advance", "POST", { seconds }).then(refresh));
    $("pace").replaceChildren(
      make("span", "Time stands still:", "dim"),
      step("+1 s", 1),
      step("+10 s", 10),
      step("+1 min", 60),
      button("Until idle", () => ask("clock/run-until-idle", "POST", {}).then(refresh)),
    );
    return;
  }
  const select = make("select");
  select.id = "speed";
  select.setAttribute("aria-label", "Speed of time");
  for (const times of [1, 2, 5, 10, 20, 60, 200, 1000])
    select.append(new Option(times === 1 ? "1 × (the wall)" : `${times} ×`, String(times)));
  select.addEventListener(
    "change",
    () => void attempt(() => ask("clock", "PUT", { speed: Number(select.value) }).then(refresh)),
  );
  $("pace").replaceChildren(select);
  drawClock({ kind, now, speed });
}

/** Newest first, and below each call those its Dial began, in their order. */
function inFamilies(calls) {
  const known = new Set(calls.map((call) => call.sid));
  const below = Map.groupBy(
    calls.filter((call) => known.has(call.parentCallSid)).reverse(),
    (call) => call.parentCallSid,
  );
  const withBelow = (call) => [call, ...(below.get(call.sid) ?? []).flatMap(withBelow)];
  return calls.filter((call) => !known.has(call.parentCallSid)).flatMap(withBelow);
}
function drawCalls({ calls, clock: { now } }) {
  const shown = inFamilies(calls).filter((call) =>
    matches(call.from, call.to, call.sid, call.status, call.direction),
  );
  const rows = shown.map((call) => {
    const live = call.endedAt === null;
    const ms = (call.endedAt ?? now) - (call.answeredAt ?? call.createdAt);
    return row(
      call.sid,
      call.parentCallSid && shown.some((one) => one.sid === call.parentCallSid) ? "child" : "",
      [
        [`${call.from} → ${call.to}`, "number whole"],
        [`${directions[call.direction]} · ${clock(call.createdAt).slice(0, 8)}`, "dim number"],
        [
          [call.status, call.answeredAt === null && !live ? "" : lasted(ms)].filter(Boolean).join(" · "),
          `number ${live ? "live" : call.status === "completed" ? "dim" : "warning"}`,
        ],
      ],
      chosenCall === call.sid,
      () => choose(call.sid),
    );
  });
  fill(
    $("calls"),
    [
      row("", "", [["Everything"], [plural(calls.length, "call"), "dim number"]], chosenCall === "", () =>
        choose(""),
      ),
      ...rows,
    ],
    "",
  );
  if (calls.length > 0 && shown.length === 0)
    $("calls").append(make("li", "No call matches the filter.", "empty"));
}
function choose(sid) {
  chosenCall = sid;
  delete $("story").dataset.text;
  if (sid === "") delete $("story").dataset.follows;
  else $("story").dataset.follows = "";
  void attempt(refresh);
}

function drawNumbers({ numbers }) {
  fill(
    $("numbers"),
    numbers.map((one) =>
      row(one.phoneNumber, "", [
        [one.phoneNumber, "number"],
        [one.friendlyName === one.phoneNumber ? "" : one.friendlyName, "dim"],
        [one.voiceUrl || "no webhook: nobody answers", one.voiceUrl ? "dim" : "warning"],
      ]),
    ),
    "The account has no number. Start the carrier with --numbers, or make one by REST.",
  );
}
function drawAlerts({ alerts }) {
  fill(
    $("alerts"),
    alerts
      .filter((one) => matches(one.message, one.code ?? "", one.url ?? ""))
      .slice(0, 100)
      .map((one) =>
        row("", "", [
          [`${one.code ?? ""} ${one.message}`.trim(), one.level],
          [clock(one.at).slice(0, 8), "dim number"],
          ...(one.url ? [[one.url, "dim"]] : []),
        ]),
      ),
    alerts.length > 0 ? "No alert matches the filter." : "Nothing to complain about.",
  );
}

async function open(id) {
  chosen = id;
  redraw();
  await attempt(async () => {
    detail = await ask(`console/requests/${id}`);
    drawDetail();
  });
}
function drawDetail() {
  drawOne(detail, async (id) => {
    if (id) await open(id);
    await refresh();
  });
}

whenFaultsChange(refresh);
whenSomebodyIsPut(refresh);
$("filter").addEventListener("input", redraw);
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("filter").focus();
  }
  if (event.key === "Escape" && document.activeElement === $("filter")) {
    $("filter").value = "";
    redraw();
    $("filter").blur();
  }
  const list = document.activeElement?.closest?.(".list");
  if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const buttons = [...list.querySelectorAll(".row")];
    const next = buttons[buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});
$("phone").href = `phone?key=${encodeURIComponent(key)}`;

function redraw() {
  if (!overview) return;
  $("summary").textContent =
    `${plural(overview.liveCalls, "live call")} · ${plural(overview.alertCount, "alert")}${overview.faults ? " · faults on" : ""}`;
  drawClock(overview.clock);
  drawCalls(overview);
  drawNumbers(overview);
  drawFarEnds(overview, refresh);
  drawStory(overview, { chosen, open, refresh });
  drawAlerts(overview);
  drawFaults(overview);
}
async function refresh() {
  const asked = chosenCall;
  const answer = await ask(`console/overview?about=${encodeURIComponent(asked)}`);
  if (asked !== chosenCall) return;
  overview = answer;
  redraw();
  const open = overview.requests.find((one) => one.id === chosen);
  if (
    detail &&
    open &&
    detail.id === chosen &&
    detail.status === null &&
    detail.problem === null &&
    (open.status !== null || open.code !== null)
  ) {
    detail = await ask(`console/requests/${chosen}`);
    drawDetail();
  }
}
drawDetail();
async function live() {
  if (!document.hidden) await attempt(refresh);
  setTimeout(() => void live(), 1000);
}
void live();
