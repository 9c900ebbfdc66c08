/**
 * A scenario's caller as a person on a real line: each time the phone listens, the next thing the scenario says is
 * done once the prompts are over. Keeps what it heard.
 */
import type { Clock, Handset, Person } from "@trunkline/carrier";
import type { Scenario, ScenarioStep } from "@trunkline/schema/scenario";

export interface ScenarioCaller {
  readonly person: Person;
  readonly heard: string[];
  ended(): boolean;
}

/** How long it has to be quiet before the caller does something, in milliseconds. */
const reactionMs = 500;

export function scenarioCaller(scenario: Pick<Scenario, "steps">): ScenarioCaller {
  const actions = scenario.steps.filter((step) => !("hears" in step));
  const heard: string[] = [];
  let handset: Handset | undefined;
  let clock: Clock | undefined;
  let next: ScenarioStep | undefined;
  let sounding = false;
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
  const person: Person = {
    pacesSpeech: false,
    ringing: (given, _side, time) => {
      handset = given;
      clock = time;
    },
    answered: () => {},
    hears: ({ text }) => {
      sounding = true;
      heard.push(text);
    },
    plays: () => {},
    finished: quiet,
    interrupted: quiet,
    silence: () => {},
    listening: () => {
      const action = actions.shift();
      next = action && "silence" in action ? undefined : action;
      whenQuiet();
    },
    notListening: () => {},
    failed: (code, message) => heard.push(`carrier error ${code}: ${message}`),
    ended: () => {
      over = true;
    },
  };
  return { person, heard, ended: () => over };
}

function act(handset: Handset, step: ScenarioStep): void {
  if ("press" in step) handset.press(step.press);
  else if ("speak" in step) handset.speak({ text: step.speak, confidence: step.confidence, finished: true });
  else if ("hangUp" in step) handset.hangUp();
}
