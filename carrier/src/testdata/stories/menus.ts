/** Stories of callers who choose: menus, surveys. */
import { phoneTree } from "../applications/phone-tree.ts";
import { survey } from "../applications/survey.ts";
import type { Tale } from "../play-story.ts";

const talk = {
  steps: [{ afterSeconds: 1, say: "Dora here." }, { silentSeconds: 4 }, { hangUp: true }],
} as const;

export const menus: Readonly<Record<string, Tale>> = {
  "phone-tree": {
    application: phoneTree,
    told: [
      { story: "hours, then silence", callers: [[0, "Ann", [{ hear: "Press 1", press: "1" }]]] },
      {
        story: "the key comes into the prompt; an extension with a star; Dora talks and hangs up",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Press 1", interrupt: true, afterSeconds: 1, press: "2" },
              { hear: "extension", press: "101*" },
              { hear: "Dora here", say: "Hello Dora." },
            ],
          ],
        ],
        there: { Dora: { ...talk, steps: [...talk.steps] } },
      },
      {
        story: "the extension is busy, the caller hangs up in the menu",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Press 1", press: "2" },
              { hear: "extension", press: "102*" },
              { hear: "busy" },
              { hear: "Press 1", interrupt: true },
              { silentSeconds: 1 },
              { hangUp: true },
            ],
          ],
        ],
        there: { Eli: "busy" },
      },
      {
        story: "nobody is at the extension: twelve seconds, then the menu again",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Press 1", press: "2" },
              { hear: "extension", press: "101*" },
              { hear: "no-answer", hangUp: true },
            ],
          ],
        ],
        there: { Dora: "no-answer" },
      },
      {
        story: "a wrong key, a wrong extension, the star alone",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Press 1", press: "7" },
              { hear: "no choice" },
              { hear: "Press 1", press: "2" },
              { hear: "extension", press: "77*" },
              { hear: "Press 1", press: "2" },
              { hear: "Dial the", press: "*" },
              { hear: "Press 1", press: "1" },
              { hear: "open", interrupt: true, hangUp: true },
            ],
          ],
        ],
      },
    ],
  },
  survey: {
    application: survey,
    told: [
      {
        story: "all three answered",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "stars", press: "5" },
              { hear: "again", say: "Yes, gladly.", confidence: 0.7 },
              { hear: "beep", say: "It was quick." },
              { silentSeconds: 2 },
              { press: "#" },
            ],
          ],
        ],
      },
      {
        story: "silence at the first, words where keys are wanted, nothing at the third",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Sorry", say: "Five" },
              { hear: "stars" },
              { press: "4" },
              { hear: "again", say: "No." },
            ],
          ],
        ],
      },
      {
        story: "hangs up while speaking the answer",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "stars", press: "1" },
              { hear: "again", say: "Well, I am not so sure.", saySeconds: 3 },
              { silentSeconds: 1 },
              { hangUp: true },
            ],
          ],
        ],
      },
      {
        story: "hangs up into the recording",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "stars", press: "3" },
              { hear: "again", say: "No." },
              { hear: "beep", say: "It was" },
              { silentSeconds: 2 },
              { hangUp: true },
            ],
          ],
        ],
      },
    ],
  },
};
