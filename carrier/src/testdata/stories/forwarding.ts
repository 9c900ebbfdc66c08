/** Stories of calls that are put through. */
import { browserDialer } from "../applications/browser-dialer.ts";
import { callScreening } from "../applications/call-screening.ts";
import { findMe } from "../applications/find-me.ts";
import { forwardAsCaller } from "../applications/forward-as-caller.ts";
import { hotline } from "../applications/hotline.ts";
import { maskedNumbers } from "../applications/masked-numbers.ts";
import { parking } from "../applications/parking.ts";
import { voicemail } from "../applications/voicemail.ts";
import type { Tale } from "../play-story.ts";

export const forwarding: Readonly<Record<string, Tale>> = {
  "call-screening": {
    application: callScreening,
    told: [
      {
        story: "taken, talked, the one called hangs up",
        callers: [[0, "Ann", [{ hear: "Hello", say: "About my claim." }]]],
        there: {
          Dora: {
            steps: [
              { hear: "Press 1", press: "1" },
              { hear: "Go ahead", say: "Hello?" },
              { hear: "claim" },
              { silentSeconds: 2 },
              { hangUp: true },
            ],
          },
        },
      },
      {
        story: "refused by a wrong key: a message",
        callers: [[0, "Ann", [{ hear: "beep", say: "Please call Ann." }]]],
        there: { Dora: { steps: [{ hear: "Press 1", press: "3" }] } },
      },
      {
        story: "a machine answers and says nothing that counts; the caller leaves nothing",
        callers: [[0, "Ann", []]],
        there: { Dora: { steps: [{ say: "I am out. Leave a message.", saySeconds: 5 }, { beep: true }] } },
      },
      {
        story: "hangs up while being asked; the caller hangs up into the message",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "beep", say: "It is" },
              { afterSeconds: 1, hangUp: true },
            ],
          ],
        ],
        there: { Dora: { steps: [{ silentSeconds: 2 }, { hangUp: true }] } },
      },
      {
        story: "the caller gives up while it rings",
        callers: [[0, "Ann", [], 2]],
        there: { Dora: { answerAfterSeconds: 6 } },
      },
      {
        story: "the caller gives up while the other is asked",
        callers: [[0, "Ann", [], 4]],
      },
      {
        story: "nobody says anything",
        callers: [[0, "Ann", []]],
      },
      { story: "busy", callers: [[0, "Ann", []]], there: { Dora: "busy" } },
      {
        story: "nobody answers",
        callers: [[0, "Ann", [{ hear: "leave a message", hangUp: true }]]],
        there: { Dora: "no-answer" },
      },
      { story: "unreachable", callers: [[0, "Ann", []]], there: { Dora: "failed" } },
    ],
  },
  "find-me": {
    application: findMe,
    told: [
      {
        story: "the first is out, the second a machine, the third takes it",
        callers: [[0, "Ann", [{ hear: "Fay", say: "At last." }, { silentSeconds: 3 }, { hangUp: true }]]],
        there: {
          Dora: "no-answer",
          Eli: {
            steps: [{ say: "This is the mailbox of Eli. Leave a message.", saySeconds: 6 }, { beep: true }],
          },
          Fay: {
            steps: [
              { hear: "any key", press: "5" },
              { hear: "Connecting", say: "Fay." },
            ],
          },
        },
      },
      {
        story: "nobody takes it",
        callers: [[0, "Ann", []]],
        there: { Dora: "busy", Eli: "failed", Fay: { steps: [{ hear: "any key", hangUp: true }] } },
      },
      {
        story: "the caller hangs up while the second rings",
        callers: [[0, "Ann", [{ silentSeconds: 3 }, { hangUp: true }]]],
        there: { Dora: "busy", Eli: { answerAfterSeconds: 8 } },
      },
    ],
  },
  hotline: {
    application: hotline,
    told: [
      {
        story: "the second is quickest",
        callers: [[0, "Ann", [{ hear: "Eli", say: "Help!" }, { silentSeconds: 5 }, { hangUp: true }]]],
        there: {
          Dora: { answerAfterSeconds: 6 },
          Eli: { answerAfterSeconds: 4, steps: [{ afterSeconds: 0.5, say: "Eli speaking." }] },
          Fay: "busy",
        },
      },
      {
        story: "nobody is there",
        callers: [[0, "Ann", []]],
        there: { Dora: "busy", Eli: "no-answer", Fay: "failed" },
      },
      {
        story: "two answer in the same instant",
        callers: [[0, "Ann", []]],
        there: {
          Dora: { answerAfterSeconds: 3, steps: [{ silentSeconds: 4 }, { hangUp: true }] },
          Eli: { answerAfterSeconds: 3, steps: [{ silentSeconds: 5 }, { hangUp: true }] },
          Fay: "no-answer",
        },
      },
      {
        story: "the caller gives up while it rings",
        callers: [[0, "Ann", [{ silentSeconds: 2 }, { hangUp: true }]]],
        there: { Dora: "no-answer", Eli: "no-answer", Fay: "no-answer" },
      },
    ],
  },
  "masked-numbers": {
    application: maskedNumbers,
    told: [
      {
        story: "they talk until the time is up",
        callers: [[0, "Ann", [{ hear: "Dora", say: "Hello." }]]],
        there: { Dora: { steps: [{ afterSeconds: 1, say: "Dora." }] } },
      },
      { story: "a stranger is refused", callers: [[0, "Cem", []]] },
      { story: "the number is out of order", callers: [[0, "Bob", []]], there: { Eli: "failed" } },
    ],
  },
  parking: {
    application: parking,
    told: [
      {
        story: "parked and fetched back",
        callers: [
          [0, "Ann", [{ hear: "Bob again", say: "Thanks." }]],
          [20, "Bob", [{ afterSeconds: 1, say: "Bob again." }, { silentSeconds: 5 }, { hangUp: true }]],
        ],
        visits: [[12, "/web/park"]],
        there: { Dora: { steps: [{ hear: "A call", say: "One moment." }] } },
      },
      {
        story: "the caller ends the leg with a star",
        callers: [[0, "Ann", [{ hear: "One moment", press: "*" }]]],
        there: { Dora: { steps: [{ hear: "A call", say: "One moment." }] } },
      },
      {
        story: "the desk presses a star: nothing happens, the caller hangs up",
        callers: [[0, "Ann", [{ hear: "One moment" }, { silentSeconds: 3 }, { hangUp: true }]]],
        there: {
          Dora: {
            steps: [
              { hear: "A call", say: "One moment." },
              { afterSeconds: 2, press: "*" },
            ],
          },
        },
      },
    ],
  },
  "browser-dialer": {
    application: browserDialer,
    told: [
      {
        story: "the browser takes it",
        callers: [[0, "Ann", [{ hear: "Dora", say: "Hello." }, { silentSeconds: 2 }, { hangUp: true }]]],
        there: { Dora: { steps: [{ afterSeconds: 1, say: "Dora." }] } },
      },
      {
        story: "the browser is closed, the desk telephone takes it",
        callers: [[0, "Ann", [{ hear: "Eli" }, { hangUp: true }]]],
        there: { Dora: "failed", Eli: { steps: [{ afterSeconds: 1, say: "Eli." }] } },
      },
      {
        story: "nobody: a message cut at its longest",
        callers: [
          [
            0,
            "Ann",
            [
              {
                hear: "beep",
                say: "This is a very long message that nobody wants to hear to its end at all.",
              },
            ],
          ],
        ],
        there: { Dora: "no-answer", Eli: "busy" },
      },
    ],
  },
  voicemail: {
    application: voicemail,
    told: [
      {
        story: "a message, begun again, ended by the pound",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "beep", say: "No, wait." },
              { silentSeconds: 2 },
              { press: "*" },
              { hear: "beep", say: "This is Ann, please call me." },
              { silentSeconds: 3 },
              { press: "#" },
            ],
          ],
        ],
        there: { Dora: "no-answer" },
      },
      {
        story: "hangs up after the message",
        callers: [
          [
            0,
            "Ann",
            [{ hear: "beep", say: "This is Ann, about my claim." }, { silentSeconds: 3 }, { hangUp: true }],
          ],
        ],
        there: { Dora: "busy" },
      },
      {
        story: "silence, then hangs up into the beep",
        callers: [[0, "Ann", [{ hear: "Nothing" }, { hear: "Leave" }, { hangUp: true }]]],
        there: { Dora: "failed" },
      },
    ],
  },
  "forward-as-caller": {
    application: forwardAsCaller,
    told: [
      {
        story: "the colleague sees the caller's number",
        callers: [[0, "Ann", [{ hear: "Dora", say: "Hello." }]]],
        there: { Dora: { steps: [{ hear: "for you", say: "Dora." }, { hear: "Hello" }, { hangUp: true }] } },
      },
    ],
  },
};
