/**
 * One line of this tab: a caller's, or one at which calls come in. It follows its call's events, shows and sounds them, and acts for its person.
 *
 * Doorway: `createLine({ kind, at, lineId, numbers, hooks })`, `lineId` as the carrier gave it for the address `at`.
 * `hooks.changed()` is told of every change that the list of lines shows, `hooks.rings(line)` of an incoming call,
 * `hooks.closed(line)` when the line is wanted no more. Only the selected line is heard, apart from its ring.
 */
import { ask, follow } from "./api.js";
import { endingOf } from "./ending.js";
import { createHearing } from "./hearing.js";
import { createKeypad } from "./keypad.js";
import { createTranscript } from "./transcript.js";
import { canListen, listen } from "./voice.js";

const defaultFrom = "+15550199000";
/** How long the tone after a call that came to nothing sounds, ms. */
const afterToneMs = 3000;

export function createLine({ kind, at, lineId, numbers, hooks }) {
  const element = document.getElementById("line").content.firstElementChild.cloneNode(true);
  const $ = (selector) => element.querySelector(selector);
  const button = (name) => $(`[data-do="${name}"]`);
  const transcript = createTranscript($(".log"));
  const line = {
    element,
    kind,
    at,
    name: kind === "caller" ? "Caller" : at,
    /** idle, dialling, incoming, talking, held, ended or closed. */
    state: "idle",
    /** What is going on: here, and in the list of lines. */
    what: "",
    brief: "",
    unheard: 0,
  };
  let call = null;
  let selected = false;
  /** Joined with another person. */
  let joined = false;
  let leaveCall = () => {};
  let leaveLine = () => {};
  let stopListening = null;

  const note = (who, text) => {
    if (!selected) {
      line.unheard++;
      hooks.changed();
    }
    return transcript.add(who, text);
  };
  /** Keys in a row are one line. */
  const noteKeys = (who, verb, keys) => transcript.addKeys(who, verb, keys) ?? note(who, `${verb} ${keys}`);
  const complain = (error) => void note("error", error.message);
  const act = (what, body) => call && ask("POST", `calls/${call.id}/${what}`, body).catch(complain);
  const hearing = createHearing({
    audible: () => selected && line.state !== "held",
    // Too late is no problem: the call is over then.
    heardOut: (utterance) => call && ask("POST", `calls/${call.id}/spoken`, { utterance }).catch(() => {}),
  });

  /* What one can do in which state. */
  const show = () => {
    const { state } = line;
    element.dataset.state = state;
    const onThePhone = state === "talking" || state === "held";
    const live = onThePhone || state === "dialling";
    button("answer").hidden = button("decline").hidden = button("quiet").hidden = state !== "incoming";
    button("hang-up").hidden = !live;
    button("hold").hidden = !onThePhone;
    button("hold").textContent = state === "held" ? "Resume" : "Hold";
    $(".dial").hidden = kind !== "caller" || live;
    $(".party").hidden = !live && state !== "incoming";
    const mute = state !== "talking";
    $(".keys").disabled = mute;
    $(".speech input").disabled = button("say").disabled = button("speak").disabled = mute;
    $(".status").textContent = line.what;
    hooks.changed();
  };
  const become = (state, what, brief = what) => {
    Object.assign(line, { state, what, brief });
    show();
  };
  /** Focus that would be lost with a button goes where one goes on. */
  const refocus = (target) => {
    if (element.contains(document.activeElement) || document.activeElement === document.body) target.focus();
  };

  const on = {
    ringing() {
      if (kind === "caller") {
        become("dialling", "Ringing");
        return hearing.tone("ringback");
      }
      become("incoming", "Incoming call");
      hearing.tone("ring", true);
      hooks.rings(line);
    },
    answered() {
      hearing.quiet();
      become("talking", "In call");
      note("note", "Answered");
      refocus($(".speech input"));
    },
    say(event) {
      const other = event.voice === "person";
      hearing.hear(event, note(other ? "other" : "them", event.text), other);
    },
    play(event) {
      const item =
        event.digits === null
          ? note("note", event.url === "hold music" ? "Hold music" : `Plays ${event.url}`)
          : noteKeys(joined ? "other" : "them", "Keys", event.digits);
      hearing.hear(event, item, joined);
    },
    "stop-speaking": () => hearing.cutShort(),
    beep({ tone }) {
      note("note", { fax: "A fax machine's tone", noise: "A noise" }[tone] ?? "Beep");
      hearing.sound(tone);
    },
    ringback({ on: rings }) {
      if (rings) {
        note("note", "It rings there");
        hearing.tone("ringback");
      } else hearing.quiet();
    },
    connected() {
      joined = true;
      note("note", "Connected with another person");
    },
    disconnected() {
      joined = false;
      note("note", "The other person has gone");
    },
    listening({ input, numDigits }) {
      const keys = numDigits ? `${numDigits} ${numDigits === 1 ? "key" : "keys"}` : "keys";
      $(".listening").textContent =
        `Listening for ${input.map((one) => (one === "dtmf" ? keys : "speech")).join(" and ")}`;
    },
    "not-listening"() {
      $(".listening").textContent = "";
    },
    paused: ({ seconds }) => note("note", `Silence, ${seconds} s`),
    error: ({ code, message }) => note("error", code ? `${code}: ${message}` : message),
    ended(event) {
      over(endingOf(kind, event));
      if (kind !== "caller" || event.seconds > 0) return;
      if (event.reason !== "busy" && event.reason !== "failed") return;
      hearing.tone(event.reason === "busy" ? "busy" : "reorder");
      setTimeout(hearing.quiet, afterToneMs);
    },
  };
  const join = (id) => {
    call = { id };
    joined = false;
    transcript.begin();
    const lost = () => over("Connection lost");
    leaveCall = follow(id, (event) => on[event.type]?.(event), lost);
  };
  const over = (sentence) => {
    leaveCall();
    leaveCall = () => {};
    hearing.stop();
    stopListening?.();
    call = null;
    $(".listening").textContent = "";
    note("note", sentence);
    become("ended", sentence, kind === "caller" ? "Not in a call" : "Waiting for a call");
    refocus(kind === "caller" ? $(".dial button") : $(".log"));
  };

  /* Acting. */
  line.press = (key) => {
    if (line.state !== "talking") return;
    noteKeys("me", "Pressed", key);
    void act("keys", { digits: key });
  };
  $(".keys").append(...createKeypad(line.press));
  const say = (text, confidence) => {
    if (text.trim() === "" || line.state !== "talking") return;
    note("me", text);
    void act("speech", confidence === undefined ? { text } : { text, confidence });
  };
  $(".speech").onsubmit = (event) => {
    event.preventDefault();
    const { words } = event.target.elements;
    say(words.value);
    words.value = "";
  };
  button("speak").hidden = !canListen;
  button("speak").onclick = () => {
    if (stopListening) return stopListening();
    const done = () => {
      stopListening = null;
      button("speak").setAttribute("aria-pressed", "false");
    };
    stopListening = listen({ heard: say, failed: (sentence) => note("error", sentence), over: done });
    button("speak").setAttribute("aria-pressed", "true");
  };
  button("answer").onclick = () => act("answer");
  button("decline").onclick = () => act("decline");
  button("hang-up").onclick = () => act("hang-up");
  button("hold").onclick = () => {
    const hold = line.state === "talking";
    hearing.quiet();
    if (hold) stopListening?.();
    void act("hold", { on: hold });
    note("me", hold ? "Put the call on hold" : "Resumed the call");
    become(
      hold ? "held" : "talking",
      hold ? "On hold: the other side hears music" : "In call",
      hold ? "On hold" : "In call",
    );
  };
  button("quiet").onclick = () => {
    hearing.quiet();
    become("incoming", "Incoming call, left ringing");
    button("quiet").hidden = true;
    refocus(button("answer"));
  };
  $(".dial").onsubmit = async (event) => {
    event.preventDefault();
    const { to, from } = event.target.elements;
    $(".party").textContent = to.value;
    become("dialling", "Calling");
    try {
      const { id } = await ask("POST", "calls", { to: to.value, from: from.value.trim() || undefined });
      join(id);
      refocus(button("hang-up"));
    } catch (error) {
      become("idle", "Not in a call");
      complain(error);
    }
  };

  /* Being there. */
  const lineTells = (event) => {
    if (event.type === "open") return become("idle", "Waiting for a call");
    if (event.type === "closed") return become("closed", "This line was closed");
    join(event.call);
    $(".party").textContent = event.from;
    note("note", `${event.from} calls ${event.to}`);
  };
  line.select = (yes) => {
    if (yes === selected) return;
    // What is being said is not heard any more; a ring goes on.
    if (selected && line.state !== "incoming") hearing.leave();
    selected = yes;
    if (yes) line.unheard = 0;
    element.hidden = !yes;
  };
  line.close = () => {
    clearInterval(ticking);
    leaveCall();
    leaveLine();
    hearing.stop();
    const leave = (method, path) => void ask(method, path, undefined, { keepalive: true }).catch(() => {});
    if (call && kind === "caller") leave("POST", `calls/${call.id}/hang-up`);
    if (lineId) leave("DELETE", `lines/${lineId}`);
    element.remove();
  };
  button("close").onclick = () => hooks.closed(line);
  const ticking = setInterval(() => {
    if (call && line.state !== "incoming") $(".clock").textContent = transcript.elapsed();
  }, 500);

  // It scrolls, so the keyboard has to reach it.
  $(".log").tabIndex = 0;
  $(".party").dataset.label = kind === "caller" ? "Calling" : "Call from";
  $("h2").textContent = kind === "caller" ? "Caller" : `Called at ${at}`;
  element.setAttribute("aria-label", line.name);
  element.hidden = true;
  if (kind === "caller") prepareDialling();
  else {
    transcript.invite(
      `When an application calls or dials ${at}, it rings here, and you decide what happens. Whoever was put there by a script has to wait until this line is closed.`,
    );
    become("idle", "Opening the line");
    leaveLine = follow(lineId, lineTells, () => become("closed", "This line was closed"));
  }
  return line;

  function prepareDialling() {
    const { from, to } = $(".dial").elements;
    from.value = defaultFrom;
    for (const { number, friendlyName } of numbers)
      to.add(new Option(friendlyName === number ? number : `${friendlyName} ${number}`, number));
    transcript.invite(
      numbers.length === 0
        ? "This carrier has no numbers. Start it with --numbers, or make one by REST."
        : "Choose a number and call it. What you hear is written here.",
    );
    become("idle", "Not in a call");
    if (numbers.length === 0) for (const field of $(".dial").elements) field.disabled = true;
  }
}
