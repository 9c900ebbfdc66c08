/** A payer's phone system at a number: menus by keys and words, an id by keys, hold, a person who answers questions, the end. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLine, placeCall, type TestLine, twiml } from "../testdata/line.ts";
import { type BehaviourInput, behaviour } from "./behaviour.ts";

let line: TestLine;
beforeEach(async () => {
  line = await openLine();
});
afterEach(() => line.close());

const payer = "+15550150001";
const acme: BehaviourInput = {
  phoneSystem: {
    greeting: "Thank you for calling Acme.",
    menus: {
      main: {
        says: "For claims press 1.",
        keys: { 1: "npi" },
        hears: { "/representative/i": "rep" },
        timeoutSeconds: 4,
        tries: 2,
        otherwise: "bye",
      },
      npi: {
        says: "Enter your NPI.",
        collects: { digits: 4, accepts: ["1234"], leadsTo: "rep" },
        tries: 2,
        timeoutSeconds: 5,
      },
      rep: {
        hold: { seconds: 120, announces: "Please hold.", everySeconds: 50 },
        says: "This is Julie.",
        answers: [
          { hear: "/status/i", say: "It was paid in May." },
          { hear: "bye", say: "Have a nice day.", leadsTo: "end" },
        ],
        timeoutSeconds: 20,
        tries: 1,
      },
      bye: { says: "Goodbye.", hangsUp: true },
      end: { hangsUp: true },
    },
  },
};

/** What the phone system did, with seconds since it rang. */
async function play(verbs: string): Promise<string[]> {
  line.carrier.setFarEnd(payer, acme);
  line.on("/voice", twiml(verbs));
  const { sid } = await placeCall(line);
  await line.clock.runUntilIdle();
  const { transcript } = line.carrier.personOn(sid)!;
  return transcript
    .filter(({ what }) => !["ringing", "answered", "silence", "listening"].includes(what))
    .map(({ atMs, what, text }) => `${atMs / 1000} ${what} ${text}`.trim());
}
const wait = (seconds: number) => `<Pause length="${seconds}"/>`;

test("through the menu by keys, an id, hold, a question, and out", async () => {
  const told = await play(
    `${wait(4)}<Play digits="1"/>${wait(1)}<Play digits="12w34"/>${wait(130)}<Say>What is the status?</Say>${wait(9)}<Say>Thanks, bye!</Say>${wait(30)}`,
  );
  expect(told).toEqual([
    "2 entered main",
    "2 said Thank you for calling Acme.",
    "4.229 said For claims press 1.",
    "6 played 1",
    "6.2 entered npi",
    "6.2 said Enter your NPI.",
    "7.2 played 12w34",
    "8.5 collected 1234",
    "8.5 entered rep",
    "8.5 said Please hold.",
    "58.5 said Please hold.",
    "108.5 said Please hold.",
    "128.5 said This is Julie.",
    "138.5 heard What is the status?",
    "140.857 said It was paid in May.",
    "148.857 heard Thanks, bye!",
    "150.714 said Have a nice day.",
    "151.857 entered end",
    "152.157 hung-up",
    "152.157 ended completed by callee",
  ]);
  expect(line.received.map(({ path }) => path)).toEqual(["/voice"]);
});

test("words choose too; a question nobody understands; a person who hears nothing hangs up", async () => {
  const told = await play(`${wait(6)}<Say>Representative!</Say>${wait(125)}<Say>Quack.</Say>${wait(60)}`);
  expect(told.slice(3)).toEqual([
    "8 heard Representative!",
    "9.071 entered rep",
    "9.071 said Please hold.",
    "59.071 said Please hold.",
    "109.071 said Please hold.",
    "129.071 said This is Julie.",
    "134.071 heard Quack.",
    "135.5 said Sorry, I did not understand.",
    "157.5 hung-up",
    "157.5 ended completed by callee",
  ]);
});

test("on hold nobody listens", async () => {
  const told = await play(`${wait(6)}<Say>Representative!</Say>${wait(20)}<Say>Status?</Say>${wait(130)}`);
  expect(told.filter((text) => / said It was paid/.test(text))).toEqual([]);
  expect(told).toContain("129.071 said This is Julie.");
});

test("silence repeats the prompt, then leads to what comes otherwise", async () => {
  expect((await play(wait(60))).slice(3)).toEqual([
    "9.586 said For claims press 1.",
    "14.943 entered bye",
    "14.943 said Goodbye.",
    "15.514 hung-up",
    "15.514 ended completed by callee",
  ]);
});

test("a wrong key and a wrong id are wrong tries", async () => {
  const told = await play(
    `<Play digits="9"/>${wait(2)}<Play digits="1"/>${wait(1)}<Play digits="9999"/>${wait(5)}<Play digits="12#"/>${wait(20)}`,
  );
  expect(told.map((text) => text.replace(/^\S+ /, ""))).toEqual([
    "played 9",
    "entered main",
    "said Thank you for calling Acme.",
    "said Sorry, I did not understand.",
    "played 1",
    "entered npi",
    "said Enter your NPI.",
    "played 9999",
    "collected 9999",
    "said Sorry, I did not understand.",
    "said Enter your NPI.",
    "played 12#",
    "collected 12",
    "said Sorry, I did not understand.",
    "hung-up",
    "ended completed by callee",
  ]);
});

test("what it says is heard by a Gather, and by machine detection", async () => {
  line.carrier.setFarEnd(payer, acme);
  line.on("/voice", twiml('<Gather input="speech" speechTimeout="1" action="/heard"/>'));
  line.on("/heard", twiml("<Hangup/>"));
  await placeCall(line, { MachineDetection: "Enable", MachineDetectionSpeechThreshold: "1000" });
  await line.clock.runUntilIdle();
  expect(line.log("AnsweredBy", "SpeechResult")).toEqual([
    "/voice AnsweredBy=machine_start",
    "/heard SpeechResult=For claims press 1.",
  ]);
});

test("an answering machine: a greeting, a beep, and it records", async () => {
  line.carrier.setFarEnd(payer, {
    phoneSystem: {
      menus: { main: { says: "You have reached nobody. Please speak after the tone.", beeps: true } },
    },
  });
  line.on("/voice", twiml("<Say>Call us back.</Say>"));
  const { sid } = await placeCall(line, { MachineDetection: "DetectMessageEnd" });
  await line.clock.runUntilIdle();
  expect(line.log("AnsweredBy")).toEqual(["/voice AnsweredBy=machine_end_beep"]);
  expect(line.carrier.personOn(sid)!.transcript.at(-2)).toMatchObject({
    what: "heard",
    text: "Call us back.",
  });
});

test.each([
  ["of menus", { main: { leadsTo: "other" }, other: { leadsTo: "main" } }],
  ["of tries", { main: { keys: { 1: "main" }, timeoutSeconds: 0, tries: 100, otherwise: "main" } }],
])("a circle %s lasts as long as the call", async (_what, menus) => {
  line.carrier.setFarEnd(payer, { phoneSystem: { menus } });
  line.on("/voice", twiml(wait(100)));
  const { sid } = await placeCall(line, { TimeLimit: "60" });
  await line.clock.runUntilIdle();
  expect(line.carrier.find(sid)).toMatchObject({ status: "completed", duration: "60" });
});

const main = { says: "Hello." };
const refused: [rule: string, system: object, sentence: string][] = [
  ["a start there is not", { menus: { first: main } }, "start: expected one of the menus, found main"],
  [
    "a loose end",
    { menus: { main: { keys: { 1: "claims" } } } },
    "menu main: expected one of the menus, found claims",
  ],
  [
    "two ways on",
    { menus: { main: { hangsUp: true, leadsTo: "main" } } },
    "expected at most one of keys and hears",
  ],
  ["a key that is none", { menus: { main: { keys: { 12: "main" } } } }, ""],
  ["a broken expression", { menus: { main: { hears: { "/(/": "main" } } } }, ""],
  ["a word that is not known", { menus: { main }, music: true }, "music"],
];
test.each(refused)("a phone system with %s is refused", (_rule, system, sentence) => {
  const parsed = behaviour.safeParse({ phoneSystem: system });
  expect(parsed.success).toBe(false);
  expect(JSON.stringify(parsed.error?.issues)).toContain(sentence);
});

test("it can be put at a number from outside", async () => {
  const put = (body: unknown) =>
    fetch(`${line.carrier.url}/_carrier/far-ends/${encodeURIComponent(payer)}`, {
      method: "PUT",
      headers: { authorization: "Bearer phone-key" },
      body: JSON.stringify(body),
    });
  expect((await put(acme)).status).toBe(204);
  expect((await put({ phoneSystem: { menus: {} } })).status).toBe(400);
});

test.each([
  [true, ["10.4 played hold music", "51.4 played hold music", "92.4 played hold music"]],
  [false, []],
])("a caller who is put through hears music while it holds: %s", async (music, expected) => {
  line.carrier.setFarEnd(payer, {
    phoneSystem: {
      menus: {
        main: { hold: { seconds: 100, announces: "Please hold.", everySeconds: 41, music }, says: "Hi." },
      },
    },
  });
  line.on("/voice", twiml(`<Pause length="7"/><Dial timeLimit="90">${payer}</Dial>`));
  const { person } = line.carrier.call({ from: "+15550199001", to: "+15550100001" });
  await line.clock.runUntilIdle();
  const played = person.transcript.filter(({ what }) => what === "played");
  expect(played.map(({ atMs, what, text }) => `${Math.round(atMs / 100) / 10} ${what} ${text}`)).toEqual(
    expected,
  );
});
