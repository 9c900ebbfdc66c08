/** What was said and done on a line, to be read. */

const names = { them: "Application", other: "Other person", me: "You", note: "", error: "Problem" };

export const elapsed = (ms) => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

export function createTranscript(log) {
  const list = log.querySelector("ol");
  const empty = log.querySelector(".empty");
  let startedAt = 0;
  return {
    /** Before a call: what one can do here. */
    invite(words) {
      empty.textContent = words;
      empty.hidden = false;
      list.replaceChildren();
    },
    begin() {
      startedAt = Date.now();
      empty.hidden = true;
      list.replaceChildren();
    },
    elapsed: () => elapsed(startedAt === 0 ? 0 : Date.now() - startedAt),
    /** Adds keys to the last line if it was the same person's keys; null if it was not. */
    addKeys(kind, verb, keys) {
      const last = list.lastElementChild;
      const words = last?.querySelector("p");
      if (last?.className !== kind || !words.textContent.startsWith(`${verb} `)) return null;
      if (!/^[0-9*#A-DwW]+$/.test(words.textContent.slice(verb.length + 1))) return null;
      words.textContent += keys;
      return last;
    },
    /** Adds a line and gives it back, to be marked as cut short. */
    add(kind, text) {
      empty.hidden = true;
      const item = document.createElement("li");
      const time = document.createElement("time");
      const who = document.createElement("span");
      const words = document.createElement("p");
      item.className = kind;
      time.textContent = this.elapsed();
      who.className = "who";
      who.textContent = names[kind];
      words.textContent = text;
      item.append(time, who, words);
      const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
      list.append(item);
      while (list.children.length > 2000) list.firstChild.remove();
      if (atEnd) log.scrollTop = log.scrollHeight;
      return item;
    },
  };
}
