/** Thousands of calls leave behind what the limits allow and no more; what is kept of a call that is over holds nothing of the call. */
import { expect, test } from "vitest";
import { limits } from "./limits.ts";
import { createRemembered } from "./people/remembered.ts";
import { script } from "./people/script.ts";
import { createScriptedPerson } from "./people/scripted-person.ts";
import { caller, number, openLine, twiml } from "./testdata/line.ts";

test("five thousand calls, half of them dialled by the others, leave bounded lists and nobody on the line", async () => {
  const line = await openLine();
  line.on("/voice", twiml('<Dial record="record-from-answer" action="/after">+15550150001</Dial>'));
  line.on("/after", twiml("<Unknown/><Hangup/>"));
  line.carrier.setFarEnd("+15550150001", {
    answerAfterSeconds: 0,
    steps: [{ say: "Hi." }, { hangUp: true }],
  });
  const calls = 2600;
  const atOnce = 260;
  for (let done = 0; done < calls; done += atOnce) {
    for (let at = 0; at < atOnce; at++) line.carrier.call({ from: caller, to: number });
    await line.clock.runUntilIdle();
    line.received.length = 0;
  }
  const { carrier } = line;
  expect(carrier.liveCalls()).toBe(0);
  const known = carrier.calls();
  expect(known.length).toBe(2 * calls);
  expect(new Set(known.map(({ status }) => status))).toEqual(new Set(["completed"]));
  expect(carrier.alerts().length).toBe(calls);
  // Two people in every call.
  expect(known.filter(({ sid }) => carrier.personOn(sid)).length).toBe(limits.keptPeople);
  const answer = await fetch(`${carrier.url}/_carrier/console/requests`, {
    headers: { authorization: `Bearer ${carrier.phoneToken}` },
  });
  // The console's own shape.
  const { requests } = (await answer.json()) as { requests: { id: number }[] };
  expect(requests[0]!.id).toBe(2 * calls);
  expect(requests.length).toBe(limits.consoleRequests);
  await line.close();
}, 120_000);

test("people are remembered up to a number, and without what they held", async () => {
  const remembered = createRemembered(1000);
  const people = Array.from({ length: 3000 }, () => createScriptedPerson(script.parse({})));
  for (const [at, person] of people.entries()) {
    remembered.add(`CA${at}`, person);
    if (at % 10 !== 0) person.ended({ reason: "completed", by: "caller", seconds: 1 });
  }
  expect(remembered.size()).toBe(1000);
  expect(remembered.get("CA1999")).toBeUndefined();
  // A call that lasts keeps its person; of one that is over there is the memory.
  expect(remembered.get("CA2000")).toBe(people[2000]);
  const memory = remembered.get("CA2001")!;
  expect(memory).not.toBe(people[2001]);
  expect(memory).toMatchObject({ ending: { reason: "completed" }, done: true });
  expect(memory.transcript).toBe(people[2001]!.transcript);
});
