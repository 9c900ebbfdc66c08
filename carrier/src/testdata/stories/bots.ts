/** Stories of callers who talk with a program. */
import { relayBot } from "../applications/relay-bot.ts";
import type { Tale } from "../play-story.ts";

export const bots: Readonly<Record<string, Tale>> = {
  "relay-bot": {
    application: relayBot,
    told: [
      {
        story: "a question, nonsense, goodbye",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "how can I help", say: "The status of my claim." },
              { hear: "paid", say: "Bananas." },
              { hear: "did not", say: "Good bye." },
            ],
          ],
        ],
      },
      {
        story: "talks over a long answer",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "how can I help", say: "Something long." },
              { hear: "long story", interrupt: true, say: "Stop!" },
              { hear: "Sorry", say: "Bye." },
            ],
          ],
        ],
      },
      {
        story: "asks for a person by key",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "how can I help", interrupt: true, press: "0" },
              { hear: "Dora", say: "Hello." },
              { silentSeconds: 3 },
              { hangUp: true },
            ],
          ],
        ],
        there: { Dora: { steps: [{ afterSeconds: 1, say: "Dora." }] } },
      },
      {
        story: "hangs up while the bot speaks",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "how can I help", say: "The status." },
              { hear: "paid", interrupt: true, hangUp: true },
            ],
          ],
        ],
      },
      { story: "the bot crashes", callers: [[0, "Ann", [{ hear: "how can I help", say: "Please crash." }]]] },
    ],
  },
};
