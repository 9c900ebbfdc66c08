/**
 * Connection overrides: how an application wants to be asked, written in its URL's fragment (protocol 2): `#rc=2&rp=5xx,ct&rt=3000`.
 * The fragment is neither sent nor signed. A fragment without any `name=value` says nothing about it.
 */
import { limits } from "../limits.ts";
import { type Failed, failed } from "./failure.ts";

export type Retryable = "ct" | "rt" | "4xx" | "5xx";

export interface Connection {
  /** Until TCP is connected, ms. */
  readonly connectMs: number;
  /** Silence of the server before its answer and between the answer's packets, ms. */
  readonly readMs: number;
  /** All attempts together, ms, and whether the application said so. */
  readonly totalMs: number;
  readonly totalGiven: boolean;
  readonly retries: number;
  readonly retryOn: ReadonlySet<Retryable>;
  readonly sni: boolean;
}

const plain: Connection = {
  connectMs: limits.connectMs,
  readMs: limits.webhookMs,
  totalMs: limits.webhookMs,
  totalGiven: false,
  retries: 1,
  retryOn: new Set(["ct"]),
  sni: true,
};
/** Edges (`e`): accepted, everything leaves from here. Twilio, Connection overrides. */
const edges = new Set(
  [
    ["ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla"],
    ["ashburn-ix", "frankfurt-ix", "london-ix", "san-jose-ix", "singapore-ix"],
  ].flat(),
);
const retryable = ["4xx", "5xx", "ct", "rt"] as const;

/** Least, most. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  ct: [100, 10_000],
  rt: [100, 15_000],
  tt: [100, 15_000],
  rc: [0, 5],
};

/** What the URL asks for, or what is wrong with it: 11243, 11240 for an edge nobody knows. */
export function connectionOf(url: string): Connection | Failed {
  const at = url.indexOf("#");
  const fragment = at === -1 ? "" : url.slice(at + 1);
  if (!fragment.includes("=")) return plain;
  const given = new URLSearchParams(fragment);
  const numbers: Record<string, number> = {};
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const text = given.get(name);
    if (text === null) continue;
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most)
      return invalid(`expected ${name} from ${least} to ${most}, found ${text.slice(0, 100)}`);
    numbers[name] = Number(text);
  }
  const policy = given.get("rp");
  const words = policy === null ? ["ct"] : policy.split(",").map((word) => word.trim());
  const wrong = words.find((word) => word !== "all" && !retryable.some((one) => one === word));
  if (wrong !== undefined)
    return invalid(`expected rp of ${retryable.join(", ")} or all, found ${wrong.slice(0, 100)}`);
  const sni = given.get("sni") ?? "y";
  if (sni !== "y" && sni !== "n") return invalid(`expected sni of y or n, found ${sni.slice(0, 100)}`);
  const edge = given
    .get("e")
    ?.split(",")
    .find((name) => !edges.has(name.trim()));
  if (edge !== undefined)
    return failed(11240, `HTTP connection edge location is invalid: found ${edge.slice(0, 100)}`);
  return {
    connectMs: numbers.ct ?? plain.connectMs,
    readMs: numbers.rt ?? plain.readMs,
    totalMs: numbers.tt ?? plain.totalMs,
    totalGiven: numbers.tt !== undefined,
    sni: sni === "y",
    retries: numbers.rc ?? plain.retries,
    retryOn: new Set(retryable.filter((one) => words.includes(one) || words.includes("all"))),
  };
}

const invalid = (what: string) => failed(11243, `HTTP retry policy is invalid: ${what}`);
