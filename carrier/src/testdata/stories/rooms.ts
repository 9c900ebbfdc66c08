/** Stories of conferences. */
import { broadcast } from "../applications/broadcast.ts";
import { liveTransfer } from "../applications/live-transfer.ts";
import { moderatedConference } from "../applications/moderated-conference.ts";
import { warmTransfer } from "../applications/warm-transfer.ts";
import type { Tale } from "../play-story.ts";

const hello = { afterSeconds: 0.5, say: "Hello?", saySeconds: 1 };
const dora = { steps: [{ afterSeconds: 1, say: "Dora." }] };

export const rooms: Readonly<Record<string, Tale>> = {
  broadcast: {
    application: broadcast,
    told: [
      {
        story:
          "one listens, one is a machine, one does not answer; the muted is not heard; the host hangs up",
        callers: [
          [0, "Ann", [{ silentSeconds: 12 }, { say: "Good news." }, { silentSeconds: 8 }, { hangUp: true }]],
        ],
        visits: [[1, "/web/invite"]],
        there: {
          Dora: { steps: [hello, { hear: "Good news", say: "Hurrah!" }] },
          Eli: { steps: [{ say: "You have reached Eli. Leave a message.", saySeconds: 5 }, { beep: true }] },
          Fay: "no-answer",
        },
      },
      {
        story: "a listener comes before the host, who hangs up before a second enters",
        callers: [[10, "Ann", [{ silentSeconds: 3 }, { hangUp: true }]]],
        visits: [[0, "/web/invite"]],
        there: {
          Dora: { steps: [hello] },
          Eli: { answerAfterSeconds: 9, steps: [hello, { hear: "/./" }, { hangUp: true }] },
          Fay: "busy",
        },
      },
    ],
  },
  "moderated-conference": {
    application: moderatedConference,
    told: [
      {
        story:
          "a guest waits with a playlist, the moderator comes, the guest may speak, an announcement, the moderator leaves",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "PIN", press: "2222" },
              { hear: "Welcome", say: "Am I heard?" },
              { silentSeconds: 6 },
              { say: "And now?" },
            ],
          ],
          [
            15,
            "Bob",
            [
              { hear: "PIN", press: "1111" },
              { afterSeconds: 1, say: "Welcome." },
              { hear: "And now", say: "Yes." },
              { hear: "Five", hangUp: true },
            ],
          ],
        ],
        visits: [
          [25, "/web/unmute?phone=%2B15550199001"],
          [30, "/web/announce?url=http://127.0.0.1:1/nothing"],
          [33, "/web/announce"],
        ],
      },
      {
        story: "a wrong PIN twice, silence",
        callers: [
          [0, "Ann", [{ hear: "PIN", press: "9999" }, { hear: "wrong" }, { hear: "PIN", press: "12" }]],
          [1, "Bob", []],
        ],
      },
      {
        story: "the guest leaves by the star while waiting; ended by REST",
        callers: [
          [0, "Ann", [{ hear: "PIN", press: "2222" }, { silentSeconds: 4 }, { press: "*" }]],
          [0, "Bob", [{ hear: "PIN", press: "2222" }]],
          [10, "Cem", [{ hear: "PIN", press: "1111" }]],
        ],
        visits: [
          [9, "/web/end"],
          [20, "/web/end"],
        ],
      },
    ],
  },
  "warm-transfer": {
    application: warmTransfer,
    told: [
      {
        story: "hold, consult, hand over, the agent leaves, the two talk",
        callers: [
          [
            0,
            "Ann",
            [
              { hear: "Dora", say: "I have a question." },
              { hear: "Eli", say: "Thanks." },
              { silentSeconds: 3 },
              { hangUp: true },
            ],
          ],
        ],
        visits: [
          [8, "/web/hold"],
          [9, "/web/consult"],
          [20, "/web/unhold"],
          [22, "/web/leave"],
        ],
        there: {
          Dora: {
            steps: [
              { afterSeconds: 1, say: "Dora." },
              { hear: "Eli", say: "Here is Ann." },
            ],
          },
          Eli: { steps: [{ afterSeconds: 1, say: "Eli." }, { silentSeconds: 12 }, { say: "Eli again." }] },
        },
      },
      {
        story: "the colleague does not answer; the caller comes back from hold and hangs up",
        callers: [[0, "Ann", [{ silentSeconds: 30 }, { hangUp: true }]]],
        visits: [
          [6, "/web/hold"],
          [7, "/web/consult"],
          [25, "/web/unhold"],
        ],
        there: { Dora: dora, Eli: "no-answer" },
      },
      {
        story: "a supervisor coaches",
        callers: [
          [0, "Ann", [{ hear: "Dora", say: "Is it paid?" }, { silentSeconds: 20 }, { hangUp: true }]],
        ],
        visits: [[6, "/web/coach"]],
        there: { Dora: dora, Eli: { steps: [{ afterSeconds: 2, say: "Tell him it was paid." }] } },
      },
      {
        story: "the agent is busy: the caller waits and gives up",
        callers: [[0, "Ann", [{ silentSeconds: 5 }, { hangUp: true }]]],
        there: { Dora: "busy" },
      },
      {
        story: "the caller hangs up while on hold",
        callers: [[0, "Ann", [{ hear: "One moment", hangUp: true }]]],
        visits: [[6, "/web/hold"]],
        there: { Dora: dora },
      },
      {
        story: "the caller hangs up while the agent's telephone rings",
        callers: [[0, "Ann", [{ silentSeconds: 2 }, { hangUp: true }]]],
        there: { Dora: { answerAfterSeconds: 6 } },
      },
    ],
  },
  "live-transfer": {
    application: liveTransfer,
    told: [
      {
        story: "to a room of three",
        callers: [[0, "Ann", [{ hear: "Eli", say: "Three of us." }, { silentSeconds: 5 }, { hangUp: true }]]],
        visits: [[6, "/web/three-way"]],
        there: { Dora: dora, Eli: { steps: [{ afterSeconds: 1, say: "Eli." }] } },
      },
      {
        story: "the caller is sent on to somebody who is busy",
        callers: [[0, "Ann", []]],
        visits: [[6, "/web/send-on"]],
        there: { Dora: dora, Eli: "busy" },
      },
      {
        story: "the one called is sent away, the dial is over",
        callers: [[0, "Ann", []]],
        visits: [[6, "/web/survey-the-called"]],
        there: { Dora: dora },
      },
      {
        story: "the child is hung up by REST",
        callers: [[0, "Ann", []]],
        visits: [[6, "/web/hang-up?leg=child"]],
        there: { Dora: dora },
      },
      {
        story: "the parent is hung up by REST",
        callers: [[0, "Ann", []]],
        visits: [[6, "/web/hang-up"]],
        there: { Dora: dora },
      },
      {
        story: "the parent is sent on while the child rings",
        callers: [[0, "Ann", []]],
        visits: [[2, "/web/send-on"]],
        there: { Dora: { answerAfterSeconds: 6 }, Eli: { steps: [{ silentSeconds: 2 }, { hangUp: true }] } },
      },
      {
        story: "two updates in a row, and one too late",
        callers: [[0, "Ann", []]],
        visits: [
          [6, "/web/twice"],
          [30, "/web/too-late"],
        ],
        there: { Dora: dora },
      },
    ],
  },
};
