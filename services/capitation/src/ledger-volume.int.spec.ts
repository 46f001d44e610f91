import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import type { EntryDraft } from './entry';
import { BookSums } from './book-sums.store';
import { SUMMED_BOOKS } from './ledger-documents.store';
import { RealLedger } from './real-ledger.fixture.store';
import { trialBalance } from './verify';

/** Postings that are generated; the night runs the whole hundred thousand by LEDGER_POSTINGS=100000. */
const POSTINGS = Number(process.env.LEDGER_POSTINGS ?? '10000');
const BATCH = 1_000;

describe('a book of many generated postings on a real MongoDB', () => {
  let on: RealLedger;
  let territory: string;
  let book: string;
  const folder = mkdtempSync(join(tmpdir(), 'ledger-volume-'));

  /** Numbers that follow from one seed: the same book every time. */
  let seed = 20_260_701;
  const below = (bound: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % bound;
  };
  const promised: EntryDraft[] = [];
  const takable: EntryDraft[] = [];

  /** Mostly plain postings over 400 accounts and nine months; some promises, resolved later, and some reversals. */
  function next(number: number): EntryDraft {
    const kind = below(20);
    const promise = promised.pop();
    if (promise && kind < 3) {
      const [status, cents] = kind === 0 ? ['VOID' as const, undefined] : ['POST' as const, BigInt(1 + below(100))];
      const legs = cents === undefined ? promise.legs : promise.legs.map((leg) => ({ ...leg, amt: cents }));
      const resolves = { id: promise.id, legs: promise.legs };
      return { ...promise, id: `${promise.id}-resolved`, status, legs, resolves };
    }
    if (promise) promised.push(promise);
    const back = kind < 5 ? takable.pop() : undefined;
    if (back) {
      const legs = back.legs.map((leg) => ({ ...leg, d: leg.d === 1 ? (-1 as const) : (1 as const) }));
      return { ...back, id: `reversal-${back.id}`, code: 'REVERSAL', legs, reverses: back.id };
    }
    const amt = BigInt(100 + below(1_000_000));
    const draft: EntryDraft = {
      ...{ id: `${book}|${number}`, book, code: 'SHARE_DUE', contract: null, line: null, reverses: null },
      eff: new Date(Date.UTC(2026, below(9), 1 + below(28), below(24))).toISOString(),
      legs: [
        { a: `assets:receivable:org:${below(5)}`, d: 1, amt },
        { a: `liabilities:payable:prac:${below(400)}`, d: -1, amt },
      ],
      cause: { eventIds: [randomUUID()] },
    };
    if (kind === 19) {
      const pending = { ...draft, status: 'PENDING' as const };
      promised.push(pending);
      return pending;
    }
    if (kind === 18) takable.push(draft);
    return draft;
  }

  beforeAll(async () => {
    on = await RealLedger.open(process.env.MONGO_URL ?? '');
    ({ territory, book } = await on.book());
    for (let posted = 0; posted < POSTINGS; posted += BATCH) {
      // What is resolved or taken back was posted in an earlier batch or earlier in this one.
      const drafts = Array.from({ length: Math.min(BATCH, POSTINGS - posted) }, (_, at) => next(posted + at));
      await on.post(territory, drafts, new Date(Date.UTC(2026, 9, 1) + posted).toISOString());
    }
  }, 600_000);
  afterAll(async () => {
    await on.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('1 to 4: it verifies from the first entry to the last, and both trial balances are zero', async () => {
    expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true, entries: POSTINGS });
    const { difference, pendingDifference, dr } = trialBalance(await on.reads.balances(territory, book));
    expect([difference, pendingDifference]).toEqual([0n, 0n]);
    expect(dr).toBeGreaterThan(0n);
  }, 120_000);

  it('3: its sums, made anew by two processes at once, are what they were', async () => {
    const before = await on.reads.balances(territory, book);
    await on.database.db.collection<{ _id: string }>(SUMMED_BOOKS).deleteOne({ _id: book });
    const other = new BookSums(on.store);
    await Promise.all([on.reads.balances(territory, book), other.catchUp(territory, book)]);
    expect(await on.reads.balances(territory, book)).toEqual(before);
    expect(await on.verifier.verify(territory, book)).toMatchObject({ good: true, entries: POSTINGS });
  }, 120_000);

  it('25: its exported journal balances account by account, by hledger in strict form where it is installed', async () => {
    const file = join(folder, 'book.journal');
    await pipeline(Readable.from(on.exports.hledger(territory, book)), createWriteStream(file));
    const expected = new Map(
      (await on.reads.balances(territory, book)).map(({ account, dr, cr }) => [account, dr - cr] as const),
    );
    const notZero = (of: ReadonlyMap<string, bigint>) => [...of].filter(([, cents]) => cents !== 0n).sort();
    expect(notZero(sumsIn(readFileSync(file, 'utf8')))).toEqual(notZero(expected));
    const checked = spawnSync('hledger', ['check', '-s', '-f', file], { encoding: 'utf8' });
    if (checked.error !== undefined) {
      process.stderr.write('NOT CHECKED BY HLEDGER: it is not installed; the journal was summed by this test alone.\n');
      return;
    }
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    const asked = ['balance', '-f', file, '--flat', '--no-total', '-E', '-O', 'csv'];
    const told: string[][] = parse(spawnSync('hledger', asked, { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout);
    const theirs = new Map(told.slice(1).map(([account = '', balance = '']) => [account, centsIn(balance)]));
    expect(notZero(theirs)).toEqual(notZero(expected));
  }, 300_000);
});

/** `-1234.05 EUR` in cents; hledger writes zero as `0`. */
const centsIn = (written: string): bigint =>
  written === '0' ? 0n : BigInt(written.replace(' EUR', '').replace('.', ''));

/** The journal read without any of the code that wrote it: four spaces, an account, two spaces, an amount. */
function sumsIn(journal: string): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [, account = '', amount = ''] of journal.matchAll(/^ {4}(\S+) {2}(-?\d+\.\d\d EUR)$/gm)) {
    sums.set(account, (sums.get(account) ?? 0n) + centsIn(amount));
  }
  return sums;
}
