/**
 * One line of this tab: a caller's, or one at which calls come in. It follows its call's events, shows and sounds them, and acts for its person.
 *
 * Doorway: `createLine({ kind, at, lineId, numbers, hooks })`, `lineId` as the carrier gave it for the address `at`. `hooks.changed()` is told of every change that the list of lines shows,
 * `hooks.rings(line)` of an incoming call, `hooks.closed(line)` when it is over. Only the selected line is heard, apart from its ring.
 */
import { ask, follow } from "./api.js";
import { createKeypad } from "./keypad.js";
import { beep, begin, cough, fax, keyTones } from "./sounds.js";
import { createTranscript } from "./transcript.js";
import { canListen, listen, speak, stopSpeaking } from "./voice.js";

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
    state: "idle",
    /** What is going on: here, and in the list of lines. */
    what: "",
    brief: "",
    unheard: 0,
  };
  let call = null;
  let selected = false;
  /** Stop what follows events, and what sounds. */
  let leaveCall = () => {};
  let leaveLine = () => {};
  let tone = () => {};
  /** What is being said to this person: utterance to its item in the transcript and its timer. */
  const sounding = new Map();
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
  const ring = (name) => {
    tone();
    tone = name === "ring" || selected ? begin(name) : () => {};
  };
  const quiet = () => {
    tone();
    tone = () => {};
  };

  /* What one can do in which state. */
  const show = () => {
    const { state } = line;
    element.dataset.state = state;
    const live = state === "talking" || state === "dialling";
    button("answer").hidden = button("decline").hidden = button("quiet").hidden = state !== "incoming";
    button("hang-up").hidden = !live;
    $(".dial").hidden = kind !== "caller" || live;
    $(".party").hidden = !live && state !== "incoming";
    const mute = state !== "talking";
    $(".keys").disabled = mute;
    $(".speech input").disabled = button("say").disabled = button("speak").disabled = mute;
    $(".status").textContent = line.what;
    hooks.changed();
  };
  const become = (state, what, brief = what) => {
    line.state = state;
    line.what = what;
    line.brief = brief;
    show();
  };
  /** Focus that would be lost with a button goes where one goes on. */
  const refocus = (target) => {
    if (element.contains(document.activeElement) || document.activeElement === document.body) target.focus();
  };

  /* Hearing. */
  const heardOut = (utterance) => {
    const one = sounding.get(utterance);
    if (!one) return;
    clearTimeout(one.timer);
    sounding.delete(utterance);
    // What another person says is waited for by nobody.
    if (!one.person) void act("spoken", { utterance });
  };
  const hear = ({ utterance, text, language, voice, estimatedMs }, item) => {
    const one = { item, person: voice === "person", timer: 0 };
    sounding.set(utterance, one);
    const spoken = selected && text !== undefined && speak(text, language, () => heardOut(utterance));
    if (!spoken) one.timer = setTimeout(heardOut, estimatedMs, utterance);
  };
  const cutShort = () => {
    for (const { item, timer } of sounding.values()) {
      clearTimeout(timer);
      item.classList.add("cut");
    }
    sounding.clear();
    if (selected) stopSpeaking();
    quiet();
  };

  const on = {
    ringing() {
      become(
        line.kind === "caller" ? "dialling" : "incoming",
        line.kind === "caller" ? "Ringing" : "Incoming call",
      );
      ring(line.kind === "caller" ? "ringback" : "ring");
      if (line.kind === "called") hooks.rings(line);
    },
    answered() {
      quiet();
      become("talking", "In call");
      note("note", "Answered");
      refocus($(".speech input"));
    },
    say: (event) => hear(event, note(event.voice === "person" ? "other" : "them", event.text)),
    play(event) {
      if (event.digits !== null) {
        if (selected) keyTones(event.digits);
        return hear(event, noteKeys("other", "Keys", event.digits));
      }
      const music = event.url === "hold music";
      hear(event, note("note", music ? "Hold music" : `Plays ${event.url}`));
      if (!music) return;
      ring("music");
      const { timer } = sounding.get(event.utterance);
      clearTimeout(timer);
      sounding.get(event.utterance).timer = setTimeout(() => {
        quiet();
        heardOut(event.utterance);
      }, event.estimatedMs);
    },
    "stop-speaking": cutShort,
    beep(event) {
      note("note", { fax: "A fax machine's tone", noise: "A noise" }[event.tone] ?? "Beep");
      if (selected) (event.tone === "fax" ? fax : event.tone === "noise" ? cough : beep)();
    },
    connected: () => note("note", "Connected with another person"),
    disconnected: () => note("note", "The other person has gone"),
    listening(event) {
      const keys = event.numDigits ? `${event.numDigits} ${event.numDigits === 1 ? "key" : "keys"}` : "keys";
      const by = event.input.map((one) => (one === "dtmf" ? keys : "speech")).join(" and ");
      $(".listening").textContent = `Listening for ${by}`;
    },
    "not-listening": () => {
      $(".listening").textContent = "";
    },
    paused: (event) => note("note", `Silence, ${event.seconds} s`),
    error: (event) => note("error", event.code ? `${event.code}: ${event.message}` : event.message),
    ended(event) {
      over(endingOf(line.kind, event));
      const lost = line.kind === "caller" && event.seconds === 0;
      if (lost && (event.reason === "busy" || event.reason === "failed")) {
        ring(event.reason === "busy" ? "busy" : "reorder");
        setTimeout(quiet, afterToneMs);
      }
    },
  };
  const join = (id, callSid) => {
    call = { id, callSid };
    transcript.begin();
    leaveCall = follow(
      `calls/${id}`,
      (event) => on[event.type]?.(event),
      () => over("Connection lost"),
    );
  };
  const over = (sentence) => {
    leaveCall();
    leaveCall = () => {};
    quiet();
    stopListening?.();
    for (const { timer } of sounding.values()) clearTimeout(timer);
    sounding.clear();
    if (selected) stopSpeaking();
    call = null;
    $(".listening").textContent = "";
    note("note", sentence);
    become("ended", sentence, kind === "caller" ? "Not in a call" : "Waiting for a call");
    refocus(line.kind === "caller" ? $(".dial button") : $(".log"));
  };

  /* Acting. */
  const press = (key) => {
    if (line.state !== "talking") return;
    noteKeys("me", "Pressed", key);
    void act("keys", { digits: key });
  };
  $(".keys").append(...createKeypad(press));
  line.press = press;
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
    const over = () => {
      stopListening = null;
      button("speak").setAttribute("aria-pressed", "false");
    };
    stopListening = listen({ heard: say, failed: (sentence) => note("error", sentence), over });
    button("speak").setAttribute("aria-pressed", "true");
  };
  button("answer").onclick = () => act("answer");
  button("decline").onclick = () => act("decline");
  button("hang-up").onclick = () => act("hang-up");
  button("quiet").onclick = () => {
    quiet();
    button("quiet").hidden = true;
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
      const { id, callSid } = await ask("POST", "calls", {
        to: to.value,
        from: from.value.trim() || undefined,
      });
      join(id, callSid);
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
    join(event.call, event.callSid);
    $(".party").textContent = event.from;
    note("note", `${event.from} calls ${event.to}`);
  };
  line.select = (yes) => {
    if (yes === selected) return;
    if (selected) {
      stopSpeaking();
      if (line.state !== "incoming") quiet();
    }
    selected = yes;
    if (yes) line.unheard = 0;
    element.hidden = !yes;
  };
  line.close = () => {
    if (call && kind === "caller")
      void ask("POST", `calls/${call.id}/hang-up`, undefined, { keepalive: true }).catch(() => {});
    leaveCall();
    leaveLine();
    quiet();
    if (lineId) void ask("DELETE", `lines/${lineId}`, undefined, { keepalive: true }).catch(() => {});
    element.remove();
  };
  button("close").onclick = () => hooks.closed(line);
  setInterval(() => {
    const live = line.state === "talking" || line.state === "dialling";
    if (live) $(".clock").textContent = transcript.elapsed();
  }, 500);

  // It scrolls, so the keyboard has to reach it.
  $(".log").tabIndex = 0;
  $(".party").dataset.label = kind === "caller" ? "Calling" : "Call from";
  $("h2").textContent = kind === "caller" ? "Caller" : `Called at ${at}`;
  element.setAttribute("aria-label", line.name);
  element.hidden = true;
  if (kind === "caller") {
    $(".dial").elements.from.value = defaultFrom;
    for (const { number, friendlyName } of numbers)
      $(".dial select").add(
        new Option(friendlyName === number ? number : `${friendlyName} ${number}`, number),
      );
    transcript.invite(
      numbers.length === 0
        ? "This carrier has no numbers. Start it with --numbers, or make one by REST."
        : "Choose a number and call it. What you hear is written here.",
    );
    become("idle", "Not in a call");
    if (numbers.length === 0) for (const field of $(".dial").elements) field.disabled = true;
  } else {
    transcript.invite(
      `When an application calls or dials ${at}, it rings here, and you decide what happens. Whoever was put there by a script has to wait until this line is closed.`,
    );
    become("idle", "Opening the line");
    leaveLine = follow(`lines/${lineId}`, lineTells, () => become("closed", "This line was closed"));
  }
  return line;
}

/** How a call ended, for the person on this side. */
function endingOf(kind, { reason, by, seconds }) {
  const mine = kind === "caller" ? "caller" : "callee";
  if (reason === "completed") {
    const who = {
      [mine]: "you hung up",
      application: "the application hung up",
      carrier: "the carrier ended it",
    }[by];
    return `Call ended after ${seconds} s: ${who ?? "the other side hung up"}`;
  }
  if (kind === "called") {
    if (reason === "busy") return "Declined";
    if (reason === "canceled")
      return (
        { callee: "Answered elsewhere", caller: "The caller gave up" }[by] ??
        "The application stopped ringing here"
      );
    if (reason === "no-answer") return "Missed call";
  }
  return (
    { busy: "Busy", "no-answer": "No answer", failed: "The call failed", canceled: "Canceled" }[reason] ??
    reason
  );
}
