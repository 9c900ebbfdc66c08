/** Elements. Everything that came from an application or a caller is set as text, never as markup. */
export const $ = (id) => document.getElementById(id);

/** Does what a button says; a failure is told where everybody sees it. */
export async function attempt(act) {
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

export function make(name, text, className) {
  const element = document.createElement(name);
  if (text !== undefined && text !== null) element.textContent = text;
  if (className) element.className = className;
  return element;
}
export function button(text, act) {
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
export function fill(list, rows, empty) {
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
export function row(id, className, parts, current, choose) {
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
