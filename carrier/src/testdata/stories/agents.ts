/** Stories of callers for whom TaskRouter finds agents (acceptance rows Q1 to Q21, as their numbers say). */
import { agentDesk } from "../applications/agent-desk.ts";
import type { Story, Tale } from "../play-story.ts";

const takes = (name: string, seconds = 8) => ({
  steps: [
    { afterSeconds: 0.5, say: `${name} here.`, saySeconds: 1 },
    { silentSeconds: seconds },
    { hangUp: true as const },
  ],
});
const machine = {
  steps: [{ say: "I am not here now, please leave a message.", saySeconds: 6 }, { beep: true as const }],
};
const fax = { steps: [{ afterSeconds: 0.5, faxTone: true as const }] };
const waits = (seconds: number) => [{ silentSeconds: seconds }, { hangUp: true as const }];
const claims = [{ hear: "here", say: "My claim." }];
const setup = (query = "") => [0, `/web/setup${query}`] as const;

const told: readonly Story[] = [
  {
    story:
      "Q1, Q2, Q4: an agent takes the caller; the next caller gets the other one, who has been idle longer",
    visits: [setup()],
    callers: [
      [1, "Ann", claims],
      [40, "Bob", claims],
    ],
    there: { Dora: takes("Dora"), Eli: takes("Eli") },
  },
  {
    story: "Q3: an agent without a telephone is set offline, the next one is tried",
    visits: [setup("?agents=fay,eli")],
    callers: [[1, "Ann", claims]],
    there: { Eli: takes("Eli") },
  },
  {
    story: "Q5: a machine: the agent pauses for a minute, the next one is tried",
    visits: [setup()],
    callers: [[1, "Ann", claims]],
    there: { Dora: machine, Eli: takes("Eli") },
  },
  {
    story: "Q6: a fax machine, and nobody else: the agent is tried again after the minute",
    visits: [setup("?agents=dora")],
    callers: [[1, "Ann", waits(80)]],
    there: { Dora: fax },
  },
  {
    story: "Q7: nobody says anything: taken for a person",
    visits: [setup("?agents=dora")],
    callers: [[1, "Ann", waits(20)]],
    there: { Dora: { steps: [{ silentSeconds: 60 }] } },
  },
  {
    story: "Q8, Q9: busy, then no answer, then the first one again",
    visits: [setup()],
    callers: [[1, "Ann", waits(70)]],
    there: { Dora: "busy", Eli: "no-answer" },
  },
  {
    story: "Q10: an unreachable number: the agent goes offline and stays there",
    visits: [setup()],
    callers: [[1, "Ann", claims]],
    there: { Dora: "failed", Eli: takes("Eli") },
  },
  {
    story:
      "Q11: the caller hangs up while the agent's telephone rings: it stops, and the agent is free at once",
    visits: [setup("?agents=dora")],
    callers: [
      [1, "Ann", waits(4)],
      [6, "Bob", claims],
    ],
    there: { Dora: { answerAfterSeconds: 5, ...takes("Dora") } },
  },
  {
    story: "Q12: the caller hangs up while it is found out who answered: the agent is told",
    visits: [setup("?agents=dora")],
    callers: [[1, "Ann", waits(5)]],
    there: { Dora: { answerAfterSeconds: 2, steps: [{ afterSeconds: 4, say: "Dora here." }] } },
  },
  {
    story: "Q14: an agent who goes offline within the minute stays offline",
    visits: [setup("?agents=dora"), [30, "/web/set?agent=dora&to=Offline"]],
    callers: [[1, "Ann", waits(90)]],
    there: { Dora: machine },
  },
  {
    story: "Q16: nobody is there: the caller waits and nobody is dialled, until the first agent comes",
    visits: [setup("?closed=1"), [100, "/web/set?agent=eli&to=Available"]],
    callers: [[1, "Ann", claims]],
    there: { Eli: takes("Eli") },
  },
  {
    story:
      "Q17: nothing is done about a reservation: it times out, the agent goes offline, the next one is tried",
    visits: [setup("?seconds=15")],
    callers: [[1, "Ann", claims]],
    there: { Dora: "no-answer", Eli: takes("Eli") },
  },
  {
    story: "Q21: two callers, one agent: one at a time",
    visits: [setup("?agents=dora")],
    callers: [
      [1, "Ann", claims],
      [1, "Bob", claims],
    ],
    there: { Dora: takes("Dora") },
  },
];

export const agents: Readonly<Record<string, Tale>> = { "agent-desk": { application: agentDesk, told } };
