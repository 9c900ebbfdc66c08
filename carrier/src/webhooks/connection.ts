/**
 * Connection overrides: how an application wants to be asked, written in its URL's fragment (protocol 2): `#rc=2&rp=5xx,ct&rt=3000`.
 * The fragment is neither sent nor signed. A fragment without any `name=value` says nothing about it.
 */
import { limits } from "../limits.ts";

export type Retryable = "ct" | "rt" | "4xx" | "5xx";

export interface Connection {
  /** One attempt, ms. How long connecting takes (`ct`) is checked and left to the platform. */
  readonly readMs: number;
  /** All attempts together, ms. */
  readonly totalMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<Retryable>;
}

const plain: Connection = {
  readMs: limits.webhookMs,
  totalMs: limits.webhookMs,
  retries: 1,
  retryOn: new Set(["ct"]),
};
const retryable = ["4xx", "5xx", "ct", "rt"] as const;

/** Least, most. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  ct: [100, 10_000],
  rt: [100, 15_000],
  tt: [100, 15_000],
  rc: [0, 5],
};

/** What the URL asks for, or a sentence about what is wrong with it (11243). */
export function connectionOf(url: string): Connection | string {
  const at = url.indexOf("#");
  const fragment = at === -1 ? "" : url.slice(at + 1);
  if (!fragment.includes("=")) return plain;
  const given = new URLSearchParams(fragment);
  const numbers: Record<string, number> = {};
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const text = given.get(name);
    if (text === null) continue;
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
      return `HTTP retry policy is invalid: expected ${name} from ${least} to ${most}, found ${text}`;
    numbers[name] = Number(text);
  }
  const policy = given.get("rp");
  const words = policy === null ? ["ct"] : policy.split(",").map((word) => word.trim());
  const wrong = words.find((word) => word !== "all" && !retryable.some((one) => one === word));
  if (wrong !== undefined)
    return `HTTP retry policy is invalid: expected rp of ${retryable.join(", ")} or all, found ${wrong}`;
  return {
    readMs: numbers.rt ?? plain.readMs,
    totalMs: numbers.tt ?? plain.totalMs,
    retries: numbers.rc ?? plain.retries,
    retryOn: new Set(retryable.filter((one) => words.includes(one) || words.includes("all"))),
  };
}
