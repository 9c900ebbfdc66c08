/**
 * 20,000 broken, hostile and changed documents (T16): none makes parsing, linting or the engine throw, none takes more
 * than 50 ms of processor time. What still parses is called, with 50 events each; its rules look at it without a fault.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Session } from "../call/index.ts";
import { parseFlow, parseFlowText } from "../document/index.ts";
import { lint } from "../lint/index.ts";
import { anyFlow, happening, toEvent } from "../testdata/any-flow.ts";
import { compileFlow, openSession, step } from "./index.ts";

const documents = 20_000;
const eventsEach = 50;
/** Processor time, in milliseconds; looked at twice before it counts, because a collection of garbage may fall into it. */
const mostMs = 50;
const seed = 20_261_121;

/** Numbers below `most`, the same ones for the same seed. */
function numbers(from: number): (most: number) => number {
  let state = from >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * most);
  };
}

type Plain = { [key: string]: unknown } | unknown[];

/** Every object and list in a document. */
function containers(value: unknown, found: Plain[] = []): Plain[] {
  if (typeof value !== "object" || value === null) return found;
  found.push(value as Plain);
  for (const child of Object.values(value)) containers(child, found);
  return found;
}

const junk: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  "constructor",
  "__proto__",
  "{{name}}",
  "{{constructor.constructor}}",
  ["$", "{7*7}<%= 1 %>{% include 'x' %}"].join(""),
  "^(a+)+$",
  "</Say><Dial>+19005550100</Dial>",
  "\ud800\u0000",
  "x".repeat(5000),
  [],
  {},
  [[]],
  { toString: 1, valueOf: 2, hasOwnProperty: 3 },
  { all: [{ not: { any: [] } }] },
];

/** One change anywhere: a value replaced, removed, copied elsewhere, or a key that should not be there. */
function changed(document: object, draw: (most: number) => number): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  for (let changes = 0; changes <= draw(3); changes += 1) {
    const all = containers(copy);
    const at = all[draw(all.length)] as { [key: string]: unknown };
    const keys = Object.keys(at);
    const key = keys[draw(keys.length)] ?? "new";
    const what = draw(5);
    if (what === 0) at[key] = junk[draw(junk.length)];
    else if (what === 1) delete at[key];
    else if (what === 2) at[key] = JSON.parse(JSON.stringify(all[draw(all.length)]));
    else if (what === 3) at[`${key}x`] = at[key];
    else
      at[key] =
        typeof at[key] === "string"
          ? `${at[key]}{{`
          : typeof at[key] === "number"
            ? -Number(at[key])
            : at[key];
  }
  return copy;
}

/** Its text with some characters gone wrong. */
function garbled(document: object, draw: (most: number) => number): string {
  const text = JSON.stringify(document);
  const at = draw(text.length);
  const [a, b] = [text.slice(0, at), text.slice(at + draw(9))];
  return [a, a + b, `${a}${String.fromCharCode(draw(65_536))}${b}`, `${a}${text}${b}`][draw(4)] ?? a;
}

function bomb(draw: (most: number) => number): string {
  const size = 1 + draw(3000);
  return (
    [
      "[".repeat(size * 10),
      `${'{"a":'.repeat(size)}1${"}".repeat(size)}`,
      `{"nodes":{${Array.from({ length: size }, (_, index) => `"n${index}":{}`).join()}}}`,
      `{"formatVersion":1,"name":${JSON.stringify("\\".repeat(size))}}`,
      `{"__proto__":{"x":${size}},"formatVersion":1}`,
      `{"formatVersion":${"9".repeat(size)}}`,
      `"${"😀".repeat(size)}"`,
    ][draw(7)] ?? ""
  );
}

describe("20,000 documents", () => {
  it(`hold, with seed ${seed}`, { timeout: 120_000 }, () => {
    const bases = fc.sample(anyFlow, { numRuns: 150, seed });
    const happenings = fc.sample(happening, { numRuns: 5000, seed });
    const draw = numbers(seed);
    let [parsed, slow] = [0, 0];
    for (let index = 0; index < documents; index += 1) {
      const base = bases[draw(bases.length)]!; // within the list
      const kind = draw(10);
      const value = kind < 7 ? changed(base, draw) : kind < 9 ? garbled(base, draw) : bomb(draw);
      const from = draw(happenings.length - eventsEach);
      const look = () => {
        const found = typeof value === "string" ? parseFlowText(value) : parseFlow(value);
        if (!found.ok) {
          expect(found.problems[0]?.sentence).toMatch(/\.$/);
          return false;
        }
        if (index % 5 === 0)
          expect(lint(found.flow).filter((one) => one.sentence.includes("could not look"))).toEqual([]);
        const compiled = compileFlow(found.flow);
        const flows = new Map([[compiled.hash, compiled]]);
        let session: Session = openSession(compiled);
        let at = 1000;
        const ends = { direction: "inbound", from: "+15550100009", to: "+15550100001" } as const;
        session = step(flows, session, { type: "call-started", at, turn: 0, seed: 1, ...ends }).session;
        for (const one of happenings.slice(from, from + eventsEach)) {
          at += one.seconds * 1000;
          session = step(flows, session, toEvent(one, session, at)).session;
        }
        return true;
      };
      if (timed(look, (ok) => (parsed += ok ? 1 : 0)) > mostMs && timed(look, () => {}) > mostMs) slow += 1;
    }
    expect(slow).toBe(0);
    // The share that still parses says whether the changes are any good.
    expect(parsed).toBeGreaterThan(documents / 20);
    expect(parsed).toBeLessThan(documents);
  });
});

/** Processor time of one piece of work, in milliseconds. */
function timed(look: () => boolean, then: (ok: boolean) => void): number {
  const before = process.cpuUsage();
  then(look());
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
