import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, operandOf } from './command';
import { Failure } from './failure';
import type { RunningStack } from './running-stack';

const role = 'auditor';
const LOOK_MS = 1_000;

interface Verified {
  readonly good: boolean;
  readonly entries?: number;
  readonly hash?: string;
  readonly firstBadSeq?: number | null;
  readonly account?: string | null;
  readonly reason?: string;
}

interface Progress {
  readonly running: { readonly done: number; readonly total: number } | null;
}

export const ledgerCommands: readonly Command[] = [
  {
    name: 'ledger verify',
    usage: 'BOOK',
    about: 'walks a book: chain, batches, balances, months, lines; exit code 1 names the first entry that is not good',
    operands: ['BOOK'],
    run: async (invocation) => {
      const running = invocation.stack();
      const book = operandOf(invocation, 0);
      const path = `/books/${encodeURIComponent(book)}/verify`;
      const audit = running.call<Verified>({ method: 'GET', service: 'capitation', path, role });
      const found = await watched(running, audit, path, invocation.progress);
      if (found.good)
        return { value: found, lines: [`Good: ${found.entries ?? 0} entries, the last is ${found.hash ?? ''}.`] };
      const where = found.firstBadSeq === null ? (found.account ?? 'the book') : `entry ${found.firstBadSeq ?? ''}`;
      throw new Failure(`Not good at ${where}: ${found.reason ?? ''}.`, found);
    },
  },
];

/** Waits for the audit and tells meanwhile how far it is; an audit that fails is told as it failed. */
async function watched(
  running: RunningStack,
  audit: Promise<Verified>,
  path: string,
  progress: (line: string) => void,
): Promise<Verified> {
  const begun = performance.now();
  for (;;) {
    const first = await Promise.race([audit, sleep(LOOK_MS)]);
    if (first !== undefined) return first;
    const told = await running.call<Progress>({ method: 'GET', service: 'capitation', path: `${path}/progress`, role });
    if (told.running === null) continue;
    const { done, total } = told.running;
    const perSecond = Math.round((done * 1_000) / (performance.now() - begun));
    progress(`${done} of ${total} entries are good, ${perSecond} a second\r`);
  }
}
