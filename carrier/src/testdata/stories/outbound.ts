/** Stories of calls that an application places. */
import { voicemailDrop } from "../applications/voicemail-drop.ts";
import { wakeUp } from "../applications/wake-up.ts";
import type { Tale } from "../play-story.ts";

const go = [[0, "/web/campaign"]] as const;

export const outbound: Readonly<Record<string, Tale>> = {
  "wake-up": {
    application: wakeUp,
    told: [
      {
        story: "nobody, nobody, awake",
        visits: [[0, "/web/order"]],
        there: { Dora: { answerAfterSeconds: 20 } },
      },
      {
        story: "sleeps on, then says nothing, then hangs up",
        visits: [[0, "/web/order"]],
        there: { Dora: { steps: [{ hear: "Good morning", interrupt: true, press: "5" }] } },
      },
      { story: "busy all the time", visits: [[0, "/web/order"]], there: { Dora: "busy" } },
      { story: "no such number", visits: [[0, "/web/order"]], there: { Dora: "failed" } },
    ],
  },
  "voicemail-drop": {
    application: voicemailDrop,
    told: [
      {
        story: "a person confirms by word",
        visits: go,
        there: {
          Dora: {
            steps: [
              { afterSeconds: 0.5, say: "Hello?", saySeconds: 1 },
              { hear: "Monday", say: "Yes." },
            ],
          },
        },
      },
      {
        story: "a person presses and hangs up",
        visits: go,
        there: {
          Dora: {
            steps: [
              { say: "Hello?" },
              { hear: "Monday", interrupt: true, press: "1" },
              { hear: "chose 1", interrupt: true, hangUp: true },
            ],
          },
        },
      },
      {
        story: "a machine with a beep",
        visits: go,
        there: {
          Dora: {
            steps: [{ say: "You have reached Dora. Leave a message.", saySeconds: 6 }, { beep: true }],
          },
        },
      },
      {
        story: "a machine without a beep",
        visits: go,
        there: { Dora: { steps: [{ say: "You have reached Dora. Leave a message.", saySeconds: 6 }] } },
      },
      {
        story: "a machine that talks on",
        visits: go,
        there: { Dora: { steps: [{ say: "This is a very long greeting.", saySeconds: 40 }] } },
      },
      { story: "a fax", visits: go, there: { Dora: { steps: [{ faxTone: true }] } } },
      { story: "silence", visits: go, there: { Dora: { steps: [] } } },
      {
        story: "hangs up before the verdict",
        visits: go,
        there: {
          Dora: { steps: [{ say: "Hello?", saySeconds: 1 }, { silentSeconds: 1 }, { hangUp: true }] },
        },
      },
      { story: "nobody answers", visits: go, there: { Dora: "no-answer" } },
    ],
  },
};
