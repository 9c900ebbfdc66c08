/** A thousand people from one script: all valid, all different, the same again for the same seed, and every one of them gets through a call. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { caller, number, openLine, placeCall, type TestLine, twiml } from "../testdata/line.ts";
import { behaviour } from "./behaviour.ts";
import { type Script, script } from "./script.ts";
import { variations, varied } from "./variations.ts";

const example = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../examples/${file}`, import.meta.url), "utf8"));
const callers = varied.parse(example("many-callers.json"));
const payers = varied.parse({ vary: { seed: 11 }, ...(example("payer-line.json") as object) });

test.each([
  ["callers", callers],
  ["payers' lines", payers],
])("1,000 %s are valid, different, and the same again", (_who, what) => {
  const people = variations(what, 1000);
  for (const one of people) expect(behaviour.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
  const answering = people.filter((one) => typeof one !== "string");
  expect(new Set(answering.map((one) => JSON.stringify(one))).size).toBe(answering.length);
  expect(variations(what, 1000)).toEqual(people);
  const others = variations({ ...what, vary: { ...what.vary, seed: 8 } }, 1000);
  expect(others).not.toEqual(people);
});

test("nobody takes as many calls as was asked for", () => {
  const people = variations(callers, 1000);
  const share = (how: string) => people.filter((one) => one === how).length / 1000;
  expect([share("busy"), share("no-answer"), share("rejected"), share("failed")]).toEqual([
    expect.closeTo(0.1, 1),
    expect.closeTo(0.1, 1),
    expect.closeTo(0.02, 1),
    0,
  ]);
});

/** What each change is there for, seen somewhere among many people. */
const differences: [change: string, seen: (one: Script) => boolean][] = [
  ["ring", (one) => one.answerAfterSeconds > 15],
  ["pauses", (one) => one.steps.some(({ afterSeconds = 0 }) => afterSeconds > 2)],
  ["words", (one) => one.steps.some(({ say }) => /^(Um|Uh|Well|Yeah)/.test(say ?? ""))],
  ["words", (one) => one.steps.some(({ say }) => /nope/.test(say ?? ""))],
  ["confidence", (one) => one.steps.some(({ confidence = 1 }) => confidence < 0.5)],
  ["keys", (one) => one.steps.some(({ say }) => say === "one")],
  ["keys", (one) => one.steps.some(({ press, hear }) => press === "2" && hear === "/anything else/i")],
  ["impatience", (one) => one.patienceSeconds < 20 && one.steps.some(({ interrupt }) => interrupt)],
  ["talk-over", (one) => one.steps.some(({ talkOver }) => talkOver)],
  ["noise", (one) => one.steps.some(({ noiseSeconds }) => noiseSeconds)],
  ["wrong-key", (one) => one.steps[0]?.press !== "1" && one.steps[1]?.press === "1"],
  ["holds", (one) => one.steps.some(({ silentSeconds = 10 }) => silentSeconds > 20 || silentSeconds < 5)],
  ["drop", (one) => one.staysSeconds !== undefined],
];
test.each(differences)("%s", (change, seen) => {
  const withSilence = script.parse({
    ...callers.script,
    steps: [...callers.script!.steps.slice(0, 3), { silentSeconds: 10 }, ...callers.script!.steps.slice(3)],
  });
  const people = (changes: string[]) =>
    variations(varied.parse({ vary: { seed: 3, busy: 0, changes }, script: withSilence }), 100).filter(
      (one): one is Script => typeof one === "object" && "steps" in one,
    );
  expect(people([change]).some(seen)).toBe(true);
  expect(people([]).some(seen)).toBe(false);
});

/** A menu, keys, a yes or no, goodbye; whoever says nothing is asked once more and then hung up on. */
function smallIvr(line: TestLine): void {
  const ask = (gather: string, next: string) => twiml(`${gather}<Redirect>${next}</Redirect>`);
  line.on(
    "/voice",
    ask(
      '<Gather input="dtmf speech" numDigits="1" action="/menu"><Say>For claims press 1.</Say></Gather>',
      "/bye",
    ),
  );
  line.on("/menu", ({ parameters }) =>
    parameters.Digits === "1" || /one/i.test(parameters.SpeechResult ?? "")
      ? ask('<Gather action="/claim"><Say>Enter the claim number and pound.</Say></Gather>', "/bye")
      : ask('<Gather numDigits="1" action="/menu"><Say>Are you still there? Press 1.</Say></Gather>', "/bye"),
  );
  line.on("/claim", ({ parameters }) =>
    ask(
      `<Gather input="speech dtmf" action="/bye"><Say>${parameters.Digits} was paid. Anything else?</Say></Gather>`,
      "/bye",
    ),
  );
  line.on("/bye", twiml("<Say>Goodbye.</Say><Hangup/>"));
}

const final = ["completed", "busy", "no-answer", "failed", "canceled"];
const batches = Array.from({ length: 10 }, (_, at) => at * 100);

test.each(batches)(`callers from ${callers.vary.seed}/%i get through a small menu`, async (from) => {
  const line = await openLine();
  smallIvr(line);
  try {
    const people = variations(callers, from + 100).slice(from);
    for (const [at, person] of people.entries()) {
      const to = `+1555015${String(1000 + at)}`;
      line.carrier.setFarEnd(to, person);
      await placeCall(line, { To: to, Timeout: "30" });
      if (typeof person === "object" && "steps" in person)
        line.carrier.call({ from: caller, to: number, script: person });
    }
    const passedMs = await line.clock.runUntilIdle();
    expect(passedMs).toBeLessThan(3_600_000);
    expect(line.carrier.liveCalls()).toBe(0);
    for (const { status } of line.carrier.calls()) expect(final).toContain(status);
    expect(line.carrier.alerts()).toEqual([]);
    // They do get on: most of them to the end, some of them not.
    const paths = line.received.map(({ path }) => path);
    const count = (path: string) => paths.filter((one) => one === path).length;
    expect(count("/claim")).toBeGreaterThan(50);
    expect(count("/claim")).toBeLessThan(people.length * 2);
  } finally {
    await line.close();
  }
});

test("payers' lines are called by one caller", async () => {
  const line = await openLine();
  line.on(
    "/voice",
    twiml(
      '<Pause length="12"/><Play digits="1"/><Pause length="4"/><Play digits="1234567893"/><Pause length="200"/><Say>Status of a claim.</Say><Pause length="9"/>',
    ),
  );
  try {
    for (const [at, payer] of variations(payers, 200).entries()) {
      const to = `+1555015${String(1000 + at)}`;
      line.carrier.setFarEnd(to, payer);
      await placeCall(line, { To: to, MachineDetection: "Enable" });
    }
    await line.clock.runUntilIdle();
    expect(line.carrier.liveCalls()).toBe(0);
    expect(line.carrier.alerts()).toEqual([]);
    const people = line.carrier.calls().map(({ sid }) => line.carrier.personOn(sid));
    const helped = people.filter((one) => one?.transcript.some(({ text }) => text.includes("paid on May")));
    expect(helped.length).toBeGreaterThan(10);
  } finally {
    await line.close();
  }
});
