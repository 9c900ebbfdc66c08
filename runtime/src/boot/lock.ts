/**
 * One process per data folder: PGlite itself lets two in and silently loses one's rows.
 *
 * The lock is the highest-numbered file `lock.N`; its content names the process and when that process began, so that
 * a reused pid is not taken for life. Numbers only grow, and a file is made complete by `link`, which refuses when the
 * name exists: of two takers of a dead lock one wins, and a live lock is never touched. Releasing keeps the number.
 * Doorway: `takeLock` before the database is opened, `release` after it is closed. Throws `LockedError` with a sentence.
 */
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export class LockedError extends Error {
  override name = "LockedError";
}

export interface Lock {
  release(): void;
}

interface Holder {
  /** Null when the lock was released. */
  readonly pid: number | null;
  /** When the process began, in the system's own words; null where the system does not say. */
  readonly began: string | null;
}

export function takeLock(folder: string, pid = process.pid): Lock {
  const content: Holder = { pid, began: beganAt(pid) };
  for (;;) {
    const newest = newestLock(folder);
    const holder = newest === 0 ? null : readHolder(pathOf(folder, newest));
    if (holder && isAlive(holder)) throw lockedBy(folder, holder);
    const mine = newest + 1;
    if (!put(folder, mine, content)) continue; // somebody else took it: look who
    if (newestLock(folder) !== mine) {
      // Others have come and gone since we looked; their number is the valid one.
      rmSync(pathOf(folder, mine), { force: true });
      continue;
    }
    for (const older of numbersIn(folder)) if (older < mine) rmSync(pathOf(folder, older), { force: true });
    return { release: () => replace(folder, mine, { pid: null, began: null }) };
  }
}

/** Makes the file with its whole content, or not at all: false when the name is taken. */
function put(folder: string, number: number, content: Holder): boolean {
  const draft = draftIn(folder);
  writeFileSync(draft, JSON.stringify(content));
  try {
    linkSync(draft, pathOf(folder, number));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(folder: string, number: number, content: Holder): void {
  const draft = draftIn(folder);
  writeFileSync(draft, JSON.stringify(content));
  renameSync(draft, pathOf(folder, number));
}

let drafts = 0;
/** A name no other process and no other call uses. */
const draftIn = (folder: string) => join(folder, `lock-draft-${process.pid}-${++drafts}`);

/** Null when it is gone by now. */
function readHolder(path: string): Holder | null {
  try {
    const { pid, began }: Holder = JSON.parse(readFileSync(path, "utf8")); // written by `put`
    return { pid, began };
  } catch {
    return null;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  if (pid === null) return false;
  const now = beganAt(pid);
  if (now !== null && began !== null) return now === began;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Boot and start of a process, where /proc tells; null otherwise. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22, counted after the name, which may hold anything but ends with the last parenthesis.
    const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${start}`;
  } catch {
    return null;
  }
}

function lockedBy(folder: string, { pid }: Holder): LockedError {
  return new LockedError(
    `The data folder ${folder} is in use by another Trunkline (process ${pid}): stop that one, or set TRUNKLINE_DATA_DIR to another folder.`,
  );
}

const pathOf = (folder: string, number: number) => join(folder, `lock.${number}`);

function numbersIn(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const found = /^lock\.(\d{1,15})$/.exec(name);
    return found ? [Number(found[1])] : [];
  });
}

const newestLock = (folder: string) => Math.max(0, ...numbersIn(folder));
