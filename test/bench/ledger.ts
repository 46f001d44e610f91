/**
 * The ledger beside medici, a naive transaction and the bare insert, on one mongod in one interleaved run: entries per
 * second and processor time per entry, one leg of every entry on the same account. Each book of ours is verified after
 * its slice, and a slice whose book is not good is void. Then a million entries are verified. BENCH_RUNS, BENCH_MS and
 * BENCH_VERIFIED change its size.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../deploy/stack.ts';
import { OurBooks } from './ledger/ours.ts';
import { Bare, Medici } from './ledger/peers.ts';
import { secondsOf } from './pathways/processor-time.ts';
import { median, rate, spread } from './write-path/measure.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? '5');
const SLICE_MS = Number(process.env.BENCH_MS ?? '3000');
const VERIFIED = Number(process.env.BENCH_VERIFIED ?? '1000000');
const PORT_BASE = Number(process.env.ARIANE_PORT_BASE ?? '5900');
const VERIFY_GOAL_S = 60;
const BATCH = 1_000;

const root = join(import.meta.dirname, '..', '..');
const dir = join(root, '.ariane', 'bench', 'ledger');
rmSync(dir, { recursive: true, force: true });
const stack = await startStack({ mode: 'processes', dir, portBase: PORT_BASE, services: false, log: console.log });
const figures = new Map<string, { perSecond: number[]; serverMicros: number[]; clientMicros: number[] }>();
try {
  const url = stack.env['MONGO_URL'] ?? '';
  const ours = await OurBooks.open(url, join(dir, 'keys'));
  const medici = await Medici.open(url);
  const bare = await Bare.open(url, ours.indexes);
  for (let run = 1; run <= RUNS; run += 1) {
    for (const callers of [1, 8, 32, 128, 512]) {
      const book = await ours.book();
      await slice(
        `ours, ${callers} callers`,
        callers,
        () => ours.post(book, 1),
        () => ours.sum(book),
      );
      await ours.check(book);
      if (callers <= 32)
        await slice(`medici in a transaction, ${callers} callers`, callers, () => medici.commit(false));
      if (callers <= 128)
        await slice(`medici with its write lock, ${callers} callers`, callers, () => medici.commit(true));
      if (callers <= 32) await slice(`naive transaction, ${callers} callers`, callers, () => bare.transaction());
    }
    const book = await ours.book();
    await slice(
      `ours, batches of ${BATCH}`,
      2,
      () => ours.post(book, BATCH),
      () => ours.sum(book),
    );
    await ours.check(book);
    await slice(`bare insertMany of ${BATCH}`, 2, () => bare.insertMany(BATCH));
    console.log(`run ${run} of ${RUNS} done, load ${loadavg()[0]?.toFixed(1) ?? ''}`);
  }
  report();
  await verifyMany(ours);
  await Promise.all([ours.close(), medici.close(), bare.close()]);
} finally {
  await stack.stop();
}

/** @param afterwards what is owed when the callers have gone, and counts as well */
async function slice(
  name: string,
  callers: number,
  work: () => Promise<number>,
  afterwards: () => Promise<void> = async () => {},
): Promise<void> {
  const pids = { server: stack.pids()['mongo'] ?? 0, client: process.pid };
  const before = secondsOf(pids);
  let entries = 0;
  const from = performance.now();
  await rate(callers, SLICE_MS, async () => {
    const posted = await work();
    entries += posted;
    return posted;
  });
  await afterwards();
  const perSecond = (1000 * entries) / (performance.now() - from);
  const after = secondsOf(pids);
  const micros = (part: string): number => (1e6 * ((after[part] ?? 0) - (before[part] ?? 0))) / entries;
  const noted = figures.get(name) ?? { perSecond: [], serverMicros: [], clientMicros: [] };
  noted.perSecond.push(perSecond);
  noted.serverMicros.push(micros('server'));
  noted.clientMicros.push(micros('client'));
  figures.set(name, noted);
}

function report(): void {
  console.log(`\nEntries per second, median [least, greatest] of ${RUNS} interleaved runs; processor time per entry`);
  for (const [name, { perSecond, serverMicros, clientMicros }] of figures) {
    console.log(
      `  ${name.padEnd(42)} ${spread(perSecond).padEnd(26)} mongod ${median(serverMicros).toFixed(0)} µs, client ${median(clientMicros).toFixed(0)} µs`,
    );
  }
  const of = (name: string): number => median(figures.get(name)?.perSecond ?? [Number.NaN]);
  const best = (peer: string): number =>
    Math.max(...[...figures.keys()].filter((name) => name.startsWith(peer)).map((name) => of(name)));
  const hot = of('ours, 128 callers');
  console.log(
    `at 128 callers on one account: ${(hot / best('medici with its write lock')).toFixed(1)} x medici with its write lock at its best (goal 20), ` +
      `${(hot / best('medici in a transaction')).toFixed(1)} x medici in a transaction at its best (goal 5), ` +
      `${(hot / best('naive transaction')).toFixed(1)} x a naive transaction at its best`,
  );
  const share = (100 * of(`ours, batches of ${BATCH}`)) / of(`bare insertMany of ${BATCH}`);
  console.log(`batches of ${BATCH}: ${share.toFixed(0)} % of the bare insertMany (goal 50 %)`);
}

async function verifyMany(ours: OurBooks): Promise<void> {
  const book = await ours.book();
  for (let posted = 0; posted < VERIFIED;) posted += await ours.post(book, Math.min(BATCH, VERIFIED - posted));
  const from = performance.now();
  const entries = await ours.check(book);
  console.log(
    `\n${entries} entries verified in ${((performance.now() - from) / 1000).toFixed(1)} s (goal ${VERIFY_GOAL_S} s for 1,000,000)`,
  );
}
