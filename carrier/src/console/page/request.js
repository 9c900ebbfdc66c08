/** One request: what was asked, what was answered, and how it was signed. */
import { ask } from "./api.js";
import { $, button, make } from "./dom.js";
import { clock, took } from "./words.js";

/** `one` is null until one is chosen; `replayed` is told the number of what a replay sent. */
export function drawOne(one, replayed) {
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
    await replayed(request?.id);
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
