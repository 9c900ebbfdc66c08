/** Every example in carrier/examples is called by a small application and does what its name says. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openLine, placeCall, twiml } from "../testdata/line.ts";
import type { BehaviourInput } from "./behaviour.ts";

const folder = new URL("../../examples/", import.meta.url);
// Checked by `setFarEnd`, which refuses anything else.
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as BehaviourInput;

interface Row {
  readonly file: string;
  /** What the application does; a list is one document for each call. */
  readonly verbs: string | readonly string[];
  readonly form?: Readonly<Record<string, string>>;
  /** What the far end did, with seconds since it rang, and how the call ended. */
  readonly expected: readonly string[];
}

const rows: readonly Row[] = [
  {
    file: "voicemail.json",
    form: { MachineDetection: "DetectMessageEnd" },
    verbs: "<Say>Please call us back.</Say><Hangup/>",
    expected: [
      "18 said Hi, you have reached Doctor Lee's office. Please leave a message after the tone.",
      "23.714 sounded beep",
      "25.643 ended completed by application",
      "completed machine_end_beep",
    ],
  },
  {
    file: "voicemail-full.json",
    form: { MachineDetection: "DetectMessageEnd" },
    verbs: "<Pause length='20'/>",
    expected: [
      "18 said You have reached Anna. The mailbox is full and cannot accept any messages at this time. Goodbye.",
      "27 hung-up",
      "27 ended completed by callee",
      "completed machine_end_silence",
    ],
  },
  {
    file: "payer-line.json",
    verbs:
      '<Pause length="9"/><Play digits="1"/><Pause length="3"/><Play digits="1234567893"/><Pause length="95"/><Say>The status of a claim, please.</Say><Pause length="8"/><Say>Thank you, bye.</Say><Pause length="9"/>',
    expected: [
      "3 said Thank you for calling Acme Health provider services.",
      "7.014 said For claims press 1. For anything else say representative.",
      "12.2 said Please enter your ten digit NPI.",
      "17.2 collected 1234567893",
      "17.2 said Your call is important to us. Please stay on the line.",
      "47.2 said Your call is important to us. Please stay on the line.",
      "77.2 said Your call is important to us. Please stay on the line.",
      "107.5 said This is Julie. How can I help you?",
      "117.343 said That claim was paid on May fourth.",
      "124.414 said Have a nice day.",
      "125.857 hung-up",
      "125.857 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "puts-on-hold.json",
    verbs:
      '<Pause length="4"/><Say>The status of a claim.</Say><Pause length="25"/><Say>Are you there?</Say><Pause length="45"/><Say>Goodbye.</Say><Pause length="9"/>',
    expected: [
      "3 said Provider services, this is Sam.",
      "9.071 said One moment please, I will look that up.",
      "11.857 sounded music 60",
      "35.571 said Yes, I am still looking.",
      "71.857 said Thank you for holding. It was denied on May fourth.",
      "80.642 said Have a nice day.",
      "82.642 hung-up",
      "82.642 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "hold-then-drop.json",
    verbs: '<Pause length="600"/>',
    expected: [
      "2 said All representatives are busy.",
      "62 said All representatives are busy.",
      "122 said All representatives are busy.",
      "182 said All representatives are busy.",
      "242 hung-up",
      "242 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "impatient.json",
    verbs:
      '<Gather numDigits="1"><Say>This is a long message about your plan. Press 1 to hear it again.</Say></Gather>',
    expected: [
      "1 said Hello?",
      "2 said What is this about?",
      "2.5 pressed 0",
      "6.5 said I have no time for this.",
      "8.5 hung-up",
      "8.5 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "fax.json",
    form: { MachineDetection: "Enable" },
    verbs: "<Hangup/>",
    expected: ["5 sounded fax", "5 ended completed by application", "completed fax"],
  },
  {
    file: "call-screening.json",
    verbs:
      '<Pause length="8"/><Say>Acme Health about a claim.</Say><Pause length="12"/><Say>Goodbye.</Say><Pause length="9"/>',
    expected: [
      "3 said The person you are calling is screening this call. Please say your name and why you are calling.",
      "13.357 said Please stay on the line.",
      "19.357 said Hello, this is Maria.",
      "25.928 hung-up",
      "25.928 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "wrong-number.json",
    verbs: '<Pause length="2"/><Say>Is this Doctor Lee?</Say><Pause length="20"/>',
    expected: [
      "6 said Hello?",
      "11 said No, you have the wrong number.",
      "13 hung-up",
      "13 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "speaks-spanish.json",
    verbs:
      '<Pause length="2"/><Say>For English press 1. Para español, oprima el dos.</Say><Pause length="2"/><Say language="es-MX">Confirme su cita, por favor.</Say><Pause length="4"/><Say>Gracias, adiós.</Say><Pause length="9"/>',
    expected: [
      "5 said ¿Bueno?",
      "11 pressed 2",
      "15 said Sí, correcto.",
      "20.071 said Gracias, adiós.",
      "20.071 hung-up",
      "20.071 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "busy-then-answers.json",
    verbs: ["<Hangup/>", "<Hangup/>", '<Pause length="4"/><Say>Goodbye.</Say><Pause length="5"/>'],
    expected: [
      "busy",
      "4 ended busy by callee",
      "busy",
      "2 said Yes, hello.",
      "7.071 hung-up",
      "7.071 ended completed by callee",
      "completed",
    ],
  },
  {
    file: "many-callers.json",
    verbs: Array.from({ length: 6 }, () => "<Hangup/>"),
    expected: [
      "busy",
      "4 ended completed by application",
      "completed",
      "4 ended completed by application",
      "completed",
      "busy",
      "13 ended completed by application",
      "completed",
      "4 ended completed by application",
      "completed",
    ],
  },
];

test("every example is played here", () => {
  expect(rows.map(({ file }) => file).sort()).toEqual(readdirSync(folder).sort());
});

test.each(rows)("$file", async ({ file, verbs, form, expected }) => {
  const line = await openLine();
  try {
    line.carrier.setFarEnd("+15550150001", read(file));
    const told: string[] = [];
    for (const document of [verbs].flat()) {
      line.on("/voice", twiml(document));
      const { sid } = await placeCall(line, form);
      await line.clock.runUntilIdle();
      const call = line.carrier.find(sid)!;
      for (const { atMs, what, text } of line.carrier.personOn(sid)?.transcript ?? [])
        if (deeds.has(what)) told.push(`${atMs / 1000} ${what} ${text}`.trim());
      told.push([call.status, call.answered_by].filter(Boolean).join(" "));
    }
    expect(told).toEqual(expected);
    expect(line.carrier.alerts()).toEqual([]);
  } finally {
    await line.close();
  }
});

const deeds = new Set(["pressed", "said", "sounded", "collected", "hung-up", "gave-up", "ended"]);
