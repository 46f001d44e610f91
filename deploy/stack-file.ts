import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './service-processes.ts';
import type { Stack } from './stack.ts';

/** The working folder of `npm start`: data, logs, keys. Nothing of it is in git. */
export const workFolder = join(repositoryRoot, '.ariane');
const file = join(workFolder, 'stack.json');

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

export function removeStackFile(): void {
  rmSync(file, { force: true });
}

/** The stack of `npm start`, or undefined when none runs. */
export function runningStack(): StackFile | undefined {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as StackFile; // as: written by writeStackFile only
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}

/** The file is left behind when its writer was killed; then its processes may still be ending. */
export function stackWasKilled(): boolean {
  try {
    readFileSync(file);
    return runningStack() === undefined;
  } catch {
    return false;
  }
}
