import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, operandOf } from './command';
import { Failure } from './failure';

const reading = { method: 'GET', service: 'capitation', role: 'auditor' } as const;
const LOOK_MS = 1_000;

interface Verified {
  readonly good: boolean;
  readonly entries?: number;
  readonly hash?: string;
  readonly firstBadSeq?: number | null;
  readonly account?: string | null;
  readonly reason?: string;
}

/** How far something is that another request waits for; null while there is none. */
interface Told<P> {
  readonly running: P | null;
}

interface AuditProgress {
  readonly done: number;
  readonly total: number;
}

interface RunProgress {
  readonly done: number;
  readonly of: number;
  readonly perSecond: number;
  readonly secondsLeft: number | null;
}

interface Account {
  readonly members: number;
  readonly days: number;
  readonly amounts: Readonly<Record<string, unknown>>;
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
      const audit = running.call<Verified>({ ...reading, path });
      const begun = performance.now();
      const found = await watched(audit, async () => {
        const told = await running.call<Told<AuditProgress>>({ ...reading, path: `${path}/progress` });
        if (told.running === null) return;
        const { done, total } = told.running;
        const perSecond = Math.round((done * 1_000) / (performance.now() - begun));
        invocation.progress(`${done} of ${total} entries are good, ${perSecond} a second\r`);
      });
      if (found.good)
        return { value: found, lines: [`Good: ${found.entries ?? 0} entries, the last is ${found.hash ?? ''}.`] };
      const where = found.firstBadSeq === null ? (found.account ?? 'the book') : `entry ${found.firstBadSeq ?? ''}`;
      throw new Failure(`Not good at ${where}: ${found.reason ?? ''}.`, found);
    },
  },
  {
    name: 'ledger month',
    usage: 'BOOK CONTRACT MONTH',
    about:
      'computes a month of a book’s roster and posts what differs; cut off, it goes on where it was when asked again',
    operands: ['BOOK', 'CONTRACT', 'MONTH'],
    run: async (invocation) => {
      const running = invocation.stack();
      const [book, contract, month] = [0, 1, 2].map((at) => encodeURIComponent(operandOf(invocation, at)));
      const path = `/rosters/${book}/contracts/${contract}/months/${month}`;
      const asked = { method: 'POST', service: 'capitation', path: `${path}/runs`, role: 'finance', body: {} } as const;
      const run = running.call<Account>(asked);
      const account = await watched(run, async () => {
        const told = await running.call<Told<RunProgress>>({ ...reading, path: `${path}/progress` });
        if (told.running !== null) invocation.progress(`${runLine(told.running)}\r`);
      });
      const { members, days, amounts } = account;
      const single = Object.entries(amounts).filter((one): one is [string, string] => typeof one[1] === 'string');
      const lines = [`${members} members, ${days} days`, ...single.map(([name, amount]) => `${name}: ${amount}`)];
      return { value: account, lines };
    },
  },
];

const BAR_WIDTH = 24;

/** How far a run is: a bar, members done, how many a second, how long the rest takes at that pace. */
export function runLine({ done, of, perSecond, secondsLeft }: RunProgress): string {
  const full = of === 0 ? 0 : Math.round((done * BAR_WIDTH) / of);
  const left = secondsLeft === null ? 'time left not known yet' : `${secondsLeft} s left`;
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
  return `${bar} ${done} of ${of} members, ${perSecond} a second, ${left}`;
}

/** Waits for what takes long and looks meanwhile how far it is; what fails is told as it failed. */
async function watched<T>(work: Promise<T>, look: () => Promise<void>): Promise<T> {
  for (;;) {
    const first = await Promise.race([work.then((value) => ({ value })), sleep(LOOK_MS)]);
    if (first !== undefined) return first.value;
    await look();
  }
}
