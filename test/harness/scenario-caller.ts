/**
 * A scenario's far end as a person on a real line: each time the phone listens, records or dials, the next thing the
 * scenario says is done once it is quiet. Keeps what it heard.
 */
import type { Clock, FarEnd, Handset, Person } from "@trunkline/carrier";
import type { Scenario, ScenarioStep } from "@trunkline/schema/scenario";

export interface ScenarioCaller {
  readonly person: Person;
  readonly heard: string[];
  ended(): boolean;
  /** Has its telephone rung? */
  rung(): boolean;
  /** Who is at the number that the flow dials now. */
  dialled(): FarEnd;
}

type Action = Exclude<ScenarioStep, { hears: string } | { hearsNot: string }>;

/** How long it has to be quiet before the far end does something, in milliseconds. */
const reactionMs = 500;
/** What a person says who picks up, and a machine: the first is shorter, the second longer than any threshold. */
const greetings = {
  human: { text: "Hello?", durationMs: 700 },
  machine: {
    text: "You have reached the voicemail of Ada. I cannot come to the phone right now. Please leave a message.",
    durationMs: 7000,
  },
} as const;
const charactersPerSecond = 15;

export function scenarioCaller(scenario: Pick<Scenario, "steps" | "answered">): ScenarioCaller {
  const actions = scenario.steps.filter(
    (step): step is Action => !("hears" in step) && !("hearsNot" in step),
  );
  const heard: string[] = [];
  let handset: Handset | undefined;
  let clock: Clock | undefined;
  let next: Action | undefined;
  let sounding = false;
  let connected = false;
  let over = false;
  const whenQuiet = () => {
    const waitingFor = next;
    clock?.after(reactionMs, () => {
      if (!next || next !== waitingFor || sounding || over || !handset) return;
      const action = next;
      next = undefined;
      act(handset, action);
    });
  };
  const quiet = () => {
    sounding = false;
    whenQuiet();
  };
  const hear = (words: string) => {
    if (!connected && heard.at(-1) !== words) heard.push(words);
  };
  const person: Person = {
    pacesSpeech: false,
    ringing: (given, side, time) => {
      handset = given;
      clock = time;
      if (side === "callee") time.after(2000, () => given.answer());
    },
    answered: () => {
      if (handset && clock && scenario.answered) greet(handset, clock, scenario.answered);
    },
    hears: ({ text }) => {
      sounding = true;
      if (!connected) heard.push(text);
    },
    plays: ({ url, digits }) => {
      sounding = true;
      hear(digits === null ? `plays ${url}` : `presses ${digits}`);
    },
    finished: quiet,
    interrupted: quiet,
    silence: () => {},
    connected: () => {
      connected = true;
    },
    disconnected: () => {
      connected = false;
    },
    listening: () => {
      const action = actions.shift();
      if (action && "record" in action && handset && clock) {
        beRecorded(handset, clock, action);
        return;
      }
      next = action && "silence" in action ? undefined : action;
      whenQuiet();
    },
    notListening: () => {},
    failed: (code, message) => heard.push(`carrier error ${code}: ${message}`),
    ended: () => {
      over = true;
    },
  };
  return {
    person,
    heard,
    ended: () => over,
    rung: () => handset !== undefined,
    dialled: () => {
      const action = actions.shift();
      return action && "dialled" in action ? dialledPerson(action) : "failed";
    },
  };
}

function act(handset: Handset, action: Action): void {
  if ("press" in action) handset.press(action.press);
  else if ("speak" in action)
    handset.speak({ text: action.speak, confidence: action.confidence, finished: true });
  else if ("hangUp" in action) handset.hangUp();
}

/** Sounds like whoever the carrier is to take it for. */
function greet(handset: Handset, clock: Clock, answered: NonNullable<Scenario["answered"]>): void {
  if (answered.by === "unknown") return;
  if (answered.by === "fax") {
    handset.sound("fax");
    return;
  }
  const greeting = greetings[answered.by];
  handset.speak(greeting);
  if (answered.by === "machine" && answered.greeting === "beep") {
    clock.after(greeting.durationMs + 300, () => handset.sound("beep"));
  }
}

function beRecorded(handset: Handset, clock: Clock, action: Extract<Action, { record: string }>): void {
  const durationMs = Math.ceil((action.record.length / charactersPerSecond) * 1000);
  handset.speak({ text: action.record, durationMs });
  if (action.end === "hang-up") clock.after(durationMs + reactionMs, () => handset.hangUp());
  if (action.end === "key") clock.after(durationMs + reactionMs, () => handset.press("#"));
}

/** Somebody at a number that a flow rings: talks for a while and hangs up, or does not answer. */
function dialledPerson({ dialled, seconds = 60 }: Extract<Action, { dialled: string }>): FarEnd {
  if (dialled === "busy" || dialled === "failed") return dialled;
  let handset: Handset | undefined;
  let clock: Clock | undefined;
  return {
    pacesSpeech: false,
    ringing: (given, _side, time) => {
      handset = given;
      clock = time;
      if (dialled !== "no-answer" && dialled !== "canceled") time.after(2000, () => given.answer());
    },
    answered: () => {
      if (!handset || !clock) return;
      if (dialled === "fax") handset.sound("fax");
      else handset.speak(dialled === "machine" ? greetings.machine : greetings.human);
      if (dialled === "completed") clock.after(seconds * 1000, () => handset?.hangUp());
    },
    hears: () => {},
    plays: () => {},
    finished: () => {},
    interrupted: () => {},
    silence: () => {},
    listening: () => {},
    notListening: () => {},
    failed: () => {},
    ended: () => {},
  };
}
