/** Who is at a number that is called: shown, removed, and put there. */
import { ask } from "./api.js";
import { $, attempt, button, fill, make } from "./dom.js";
import { plural } from "./words.js";

const kinds = ["busy", "rejected", "no-answer", "unavailable", "failed"];

export function drawFarEnds({ farEnds, calls }, refresh) {
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

/** What follows when somebody was put at a number. */
export function whenSomebodyIsPut(refresh) {
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
}
