/** The two tones a telephone key makes, by WebAudio. Silent where the browser has none. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keypad = "123456789*0#";
let audio: AudioContext | null = null;

export const keypadKeys: readonly string[] = [...keypad];

export function playTone(key: string) {
  const at = keypad.indexOf(key);
  const pair = [rows[Math.floor(at / 3)], columns[at % 3]];
  if (at < 0 || !("AudioContext" in window)) return;
  audio ??= new AudioContext();
  const gain = audio.createGain();
  gain.gain.value = 0.05;
  gain.connect(audio.destination);
  for (const hertz of pair) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz ?? 0;
    tone.connect(gain);
    tone.start();
    tone.stop(audio.currentTime + 0.12);
  }
}
