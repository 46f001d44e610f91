import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from './service-processes.ts';
import { StackError } from './stack-error.ts';
import type { Stack } from './stack.ts';

/** The working folder of `npm start`: data, logs, keys. Nothing of it is in git. */
export const workFolder = join(repositoryRoot, '.ariane');
const file = join(workFolder, 'stack.json');
const ownerFile = join(workFolder, 'owner.pid');

/** The launcher looks for its own starter four times a second, and a start ends as soon as its launcher is gone. */
const OWNER_ENDS_WITHIN_MS = 1_000;

/** What the story, the benches and the command line read to find the stack that runs. */
export interface StackFile {
  /** The process that runs the stack. */
  readonly pid: number;
  readonly mode: 'processes' | 'containers';
  readonly urls: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
  readonly env: Readonly<Record<string, string>>;
  readonly pids: Readonly<Record<string, number>>;
}

export function writeStackFile(stack: Stack, mode: StackFile['mode']): void {
  const { urls, ports, env } = stack;
  const content: StackFile = { pid: process.pid, mode, urls, ports, env, pids: stack.pids() };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** The stack of `npm start`, or undefined when none runs. */
export function runningStack(): StackFile | undefined {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as StackFile; // as: written by writeStackFile only
    return isStart(found.pid) ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the working folder for this process, from the first moment of a start: two stacks on one data folder would
 * damage it. Kept until `releaseWorkFolder`. An owner whose launcher was just killed gets a moment to end.
 * @throws StackError when another start or stack has it
 */
export async function takeWorkFolder(): Promise<void> {
  mkdirSync(workFolder, { recursive: true });
  for (const giveUpAt = Date.now() + OWNER_ENDS_WITHIN_MS; ;) {
    const owner = ownerOfWorkFolder();
    if (owner === undefined || !isStart(owner)) break;
    if (Date.now() > giveUpAt)
      throw new StackError(
        `Ariane already runs here as process ${owner}: stop it with Ctrl-C in its window, or with kill ${owner}, and start again.`,
      );
    await sleep(50);
  }
  writeFileSync(ownerFile, String(process.pid));
}

/** Does nothing while another process has the folder. */
export function releaseWorkFolder(): void {
  if (ownerOfWorkFolder() !== process.pid) return;
  rmSync(file, { force: true });
  rmSync(ownerFile, { force: true });
}

function ownerOfWorkFolder(): number | undefined {
  try {
    return Number(readFileSync(ownerFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether the process lives and is a start: its number may have gone to somebody else since. */
function isStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.ts');
  } catch {
    // No /proc on this system: a living process is taken for the owner.
    return true;
  }
}
