/** Faults, switched on and off: shares of all requests of a kind. */
import { ask } from "./api.js";
import { $, attempt, make } from "./dom.js";

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
let drawn = "";

export function drawFaults({ faults }) {
  $("faulty").textContent = faults ? "on" : "off";
  const state = JSON.stringify(faults);
  if (state === drawn || $("faults").contains(document.activeElement)) return;
  drawn = state;
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
/** What follows when they were changed. */
export function whenFaultsChange(refresh) {
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
}
