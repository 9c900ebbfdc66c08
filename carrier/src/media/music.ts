/** What is heard where no samples are known: on hold, and of media that cannot be read. Four notes, over and over. Pure. */
import { type Sound, samplesIn, tone } from "./sound.ts";

const notes = [262, 330, 392, 330].map((hertz) => tone([hertz], 4000));
const noteSamples = samplesIn(500);

export const music: Sound = {
  addTo(into, at, from, count) {
    for (let done = 0; done < count; ) {
      const position = from + done;
      const left = noteSamples - (position % noteSamples);
      const some = Math.min(left, count - done);
      notes[Math.floor(position / noteSamples) % notes.length]!.addTo(into, at + done, position, some);
      done += some;
    }
  },
};
