/* Everything that came from an application or a caller is set as text, never as markup. */
const api = new URL("_carrier/", location.href);
const key = new URLSearchParams(location.search).get("key") || "";
const $ = (id) => document.getElementById(id);
const shares = {
  duplicate: "twice",
  drop: "never",
  reorder: "overtaken by the next",
  delay: "late",
  loseConnection: "no connection",
  loseRequest: "request lost",
  loseAnswer: "answer lost",
  tooMany: "429",
  fail: "503",
};
const kinds = ["busy", "rejected", "no-answer", "unavailable", "failed"];
let overview = null;
let chosenCall = "";
let chosen = 0;
let detail = null;
let ratesDrawn = "";

async function ask(path, method = "GET", body) {
  const response = await fetch(new URL(path, api), {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ? answer.error.message : response.statusText);
  return answer;
}

/** Does what a button says; a failure is told where everybody sees it. */
async function attempt(act) {
  try {
    await act();
    trouble("");
  } catch (error) {
    trouble(
      error instanceof TypeError
        ? "The carrier does not answer. It may have been ended; this page tries again every second."
        : error.message,
    );
  }
}
function trouble(text) {
  $("trouble").hidden = text === "";
  if ($("trouble").textContent !== text) $("trouble").textContent = text;
}

function make(name, text, className) {
  const element = document.createElement(name);
  if (text !== undefined && text !== null) element.textContent = text;
  if (className) element.className = className;
  return element;
}
function button(text, act) {
  const one = make("button", text, "button");
  one.type = "button";
  one.addEventListener("click", () => {
    one.disabled = true;
    void attempt(act).finally(() => {
      one.disabled = false;
    });
  });
  return one;
}
/** Only what changed is drawn again: whoever stands on a row with the keyboard keeps the place. */
function fill(list, rows, empty) {
  const text = JSON.stringify(rows.map((row) => row.text));
  if (list.dataset.text === text) return;
  const at = list.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  const nearEnd =
    list.dataset.follows !== undefined &&
    list.parentElement.scrollTop + list.parentElement.clientHeight > list.parentElement.scrollHeight - 40;
  list.dataset.text = text;
  list.replaceChildren(
    ...rows.map((row) => {
      const item = make("li");
      item.append(row.make());
      return item;
    }),
  );
  if (rows.length === 0) list.append(make("li", empty, "empty"));
  if (at !== undefined)
    [...list.querySelectorAll("button")].find((one) => one.dataset.id === at)?.focus({ preventScroll: true });
  if (nearEnd) list.parentElement.scrollTop = list.parentElement.scrollHeight;
}
function row(id, className, parts, current, choose) {
  return {
    text: [id, className, parts, current],
    make: () => {
      const one = make(choose ? "button" : "div", undefined, `${choose ? "row" : "plain"} ${className}`);
      for (const [text, partClass] of parts) one.append(make("span", text, partClass));
      if (choose) {
        one.type = "button";
        one.dataset.id = id;
        one.setAttribute("aria-current", String(current));
        one.addEventListener("click", choose);
      }
      return one;
    },
  };
}

const pad = (number, length = 2) => String(number).padStart(length, "0");
const clock = (ms) => new Date(ms).toISOString().slice(11, 23);
/** Since the call began: `+2:05.5`. */
const since = (ms) => {
  const all = Math.max(0, ms);
  return `+${Math.floor(all / 60000)}:${pad(Math.floor(all / 1000) % 60)}.${Math.floor(all / 100) % 10}`;
};
const lasted = (ms) =>
  ms < 60_000
    ? `${Math.round(ms / 1000)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round(ms / 1000) % 60} s`;
const took = (ms) => (ms === null ? "" : `${Math.round(ms)} ms`);
const pathOf = (url) => {
  try {
    return new URL(url).pathname;
  } catch {
    return url;
  }
};
const matches = (...texts) => {
  const wanted = $("filter").value.trim().toLowerCase();
  return wanted === "" || texts.some((text) => String(text).toLowerCase().includes(wanted));
};
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const directions = { inbound: "in", "outbound-api": "out", "outbound-dial": "dialled" };
const verbs = {
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

function drawNumbers({ numbers, farEnds, calls }) {
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
  fill(
    $("far"),
    farEnds.map(({ number, behaviour, calls }) => ({
      text: [number, behaviour, calls],
      make: () => {
        const line = make("div", undefined, "plain");
        line.append(
          make("span", number, "number"),
          button("Remove", () => ask(`far-ends/${encodeURIComponent(number)}`, "DELETE").then(refresh)),
          make("span", `${nameOf(behaviour)} · ${plural(calls, "call")}`, "dim"),
        );
        line.querySelector("button").setAttribute("aria-label", `Remove who is at ${number}`);
        return line;
      },
    })),
    "Nobody in particular: whoever is called answers after two seconds and listens.",
  );
  const called = [...new Set(calls.filter((call) => call.direction !== "inbound").map((call) => call.to))];
  if ($("called").dataset.text !== called.join()) {
    $("called").dataset.text = called.join();
    $("called").replaceChildren(...called.map((to) => new Option(to, to)));
  }
}
function nameOf(behaviour) {
  if (typeof behaviour === "string") return behaviour;
  if (Array.isArray(behaviour)) return `${plural(behaviour.length, "behaviour")} in turn`;
  const inner = behaviour.phoneSystem || behaviour;
  if (inner.name) return inner.name;
  return behaviour.phoneSystem
    ? "a phone system"
    : inner.steps
      ? `a script of ${plural(inner.steps.length, "step")}`
      : "somebody";
}

const answerOf = (one) =>
  one.code !== null
    ? `${one.code}`
    : one.status === null
      ? "on its way"
      : one.fromCache
        ? `${one.status} kept`
        : `${one.status}`;
const toneOf = (one) =>
  one.code !== null || one.status >= 400 ? "error" : one.warnings > 0 ? "warning" : "";
function drawStory({ story, requests, calls }) {
  $("h-story").textContent = story ? `${story.call.from} → ${story.call.to}` : "Requests";
  const state = story ? `${story.call.sid} ${story.live}` : "";
  if ($("actions").dataset.text !== state) {
    $("actions").dataset.text = state;
    $("actions").replaceChildren(
      ...(story?.live
        ? [button("End call", () => ask(`console/calls/${story.call.sid}/hang-up`, "POST").then(refresh))]
        : []),
    );
  }
  drawAbout(story);
  if (!story) {
    const rows = requests.filter((one) => matches(one.document, one.about, one.status, one.code, one.method));
    fill(
      $("story"),
      rows.map((one) =>
        row(
          `r${one.id}`,
          "",
          [
            [`${one.method} ${pathOf(one.document)}`],
            [answerOf(one), `number ${toneOf(one)}`],
            [
              `${clock(one.at)} · ${one.controlsCall ? "asks" : "tells"}${one.warnings ? ` · ${plural(one.warnings, "warning")}` : ""}`,
              "dim number",
            ],
            [took(one.tookMs), "dim number"],
          ],
          chosen === one.id,
          () => open(one.id),
        ),
      ),
      requests.length > 0
        ? "No request matches the filter."
        : calls.length > 0
          ? "No request has been made about this."
          : "No call yet. Open the telephone and call one of the numbers, or place a call by REST.",
    );
    return;
  }
  const byId = new Map(requests.map((one) => [one.id, one]));
  const several = story.children.length > 0;
  const person = story.call.direction === "inbound" ? "caller" : "callee";
  const rows = story.moments
    .filter((one) => matches(one.text, one.what, one.who ?? "", verbs[one.what] ?? ""))
    .map((one, at) => {
      const about = one.request === null ? undefined : byId.get(one.request);
      const tone =
        one.what === "alert" || one.what === "error"
          ? "error"
          : one.what === "warning"
            ? "warning"
            : about
              ? toneOf(about)
              : one.who === null
                ? ""
                : "dim";
      const name = one.who === null ? "" : several ? `…${one.who.slice(-4)} ` : `${person} `;
      const words = about ? `${about.method} ${pathOf(about.document)}` : one.text;
      const parts = [
        [since(one.at - story.startedAt), "dim number"],
        [`${name}${verbs[one.what] ?? one.what}`, one.who === null ? "" : "dim"],
        [words, one.who === null ? tone : ""],
        [
          about ? `${answerOf(about)}${about.warnings ? ` · ${plural(about.warnings, "warning")}` : ""}` : "",
          `number ${tone}`,
        ],
      ];
      return row(
        about ? `r${about.id}` : `m${at}`,
        "moment",
        parts,
        about !== undefined && chosen === about.id,
        about ? () => open(about.id) : undefined,
      );
    });
  fill($("story"), rows, "Nothing matches the filter.");
}
function drawAbout(story) {
  const state = story
    ? JSON.stringify([
        story.call.sid,
        story.call.status,
        story.call.duration,
        story.call.answered_by,
        story.children.map((one) => [one.sid, one.status]),
        story.recordings,
        story.left,
      ])
    : "";
  if ($("about").dataset.text === state) return;
  $("about").dataset.text = state;
  if (!story) return $("about").replaceChildren();
  const facts = make("dl");
  const fact = (name, value) => facts.append(make("dt", name), make("dd", value));
  const { call } = story;
  fact("Call", call.sid);
  fact(
    "State",
    [call.status, call.duration && `${call.duration} s`, call.answered_by].filter(Boolean).join(" · "),
  );
  for (const child of story.children) fact("Dialled", `${child.to} · ${child.status} · ${child.sid}`);
  const tapes = story.recordings.map((one) => {
    if (one.status !== "completed") return make("p", `Recording ${one.sid}: ${one.status}`, "dim");
    const sound = make("audio");
    Object.assign(sound, { controls: true, preload: "none", src: new URL(one.url).pathname });
    sound.setAttribute("aria-label", `Recording ${one.sid}`);
    return sound;
  });
  $("about").replaceChildren(
    facts,
    ...tapes,
    ...(story.left ? [make("p", `${story.left} earlier moments are not shown.`, "dim")] : []),
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
    drawOne();
  });
}
function drawOne() {
  const one = detail;
  if (!one)
    return $("one").replaceChildren(
      make("p", "Choose a request to see what was asked, what was answered, and how it was signed.", "empty"),
    );
  const facts = make("dl");
  const fact = (name, value, className) => facts.append(make("dt", name), make("dd", value, className));
  fact("Sent", `${clock(one.at)} UTC, ${one.controlsCall ? "the answer steers the call" : "to inform only"}`);
  fact("To", `${one.method} ${one.url}`);
  fact("About", one.about);
  fact(
    "Answer",
    one.problem
      ? `${one.problem.code} ${one.problem.message}`
      : one.status === null
        ? "none yet"
        : `${one.status} ${one.contentType ?? ""} after ${took(one.tookMs)}${one.fromCache ? ", kept from before" : ""}`,
    one.problem ? "error" : "",
  );
  const replay = button("Replay", async () => {
    const { request } = await ask(`console/requests/${one.id}/replay`, "POST");
    if (request) await open(request.id);
    await refresh();
  });
  replay.title = "Sends the same once more, signed; changes no call";
  const params = make("dl", undefined, "params");
  for (const [name, value] of one.parameters) params.append(make("dt", name), make("dd", value));
  const answer = one.lines
    ? drawTwiml(one.lines)
    : make(
        "pre",
        one.body === ""
          ? "empty"
          : (one.body ?? (one.controlsCall ? "none" : "not read: such answers change nothing")),
      );
  const placed = new Set(
    (one.lines ?? []).flatMap((line) => line.warnings.map((warning) => `${warning.code} ${warning.message}`)),
  );
  const others = one.warnings
    .map((warning) => `${warning.code ?? ""} ${warning.message}`.trim())
    .filter((text) => !placed.has(text));
  $("one").replaceChildren(
    facts,
    replay,
    make("h3", one.lines ? "Answer: TwiML" : "Answer"),
    answer,
    ...(others.length ? [make("h3", "Also complained of"), make("pre", others.join("\n"), "warning")] : []),
    make("h3", one.method === "GET" ? "Parameters, in the query" : "Parameters, in the form"),
    one.parameters.length ? params : make("p", "none", "dim"),
    drawSignature(one),
  );
  $("one").parentElement.scrollTop = 0;
}
function drawTwiml(lines) {
  const code = make("div", undefined, "code");
  for (const line of lines) {
    const text = make("div", line.text, line.warnings.length ? "flagged" : "");
    text.style.setProperty("--depth", String(line.depth));
    code.append(text);
    for (const warning of line.warnings) {
      const note = make("div", `${warning.code} ${warning.message}`, "note");
      note.style.setProperty("--depth", String(line.depth));
      code.append(note);
    }
  }
  return code;
}
function drawSignature({ help }) {
  const box = make("details");
  const table = make("table");
  const rows = help.mistakes.map(({ because, signature }) => {
    const line = make("tr");
    const head = make("th", because);
    head.scope = "row";
    line.append(head, make("td", signature));
    table.append(line);
    return [signature, line, because];
  });
  const given = make("input");
  Object.assign(given, { id: "computed", autocomplete: "off", spellcheck: false });
  const label = make("label", "What your application computes: ");
  label.htmlFor = "computed";
  const said = make("p", "", "dim");
  said.setAttribute("role", "status");
  given.addEventListener("input", () => {
    const text = given.value.trim();
    const found = rows.find(([signature]) => signature === text);
    said.textContent =
      text === ""
        ? ""
        : text === help.signature
          ? "That is right: the signature holds."
          : found
            ? `Your application sees another request: ${found[2]}.`
            : "None of these: most often another auth token.";
    for (const [signature, line] of rows) line.className = signature === text ? "warning" : "";
  });
  box.append(
    make("summary", "Signature"),
    make("p", `X-Twilio-Signature: ${help.signature}`),
    make("p", "The base64 of HMAC-SHA1, keyed with the auth token, over this text:", "dim"),
    make("pre", help.signed),
    make("h3", "If it does not hold in your application"),
    label,
    given,
    said,
    table,
  );
  return box;
}

function drawFaults({ faults }) {
  $("faulty").textContent = faults ? "on" : "off";
  const state = JSON.stringify(faults);
  if (state === ratesDrawn || $("faults").contains(document.activeElement)) return;
  ratesDrawn = state;
  for (const input of $("rates").querySelectorAll("input")) {
    const [group, name] = input.id.split("-");
    const value = faults?.[group]?.[name];
    input.value = String(value ?? input.dataset.usual);
  }
}
const groups = {
  statusCallbacks: ["duplicate", "drop", "reorder", "delay", "delaySeconds"],
  voiceRequests: ["loseConnection", "loseRequest", "loseAnswer", "delay", "delaySeconds"],
  restRequests: ["tooMany", "fail", "loseAnswer", "delay", "delaySeconds"],
};
const groupNames = {
  statusCallbacks: "Callbacks",
  voiceRequests: "Voice requests",
  restRequests: "REST requests",
};
for (const [group, names] of Object.entries(groups))
  for (const name of names) {
    const seconds = name === "delaySeconds";
    const label = make("label", `${groupNames[group]} ${seconds ? "late by, s" : shares[name]}`);
    const input = make("input");
    Object.assign(input, {
      id: `${group}-${name}`,
      type: "number",
      min: "0",
      max: seconds ? "3600" : "1",
      step: seconds ? "1" : "0.05",
      value: seconds ? "5" : "0",
    });
    input.dataset.usual = input.value;
    label.htmlFor = input.id;
    $("rates").append(label, input);
  }
$("faults").addEventListener("submit", (event) => {
  event.preventDefault();
  const body = Object.fromEntries(
    Object.entries(groups).map(([group, names]) => [
      group,
      Object.fromEntries(names.map((name) => [name, Number($(`${group}-${name}`).value)])),
    ]),
  );
  void attempt(() => ask("console/faults", "PUT", body).then(refresh));
});
$("off").addEventListener("click", () => void attempt(() => ask("console/faults", "DELETE").then(refresh)));

for (const [text, value] of [...kinds.map((kind) => [kind, kind]), ["script or phone system", "json"]])
  $("farkind").append(new Option(text, value));
const showJson = () => {
  const json = $("farkind").value === "json";
  $("farjson").hidden = $("farjsonlabel").hidden = !json;
};
$("farkind").addEventListener("change", showJson);
$("farjson").value = JSON.stringify(
  { steps: [{ say: "Hello?" }, { hear: "/claim/i", say: "It was paid." }, { hangUp: true }] },
  null,
  2,
);
showJson();
$("farform").addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(async () => {
    $("farsaid").textContent = "";
    let who = $("farkind").value;
    if (who === "json") {
      try {
        who = JSON.parse($("farjson").value);
      } catch (error) {
        $("farsaid").textContent = `Expected JSON: ${error.message}`;
        return;
      }
    }
    try {
      await ask(`far-ends/${encodeURIComponent($("farnumber").value.trim())}`, "PUT", who);
      $("farsaid").textContent = "There now.";
    } catch (error) {
      $("farsaid").textContent = error.message;
    }
    await refresh();
  });
});

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
  drawStory(overview);
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
    drawOne();
  }
}
drawOne();
async function live() {
  if (!document.hidden) await attempt(refresh);
  setTimeout(() => void live(), 1000);
}
void live();
