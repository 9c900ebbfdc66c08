/** Everything that sounds and is no word: keys, rings, tones, music on hold. Made here, by Web Audio; nothing is loaded. */

let context = null;
let on = true;
const playing = new Set();

/** False while the browser lets this page make no sound because nobody has clicked in it yet. */
export const allowed = () => audio().state === "running";

function audio() {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  return context;
}

export function setSounds(wanted) {
  on = wanted;
  if (!on) for (const stop of [...playing]) stop();
}
export const soundsOn = () => on;

/** Frequencies in Hz, together, for so long. */
function sound(
  frequencies,
  seconds,
  { volume = 0.08, type = "sine", delay = 0, to = audio().destination } = {},
) {
  if (!on) return;
  const at = context.currentTime + delay;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.01);
  gain.gain.setValueAtTime(volume, at + seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  gain.connect(to);
  for (const hertz of frequencies) {
    const oscillator = context.createOscillator();
    oscillator.type = type;
    oscillator.frequency.value = hertz;
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }
}

// Dual tones of the keypad (ITU-T Q.23).
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const layout = ["123A", "456B", "789C", "*0#D"];

export function keyTone(key, delay = 0) {
  const row = layout.findIndex((line) => line.includes(key));
  if (row >= 0) sound([rows[row], columns[layout[row].indexOf(key)]], 0.14, { delay });
}

/** Keys that are played, with their pauses `w` and `W`. */
export function keyTones(keys) {
  let at = 0;
  for (const key of keys) {
    keyTone(key, at);
    at += key === "w" ? 0.5 : key === "W" ? 1 : 0.2;
  }
}

export const beep = () => sound([1000], 0.5);
/** A fax machine's call (ITU-T T.30). */
export const fax = () => sound([1100], 0.5);
export const cough = () => sound([90, 137, 211], 0.25, { type: "sawtooth", volume: 0.03 });

/** Tones of the North American network (440 + 480 Hz and so on), a ring and a melody of our own. */
const repeating = {
  ringback: { every: 6, play: (to) => sound([440, 480], 2, { to }) },
  busy: { every: 1, play: (to) => sound([480, 620], 0.5, { to }) },
  reorder: { every: 0.5, play: (to) => sound([480, 620], 0.25, { to }) },
  ring: {
    every: 4,
    play(to) {
      for (let step = 0; step < 10; step++)
        sound([step % 2 === 0 ? 660 : 880], 0.11, { delay: step * 0.12, volume: 0.06, to });
    },
  },
  music: {
    every: 4.8,
    play(to) {
      for (const [step, hertz] of [262, 330, 392, 523, 392, 330, 294, 349, 440, 587, 440, 349].entries())
        sound([hertz], 0.38, { delay: step * 0.4, volume: 0.04, type: "triangle", to });
    },
  },
};

/** Begins a tone that repeats; the answer ends it at once. */
export function begin(name) {
  if (!on) return () => {};
  const { every, play } = repeating[name];
  const bus = audio().createGain();
  bus.connect(context.destination);
  play(bus);
  const timer = setInterval(play, every * 1000, bus);
  const stop = () => {
    clearInterval(timer);
    playing.delete(stop);
    bus.disconnect();
  };
  playing.add(stop);
  return stop;
}
