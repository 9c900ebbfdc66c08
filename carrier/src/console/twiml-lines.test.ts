/** TwiML as the console shows it. */
import { expect, test } from "vitest";
import { twimlLines } from "./twiml-lines.ts";

const shown = (text: string) =>
  twimlLines(text)?.map(
    ({ depth, text, warnings }) =>
      `${"  ".repeat(depth)}${text}${warnings.map(({ code }) => ` !${code}`).join("")}`,
  );

test.each([
  [
    "indented, with entities as they are written",
    '<?xml version="1.0"?><Response><Gather action="/a?b=1&amp;c=2"><Say>Fish &amp; chips</Say></Gather><Hangup/></Response>',
    [
      "<Response>",
      '  <Gather action="/a?b=1&amp;c=2">',
      "    <Say>Fish &amp; chips</Say>",
      "  </Gather>",
      "  <Hangup/>",
      "</Response>",
    ],
  ],
  [
    "every complaint at its element, also where two have the same",
    '<Response><Say Voice="x">a</Say><Say>b</Say><Say Voice="x">c</Say><Gather nonsense="1"><Say loop="many">d</Say></Gather></Response>',
    [
      "<Response>",
      '  <Say Voice="x">a</Say> !12200',
      "  <Say>b</Say>",
      '  <Say Voice="x">c</Say> !12200',
      '  <Gather nonsense="1"> !12200',
      '    <Say loop="many">d</Say> !13322',
      "  </Gather>",
      "</Response>",
    ],
  ],
  [
    "what stands in the wrong place",
    "<Response>words<Number>+1</Number><Saay>x</Saay></Response>",
    [
      "<Response> !12200",
      "  words",
      "  <Number>+1</Number> !12200",
      "  <Saay>x</Saay> !12200",
      "</Response>",
    ],
  ],
  ["scripts and quotes stay text", "<Response><Say voice='\"'>&lt;script&gt;</Say></Response>", undefined],
])("%s", (_name, text, lines) => {
  if (lines) expect(shown(text)).toEqual(lines);
  else expect(shown(text)!.join("")).toContain("&lt;script&gt;");
});

test("what is no XML is not made into any", () => {
  expect(twimlLines("Internal Server Error")).toBeNull();
  expect(twimlLines("<Response><Say>")).toBeNull();
});
