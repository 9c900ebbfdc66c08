/** Stories of calls that an application places. */
import { asyncDrop } from "../applications/async-drop.ts";
import { autodialer } from "../applications/autodialer.ts";
import { clickToCall } from "../applications/click-to-call.ts";
import { escalation } from "../applications/escalation.ts";
import { voicePin } from "../applications/voice-pin.ts";
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
  "click-to-call": {
    application: clickToCall,
    told: [
      {
        story: "the visitor and the desk talk",
        visits: [[0, "/web/click?phone=%2B15550150001"]],
        there: {
          Dora: { steps: [{ hear: "Eli", say: "A question." }] },
          Eli: {
            steps: [
              { afterSeconds: 1, say: "Eli, sales." },
              { hear: "question" },
              { silentSeconds: 2 },
              { hangUp: true },
            ],
          },
        },
      },
      { story: "the desk is busy", visits: [[0, "/web/click?phone=%2B15550150001"]], there: { Eli: "busy" } },
      {
        story: "the visitor hangs up while the desk rings",
        visits: [[0, "/web/click?phone=%2B15550150001"]],
        there: {
          Dora: { steps: [{ hear: "Thanks" }, { silentSeconds: 2 }, { hangUp: true }] },
          Eli: "no-answer",
        },
      },
      {
        story: "the visitor does not answer",
        visits: [[0, "/web/click?phone=%2B15550150001"]],
        there: { Dora: "no-answer" },
      },
      {
        story: "the number as Americans write it",
        visits: [[0, "/web/click?phone=(555)%20015-0001"]],
        there: { Dora: "busy" },
      },
    ],
  },
  "async-drop": {
    application: asyncDrop,
    told: [
      {
        story: "a person presses before the verdict",
        visits: go,
        there: {
          Dora: {
            steps: [
              { say: "Hello?", saySeconds: 1 },
              { afterSeconds: 1.5, press: "1" },
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
        story: "a machine, known early",
        visits: [[0, "/web/campaign?mode=Enable"]],
        there: { Dora: { steps: [{ say: "You have reached Dora. Leave a message.", saySeconds: 6 }] } },
      },
      {
        story: "hangs up before the verdict",
        visits: go,
        there: { Dora: { steps: [{ silentSeconds: 2 }, { hangUp: true }] } },
      },
      { story: "silence for longer than the documents", visits: go, there: { Dora: { steps: [] } } },
    ],
  },
  autodialer: {
    application: autodialer,
    told: [
      {
        story: "one call a second; a busy one is tried again; one talks over its time",
        visits: [
          [0, "/web/start"],
          [60, "/web/report"],
        ],
        there: { Dora: { answerAfterSeconds: 1 }, Eli: "busy", Fay: "no-answer", Gus: "failed" },
        options: { callsPerSecond: 1 },
      },
      {
        story: "stopped while two are queued",
        visits: [
          [0, "/web/start"],
          [1.2, "/web/stop"],
          [30, "/web/report"],
        ],
        options: { callsPerSecond: 1 },
      },
    ],
  },
  "voice-pin": {
    application: voicePin,
    told: [
      {
        story: "right at once",
        visits: [
          [0, "/web/login"],
          [60, "/web/outcome"],
        ],
        there: { Dora: { steps: [{ hear: "code is", press: "417" }] } },
      },
      {
        story: "wrong, then right while it is spoken",
        visits: [
          [0, "/web/login"],
          [60, "/web/outcome"],
        ],
        there: {
          Dora: {
            steps: [
              { hear: "code is", press: "4#7" },
              { hear: "Your code", interrupt: true, press: "417" },
            ],
          },
        },
      },
      {
        story: "wrong twice",
        visits: [
          [0, "/web/login"],
          [60, "/web/outcome"],
        ],
        there: {
          Dora: {
            steps: [
              { hear: "code is", press: "111" },
              { hear: "Your code", press: "222" },
            ],
          },
        },
      },
      {
        story: "silence",
        visits: [
          [0, "/web/login"],
          [60, "/web/outcome"],
        ],
      },
      {
        story: "busy",
        visits: [
          [0, "/web/login"],
          [60, "/web/outcome"],
        ],
        there: { Dora: "busy" },
      },
    ],
  },
  escalation: {
    application: escalation,
    told: [
      {
        story: "a machine, a wrong key, the third has it",
        visits: [[0, "/web/alarm"]],
        there: {
          Dora: { steps: [{ say: "This is Dora's mailbox.", saySeconds: 4 }] },
          Eli: {
            steps: [
              { say: "Yes?", saySeconds: 0.6 },
              { hear: "pump", press: "5" },
            ],
          },
          Fay: {
            steps: [
              { say: "Fay.", saySeconds: 0.6 },
              { hear: "pump", interrupt: true, press: "4" },
              { hear: "Ack", hangUp: true },
            ],
          },
        },
      },
      {
        story: "nobody",
        visits: [[0, "/web/alarm"]],
        there: { Dora: "busy", Eli: "no-answer", Fay: { steps: [{ silentSeconds: 1 }, { hangUp: true }] } },
      },
    ],
  },
};
