/** One call as it went, or everybody's requests: what was said, asked, answered and complained of. */
import { ask } from "./api.js";
import { $, button, fill, make, row } from "./dom.js";
import { clock, matches, pathOf, plural, since, took, verbs } from "./words.js";

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
/** `chosen` is the request that is shown beside it; `open` shows another. */
export function drawStory({ story, requests, calls }, { chosen, open, refresh }) {
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
