import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf, lives } from './living.ts';

/** The watchdog of a killed run needs about a second; what it left after this long is killed by the next start. */
const GRACE_MS = 3_000;
const LOOK_EVERY_MS = 50;

interface Recorded {
  readonly pid: number;
  readonly birth?: string | undefined;
}

interface Content {
  /** Who runs and guards the others: while it lives, they are in use and not left behind. */
  readonly owner: Recorded;
  readonly groups: readonly Recorded[];
}

const recorded = (pid: number): Recorded => ({ pid, birth: birthOf(pid) });

/** The process groups of a run, in a file beside its data, so that the next run can see what a killed one left. */
export class ProcessRecord {
  private readonly file: string;
  private readonly owner = recorded(process.pid);
  private readonly living = new Map<number, Recorded>();

  constructor(file: string) {
    this.file = file;
  }

  /** `pid` leads its process group. */
  add(pid: number): void {
    this.living.set(pid, recorded(pid));
    this.write();
  }

  remove(pid: number): void {
    this.living.delete(pid);
    this.write();
  }

  private write(): void {
    const content: Content = { owner: this.owner, groups: [...this.living.values()] };
    writeFileSync(this.file, JSON.stringify(content));
  }
}

/**
 * Resolves when none of the processes lives any more that the record of a killed run names, so that their data and
 * ports can be taken or removed. What outlives the grace is killed; a process that only has the number of an old one is
 * left alone, and so is a run whose owner lives.
 */
export async function lastProcessesEnded(
  file: string,
  log: (line: string) => void,
  graceMs: number = GRACE_MS,
): Promise<void> {
  const killAt = Date.now() + graceMs;
  let said = false;
  for (let left = leftOf(file); left.length > 0; left = left.filter(isTheSame)) {
    if (!said) log('waiting for the last run, which was killed, to end ...');
    said = true;
    if (Date.now() > killAt) for (const { pid } of left) killGroup(pid);
    await sleep(LOOK_EVERY_MS);
  }
}

function leftOf(file: string): readonly Recorded[] {
  try {
    const { owner, groups } = JSON.parse(readFileSync(file, 'utf8')) as Content; // as: written by ProcessRecord only
    return isTheSame(owner) ? [] : groups.filter(isTheSame);
  } catch {
    // No run before this one, or one that was killed while it wrote: the ports tell then.
    return [];
  }
}

/** Without a birth to compare (no /proc) nothing is waited for or killed: the ports alone tell then. */
const isTheSame = ({ pid, birth }: Recorded): boolean => birth !== undefined && lives(pid) && birthOf(pid) === birth;

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}
