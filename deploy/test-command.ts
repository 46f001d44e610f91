import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ChildRunner } from './child-runner.ts';
import { repositoryRoot } from './service-processes.ts';
import { StackError } from './stack-error.ts';
import { workFolder } from './stack-file.ts';
import { type Counts, countsInJestOutput } from './test-summary.ts';

const LINES_SHOWN_OF_A_FAILURE = 120;
export const logFolder = join(workFolder, 'test', 'logs');

/** A phase found something wrong: `counts` are the tests it ran up to then. */
export class PhaseFailed extends StackError {
  readonly counts: Counts;

  constructor(message: string, counts: Counts) {
    super(message);
    this.counts = counts;
  }
}

/** The commands of phases, stopped with the run. */
export const children = new ChildRunner();

/** Runs a command with its output in a log file; shows the end of it when it fails. */
export async function check(
  name: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const logFile = join(logFolder, `${name}.log`);
  const log = await open(logFile, 'w');
  const code = await children
    .run(join(repositoryRoot, 'node_modules', '.bin', command), args, {
      env: { ...process.env, CI: 'true', FORCE_COLOR: '0', NX_DAEMON: 'false', NX_TUI: 'false', ...env },
      stdio: ['ignore', log.fd, log.fd],
    })
    .finally(() => log.close());
  const output = readFileSync(logFile, 'utf8');
  if (code === 0) return output;
  console.log(output.trimEnd().split('\n').slice(-LINES_SHOWN_OF_A_FAILURE).join('\n'));
  const counts = countsInJestOutput(output);
  const tests = counts.failed > 0 ? `: ${counts.failed} of its tests` : '';
  throw new PhaseFailed(`${name} failed${tests}; all of its output is in ${logFile}`, counts);
}
