/** What `<Play>` names (protocol 2 and 5; Twilio, <Play>): fetched, judged, measured. */
import { aiffFile, gsmFile, mp3File, mulawFile, wavFile } from "./audio.ts";
import type { Behaviour } from "./behaviour.ts";

const source = "Play 5";
const answered = (contentType: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}) => ({
  headers: { "content-type": contentType, ...headers },
  body,
});
const play = (attributes = "", url = "/a") => `<Play ${attributes}>${url}</Play>`;
const wav = wavFile({ seconds: 2 });
const again = "<Redirect>/again</Redirect>";

export const media: readonly Behaviour[] = [
  ...(
    [
      ["audio/x-wav", wavFile({ seconds: 3, rate: 16_000 }), 3],
      ["audio/wav", wavFile({ seconds: 3 }, true), 3],
      ["audio/wave; codecs=1", wav, 2],
      ["audio/mpeg", mp3File(100), 3],
      ["audio/mpeg", mp3File(1000, "Xing"), 26],
      ["audio/aiff", aiffFile({ seconds: 4 }), 4],
      ["audio/x-gsm", gsmFile(250), 5],
      ["audio/ulaw", mulawFile(6), 6],
      ["audio/basic", mulawFile(6), 6],
    ] as const
  ).map(
    ([type, body, seconds]): Behaviour => ({
      source,
      rule: `${type} of ${body.length} bytes lasts ${seconds} s; it is asked for by GET, signed, without the call's parameters`,
      on: { "/voice": play(), "/a": answered(type, body) },
      names: ["CallSid", "@x-twilio-signature"].slice(0, 1),
      asked: ["0 /a"],
      heard: [["/a"]],
      calls: [`completed ${seconds}`],
    }),
  ),
  {
    source,
    rule: "loop: fetched once",
    on: { "/voice": play('loop="3"'), "/a": answered("audio/wav", wav) },
    asked: ["0 /a"],
    heard: [["/a", "/a", "/a"]],
    calls: ["completed 6"],
  },
  {
    source,
    rule: "one whose length cannot be read lasts as long as configured, and that is said",
    on: { "/voice": play(), "/a": answered("audio/mpeg", Buffer.from("noise")) },
    options: { mediaSeconds: 9 },
    codes: [null],
    calls: ["completed 9"],
  },
  {
    source,
    rule: "nothing is fetched when the carrier is told so",
    on: { "/voice": play() },
    options: { fetchMedia: false },
    asked: [],
    calls: ["completed 5"],
  },
  ...(["text/html", "audio/ogg", "application/octet-stream", ""] as const).map(
    (type): Behaviour => ({
      source: "13420",
      rule: `content type "${type}": the verb is skipped`,
      on: { "/voice": `${play()}<Say>Fourteen chars</Say>`, "/a": answered(type, wav) },
      heard: [["Fourteen chars"]],
      codes: [13420],
      calls: ["completed 1"],
    }),
  ),
  {
    source: "13325",
    rule: "a wrong content type in a Gather: the prompt is skipped",
    on: { "/voice": `<Gather timeout='3'>${play()}</Gather>`, "/a": answered("text/plain", wav) },
    codes: [13325],
    calls: ["completed 3"],
  },
  ...(
    [
      ["404", { status: 404 }, 11200],
      ["500", { status: 500 }, 11200],
      ["a redirect to nowhere", { status: 302, headers: { location: "http://127.0.0.1:3/" } }, 11202],
      ["a redirect to itself", { status: 302, headers: { location: "$app/a" } }, 11215],
      [
        "a redirect to a host that may not be asked",
        { status: 302, headers: { location: "http://example.com/" } },
        11210,
      ],
      ["no answer in time", { afterSeconds: 16 }, 11205],
      ["too much", answered("audio/wav", Buffer.alloc(17 * 1024 * 1024)), 11750],
    ] as const
  ).map(
    ([rule, a, code]): Behaviour => ({
      source: "HTTP 2",
      rule: `media: ${rule} is ${code}, and what follows is performed`,
      on: { "/voice": `${play()}<Say>Fourteen chars</Say>`, "/a": a },
      heard: [["Fourteen chars"]],
      codes: [code],
    }),
  ),
  {
    source: "HTTP 2",
    rule: "media: redirects are followed",
    on: {
      "/voice": play(),
      "/a": { status: 303, headers: { location: "$app/b" } },
      "/b": answered("audio/wav", wav),
    },
    asked: ["0 /a", "0 /b"],
    calls: ["completed 2"],
  },
  {
    source: "HTTP 2",
    rule: "a key does not wait for media that do not come",
    on: {
      "/voice": `<Gather numDigits='1' action='/done'>${play()}</Gather>`,
      "/a": { afterSeconds: 14, status: 404 },
    },
    callers: [[0, 1, [{ afterSeconds: 2, press: "5" }]]],
    names: ["Digits"],
    asked: ["0 /a", "2 /done Digits=5"],
    codes: [11200],
  },
  {
    source: "Caching 2",
    rule: "max-age: media are not asked for again",
    on: {
      "/voice": play() + again,
      "/again": play(),
      "/a": answered("audio/wav", wav, { "cache-control": "max-age=60" }),
    },
    asked: ["0 /a", "2 /again"],
    calls: ["completed 4"],
  },
  {
    source: "Caching 2",
    rule: "an ETag: asked for again, and 304 means the same",
    on: {
      "/voice": play() + again,
      "/again": play(),
      "/a": [answered("audio/wav", wav, { etag: '"one"' }), { status: 304 }],
    },
    names: ["@if-none-match"],
    asked: ["0 /a", "2 /again", '2 /a @if-none-match="one"'],
    calls: ["completed 4"],
  },
  {
    source,
    rule: "no URL, and one that is none, are 11100 and skipped",
    on: { "/voice": `<Play/>${play("", "http://")}<Say>Fourteen chars</Say>` },
    heard: [["Fourteen chars"]],
    codes: [11100, 11100],
    calls: ["completed 1"],
  },
  {
    source: "Enqueue 5",
    rule: "a waitUrl may be sound, asked for again when it is over",
    on: {
      "/voice": "<Enqueue waitUrl='/a'>q</Enqueue>",
      "/a": answered("audio/x-wav", wavFile({ seconds: 4 })),
    },
    callers: [[0, 1, [{ silentSeconds: 10 }, { hangUp: true }]]],
    asked: ["0 /a", "4 /a", "8 /a"],
    heard: [["$app/a", "$app/a", "$app/a"]],
  },
];
