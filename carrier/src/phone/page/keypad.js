/** Twelve keys that sound as they should. */
import { keyTone } from "./sounds.js";

const letters = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ" };

export function createKeypad(press) {
  return [..."123456789*0#"].map((key) => {
    const button = document.createElement("button");
    const small = document.createElement("small");
    button.type = "button";
    button.textContent = key;
    const name = { "*": "Star", "#": "Pound" }[key];
    if (name) button.setAttribute("aria-label", `${key} ${name}`);
    small.setAttribute("aria-hidden", "true");
    small.textContent = letters[key] ?? "";
    button.append(small);
    button.onclick = () => {
      keyTone(key);
      press(key);
    };
    return button;
  });
}
