/** Stories of callers who wait: queues. */
import { callBack } from "../applications/call-back.ts";
import { cardCapture } from "../applications/card-capture.ts";
import { supportQueue } from "../applications/support-queue.ts";
import type { Tale } from "../play-story.ts";

export const waiting: Readonly<Record<string, Tale>> = {
  "support-queue": {
    application: supportQueue,
    told: [
      {
        story: "two wait, the agent takes the first",
        callers: [
          [0, "Ann", [{ hear: "Dora", say: "My claim." }]],
          [2, "Bob", [{ silentSeconds: 25 }, { hangUp: true }]],
        ],
        visits: [[8, "/web/next"]],
        there: {
          Dora: { steps: [{ afterSeconds: 5, say: "Dora here." }, { silentSeconds: 4 }, { hangUp: true }] },
        },
      },
      {
        story: "leaves the queue for a message",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "star", press: "*" },
              { hear: "message", say: "Call me." },
              { silentSeconds: 1 },
              { press: "#" },
            ],
          ],
        ],
      },
      {
        story: "a wrong key while waiting, then hangs up",
        callers: [
          [
            0,
            "Ann",
            [{ hear: "star", press: "4" }, { hear: "star" }, { silentSeconds: 4 }, { hangUp: true }],
          ],
        ],
      },
      { story: "the agent finds nobody", visits: [[0, "/web/next"]] },
      {
        story: "the caller hangs up in the whisper",
        callers: [[0, "Ann", [{ hear: "After", interrupt: true, hangUp: true }]]],
        visits: [[5, "/web/next"]],
      },
      {
        story: "the agent waits and the caller comes; the caller hangs up",
        callers: [[5, "Ann", [{ hear: "Dora", hangUp: true }]]],
        visits: [[0, "/web/next"]],
        there: { Dora: { steps: [{ afterSeconds: 10, say: "Dora here." }] } },
      },
    ],
  },
  "call-back": {
    application: callBack,
    told: [
      {
        story: "one wants to be called back, one waits: the one who waits is first, then the other is called",
        callers: [
          [0, "Ann", [{ hear: "call me back", say: "Call me back, please." }]],
          [1, "Bob", [{ hear: "Dora", hangUp: true }]],
        ],
        visits: [
          [15, "/web/free"],
          [40, "/web/free"],
          [41, "/web/free"],
        ],
        there: {
          Dora: { steps: [{ afterSeconds: 1, say: "Dora." }, { silentSeconds: 4 }, { hangUp: true }] },
        },
      },
      {
        story: "a wrong word, then the key",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "call me back", say: "What?" },
              { hear: "call me back", interrupt: true, press: "1" },
            ],
          ],
        ],
      },
    ],
  },
  "card-capture": {
    application: cardCapture,
    told: [
      {
        story: "the recording pauses while the card is keyed",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Press 1", press: "1" },
              { hear: "Key your", press: "4242424242424242#" },
            ],
          ],
        ],
      },
      { story: "paying is not performed", callers: [[0, "Ann", [{ hear: "Press 1", press: "2" }]]] },
      {
        story: "hangs up while keying",
        callers: [
          [
            0,
            "Ann",
            [{ hear: "Press 1", press: "1" }, { hear: "Key your", press: "4242" }, { hangUp: true }],
          ],
        ],
      },
    ],
  },
};
