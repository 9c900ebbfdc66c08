/**
 * The whole voice webhook, ours beside a hand-written handler: same Postgres (durable settings, one database each),
 * same load, rounds interleaved. `BENCH_PROFILE=<folder>` writes a CPU profile of every server there.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { freshDatabase } from "../harness/postgres.ts";
import { startPostgresServer } from "../harness/postgres-server.ts";
import type { LoadFigures } from "./load-process.ts";
import { seedDatabase } from "./seed-database.ts";
import { median, printTable } from "./statistics.ts";
import { printBreakdown } from "./webhook-breakdown.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const atOnce = 32;
const sides = ["ours", "classic", "two-trips"] as const;
type Side = (typeof sides)[number];

const names: Readonly<Record<Side, string>> = {
  ours: "Trunkline's runtime",
  classic: "by hand, BEGIN … COMMIT",
  "two-trips": "by hand, two round trips",
};

export async function benchWebhook(): Promise<void> {
  const server = await startPostgresServer({ durable: true });
  try {
    const urls = new Map<Side, string>();
    for (const side of sides) {
      const { url } = await freshDatabase(server.url);
      await seedDatabase(url);
      urls.set(side, url);
    }
    const figures: Record<Side, LoadFigures[]> = { ours: [], classic: [], "two-trips": [] };
    for (let round = 0; round < rounds; round++) {
      // Another order each round: nobody is always first.
      for (const side of [...sides.slice(round % 3), ...sides.slice(0, round % 3)]) {
        figures[side].push(await oneRound(side, urls.get(side) ?? ""));
      }
    }
    print(figures);
    const ratio = ratioTo(figures, "two-trips");
    if (ratio < 0.8 || process.env.BENCH_BREAKDOWN) {
      await printBreakdown(urls.get("ours") ?? "", urls.get("two-trips") ?? "");
    }
  } finally {
    await server.stop();
  }
}

function print(figures: Record<Side, LoadFigures[]>): void {
  const of = (side: Side, pick: (one: LoadFigures) => number) => median(figures[side].map(pick));
  console.log(
    `\nThe voice webhook, ${atOnce} at once, medians of ${rounds} interleaved rounds of ${seconds} s`,
  );
  printTable(
    ["handler", "webhooks/s", "p50 ms", "p99 ms", "wrong", "of all"],
    sides.map((side) => [
      names[side],
      of(side, (one) => one.perSecond),
      of(side, (one) => one.p50),
      of(side, (one) => one.p99),
      figures[side].reduce((sum, one) => sum + one.wrong, 0),
      figures[side].reduce((sum, one) => sum + one.done, 0),
    ]),
  );
  for (const side of ["classic", "two-trips"] as const) {
    console.log(`  ours / ${names[side]}: ${ratioTo(figures, side).toFixed(2)}`);
  }
}

/** Median of the rounds' own ratios: what one round had to bear, both sides had. */
function ratioTo(figures: Record<Side, LoadFigures[]>, side: Side): number {
  return median(figures.ours.map((one, at) => one.perSecond / (figures[side][at]?.perSecond ?? Number.NaN)));
}

async function oneRound(side: Side, url: string): Promise<LoadFigures> {
  const profile = process.env.BENCH_PROFILE;
  const flags = profile
    ? ["--cpu-prof", `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${side}.cpuprofile`]
    : [];
  const child = spawn(
    process.execPath,
    [...flags, join(import.meta.dirname, "server-process.ts"), side, url],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  const over = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const port = await Promise.race([
      firstLine(child.stdout),
      over.then(() => Promise.reject(new Error(`Expected the ${side} server to start, found it ended.`))),
    ]);
    return await load(port);
  } finally {
    child.kill("SIGTERM");
    await over;
  }
}

function load(port: string): Promise<LoadFigures> {
  const args = [join(import.meta.dirname, "load-process.ts"), port, String(atOnce), String(seconds)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += String(chunk);
    });
    child.once("close", (code) => {
      if (code === 0)
        resolve(JSON.parse(said) as LoadFigures); // its only line
      else reject(new Error(`Expected the load to run, found it ended with ${code}.`));
    });
  });
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    stream.on("data", (chunk) => {
      said += String(chunk);
      const end = said.indexOf("\n");
      if (end >= 0) resolve(said.slice(0, end).trim());
    });
  });
}
