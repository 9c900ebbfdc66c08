/** Our signatures judged by Twilio's own library (protocol 9). */
import twilio from "twilio";
import { expect, test } from "vitest";
import { type Parameters, signature, signedUrl } from "./signature.ts";

const token = "12345";

const posts: [what: string, url: string, parameters: Parameters][] = [
  ["no parameters", "http://127.0.0.1:4000/voice", []],
  [
    "names sorted by byte value",
    "http://127.0.0.1:4000/voice",
    [
      ["b", "2"],
      ["B", "1"],
      ["a", "0"],
      ["A", "9"],
    ],
  ],
  ["a query in the URL", "http://127.0.0.1:4000/voice?turn=3&x=%20y", [["Digits", "1"]]],
  [
    "an empty value",
    "https://example.com/voice",
    [
      ["Digits", ""],
      ["From", "+15550100001"],
    ],
  ],
  [
    "odd characters",
    "https://example.com/vo%C3%AFce",
    [
      ["SpeechResult", "naïve & “quoted” = 100 % 🙂 \n"],
      ["q[]", "~!*'()"],
    ],
  ],
  [
    "a repeated name, values unordered and doubled",
    "https://example.com/v",
    [
      ["M", "z"],
      ["M", "a"],
      ["M", "z"],
    ],
  ],
  ["a port with http", "http://example.com:8080/voice", [["a", "1"]]],
  ["a port with https", "https://example.com:8443/voice", [["a", "1"]]],
];
test.each(posts)("Signature 9.1: %s", (_what, url, parameters) => {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of parameters) form[name] = name in form ? [form[name]!, value].flat() : value;
  expect(twilio.validateRequest(token, signature(token, url, parameters), url, form)).toBe(true);
});

test.each(["http://127.0.0.1:4000/v?CallSid=CA1&From=%2B1555", "https://example.com/?a=1&a=2&b="])(
  "Signature 9.2: GET %s",
  (url) => {
    expect(twilio.validateRequest(token, signature(token, url, []), url, {})).toBe(true);
  },
);

test("a wrong token, URL or value is refused by the judge", () => {
  const good = signature(token, "http://a.localhost/v", [["a", "1"]]);
  expect(twilio.validateRequest("54321", good, "http://a.localhost/v", { a: "1" })).toBe(false);
  expect(twilio.validateRequest(token, good, "http://a.localhost/w", { a: "1" })).toBe(false);
  expect(twilio.validateRequest(token, good, "http://a.localhost/v", { a: "2" })).toBe(false);
});

test.each([
  ["https://user:pass@example.com:8443/v?x=1#rc=2", "https://example.com/v?x=1"],
  ["http://user:p%40ss@127.0.0.1:4000/v", "http://127.0.0.1:4000/v"],
  ["http://[::1]:4000/v?at=a@b:1", "http://[::1]:4000/v?at=a@b:1"],
  ["https://[::1]:4000/v", "https://[::1]/v"],
])("Signature 9: %s is signed as %s", (url, signed) => {
  expect(signedUrl(url)).toBe(signed);
});
