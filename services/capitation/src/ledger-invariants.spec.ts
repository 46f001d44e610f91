import { DomainError, formatMoney, merkleProof, merkleRoot, parseMoney, provenRoot } from '@ariane/kernel';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AsOf, balanceAsOf } from './as-of';
import type { StoredBatch } from './audit';
import type { Given } from './contract';
import { type Entry, type EntryDraft, movesOf, reversalOf } from './entry';
import {
  append,
  type Appended,
  type BookState,
  emptyHead,
  incrementsOf,
  monthIncrementsOf,
  periodIncrementsOf,
} from './ledger';
import { loadContract } from './load-contract';
import type { Shelf } from './shelf';
import { type RosterAccount, rosterAccounts } from './roster-account';
import { type RosterBucket, rosterBuckets } from './roster-buckets';
import { memberLines, monthOfParts, type RosterRow, sumOf } from './roster-lines';
import { price } from './price';
import { beginStatement, isToldTo, linesOn } from './statement';
import { trialBalance, verify, type WholeBook } from './verify';

/** The invariants of a ledger that a payer and an auditor may rely on; those of contracts stand with the contracts. */
const timeZone = 'Europe/Paris';
const empty: BookState = { timeZone, head: emptyHead, existing: new Map(), closedThrough: null };

const draftOf = (id: string, cents: bigint, debit: string, credit: string, eff: string): EntryDraft => ({
  ...{ id, book: 'b1', code: 'SHARE_DUE', eff, contract: null, line: null, reverses: null },
  legs: [
    { a: `assets:receivable:${debit}`, d: 1, amt: cents },
    { a: `liabilities:payable:${credit}`, d: -1, amt: cents },
  ],
  cause: { eventIds: ['event'] },
});

const anyDay = fc.integer({ min: 1, max: 210 }).map((day) => new Date(Date.UTC(2026, 0, day, 22, 30)).toISOString());
const anyDraft = fc.record({
  cents: fc.bigInt(1n, 10n ** 9n),
  debit: fc.constantFrom('org:a', 'org:b'),
  credit: fc.constantFrom('prac:x', 'prac:y', 'prac:z'),
  eff: anyDay,
});
type Drawn = typeof anyDraft extends fc.Arbitrary<infer T> ? T : never;

/** A history of posting with months that close on the way; `id`s tell the drafts apart. */
interface Step {
  readonly drafts: readonly Drawn[];
  readonly close: boolean;
}
const anyHistory = fc.array(fc.record({ drafts: fc.array(anyDraft, { maxLength: 6 }), close: fc.boolean() }), {
  maxLength: 12,
});

interface Played {
  readonly entries: readonly Entry[];
  readonly batches: readonly StoredBatch[];
  readonly closings: readonly { readonly month: string; readonly closedSeq: bigint }[];
  /** What was reported of each closed month when it was closed. */
  readonly reported: ReadonlyMap<string, string>;
}

/** Each step is a week later; what closes is the month before the step's. */
function play(history: readonly Step[]): Played {
  let state = empty;
  const entries: Entry[] = [];
  const batches: StoredBatch[] = [];
  const closings: { month: string; closedSeq: bigint }[] = [];
  const reported = new Map<string, string>();
  history.forEach(({ drafts, close }, step) => {
    const now = new Date(Date.UTC(2026, 1, 1 + 14 * step)).toISOString();
    const asked = drafts.map(({ cents, debit, credit, eff }, index) => [
      draftOf(`e-${step}-${index}`, cents, debit, credit, eff),
    ]);
    const made = append(state, asked, now);
    if (made.entries.length > 0) batches.push(batchOf(made, state));
    entries.push(...made.entries);
    const month = new Date(Date.UTC(2026, Math.floor(step / 2), 1)).toISOString().slice(0, 7);
    const closedThrough = close && month > (state.closedThrough ?? '') ? month : state.closedThrough;
    if (closedThrough !== null && closedThrough !== state.closedThrough) {
      closings.push({ month: closedThrough, closedSeq: made.head.seq });
      reported.set(closedThrough, reportOf(entries, closedThrough));
    }
    state = { ...state, head: made.head, closedThrough };
  });
  return { entries, batches, closings, reported };
}

const batchOf = ({ head, entries, batchRoot }: Appended, before: BookState): StoredBatch => ({
  first: before.head.seq + 1n,
  last: before.head.seq + BigInt(entries.length),
  root: head.root === batchRoot ? batchRoot : head.root,
});

/** The totals of all months up to one, by the months entries are booked in. */
const reportOf = (entries: readonly Entry[], month: string): string =>
  incrementsOf(entries.filter(({ period }) => period <= month))
    .map(({ account, dr, cr }) => `${account} ${dr} ${cr}`)
    .join('\n');

const bookOf = ({ entries, batches, closings }: Played): WholeBook => ({
  ...{ entries, batches, closings, lines: [], timeZone },
  balances: incrementsOf(entries),
  periods: periodIncrementsOf(entries, timeZone),
  months: monthIncrementsOf(entries),
  head: { seq: BigInt(entries.length), hash: entries.at(-1)?.hash ?? emptyHead.hash },
});

describe('invariants 1 to 4', () => {
  it('hold over a hundred thousand generated postings: balanced entries, equal sides, no gap, chain and roots good', () => {
    const total = 100_000;
    const batch = 1_000;
    let seed = 20_260_701;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    let state = empty;
    const entries: Entry[] = [];
    const batches: StoredBatch[] = [];
    while (entries.length < total) {
      const drafts = Array.from({ length: batch }, (_, index) => [
        draftOf(
          `e-${entries.length + index}`,
          BigInt(1 + next(1_000_000)),
          `org:${next(5)}`,
          `prac:${next(400)}`,
          new Date(Date.UTC(2026, next(9), 1 + next(28), next(24))).toISOString(),
        ),
      ]);
      const made = append(state, drafts, '2026-10-01T08:00:00Z');
      batches.push(batchOf(made, state));
      entries.push(...made.entries);
      const closedThrough = entries.length % 10_000 === 0 ? `2026-0${entries.length / 10_000 > 9 ? 9 : 1}` : null;
      state = { ...state, head: made.head, closedThrough: closedThrough ?? state.closedThrough };
    }
    const sums = trialBalance(incrementsOf(entries));
    expect(sums.difference).toBe(0n);
    expect(sums.dr).toBe(entries.reduce((sum, { legs }) => sum + legs[0]!.amt, 0n));
    const closings = [
      { month: '2026-01', closedSeq: 10_000n },
      { month: '2026-09', closedSeq: BigInt(total) },
    ];
    expect(verify(bookOf({ entries, batches, closings, reported: new Map() }))).toMatchObject({
      ...{ good: true, entries: total },
    });
  }, 120_000);

  it('2: pending amounts are equal on both sides, apart from what is posted', () => {
    const resolve = fc.constantFrom('POST', 'VOID', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(anyDraft, resolve, fc.bigInt(1n, 10n ** 9n)), { maxLength: 20 }), (all) => {
        const asked = all.flatMap(([{ cents, debit, credit, eff }, how, part], index) => {
          const pending = { ...draftOf(`p-${index}`, cents, debit, credit, eff), status: 'PENDING' as const };
          if (how === null) return [[pending]];
          const amt = part < cents ? part : cents;
          const legs = how === 'VOID' ? pending.legs : pending.legs.map((leg) => ({ ...leg, amt }));
          const resolves = { id: pending.id, legs: pending.legs };
          return [[pending], [{ ...pending, id: `${pending.id}-resolved`, status: how, legs, resolves }]]; // as: of the union
        });
        const { entries } = append(empty, asked, '2026-10-01T08:00:00Z');
        const balances = incrementsOf(entries);
        const sums = trialBalance(balances);
        expect([sums.difference, sums.pendingDifference]).toEqual([0n, 0n]);
        const open = all.filter(([, how]) => how === null).reduce((sum, [{ cents }]) => sum + cents, 0n);
        expect(balances.reduce((sum, { pdr }) => sum + pdr, 0n)).toBe(open);
        const book = bookOf({ entries, batches: [], closings: [], reported: new Map() });
        expect(verify(book)).toMatchObject({ good: true });
      }),
    );
  });

  it('4 and 10: the auditor names an entry that resolves what was not pending, or resolves it twice', () => {
    const pending = { ...draftOf('p', 100n, 'org:a', 'prac:x', '2026-03-01T00:00:00Z'), status: 'PENDING' as const };
    const resolves = { id: 'p', legs: pending.legs };
    const post = (id: string): EntryDraft => ({ ...pending, id, status: 'POST', resolves });
    const found = (...drafts: EntryDraft[]) => {
      const { entries } = append(empty, [drafts], '2026-10-01T08:00:00Z');
      return verify(bookOf({ entries, batches: [], closings: [], reported: new Map() }));
    };
    expect(found(pending, post('q'))).toMatchObject({ good: true });
    expect(found(pending, post('q'), post('r'))).toMatchObject({ good: false, firstBadSeq: 3n });
    expect(found(post('q'))).toMatchObject({ good: false, firstBadSeq: 1n });
    const more = { ...post('q'), legs: pending.legs.map((leg) => ({ ...leg, amt: 101n })) };
    const [, answer] = append(empty, [[pending], [more]], '2026-10-01T08:00:00Z').answers;
    expect(answer).toBeInstanceOf(DomainError);
  });
});

describe('invariant 11', () => {
  it('no entry is booked in a month that was closed at its number, and what a closed month reported never changes', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const played = play(history);
        for (const { month, closedSeq } of played.closings) {
          const late = played.entries.filter(({ seq, period }) => seq > closedSeq && period <= month);
          expect(late).toEqual([]);
        }
        for (const [month, report] of played.reported) expect(reportOf(played.entries, month)).toBe(report);
        expect(verify(bookOf(played))).toMatchObject({ good: true });
      }),
    );
  });

  it('is what the auditor looks for: an entry in a month closed before it is named', () => {
    const { entries } = append(
      empty,
      [[draftOf('e', 1n, 'org:a', 'prac:x', '2026-03-01T00:00:00Z')]],
      '2026-05-01T00:00:00Z',
    );
    const closings = [{ month: '2026-03', closedSeq: 0n }];
    expect(verify(bookOf({ entries, batches: [], closings, reported: new Map() }))).toMatchObject({
      ...{ good: false, firstBadSeq: 1n, reason: 'it is booked in a month it may not be in' },
    });
  });

  it('late entries are listed apart: those booked in another month than their own, and no others', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { prior, period, effPeriod } of play(history).entries) expect(prior).toBe(period !== effPeriod);
      }),
    );
  });
});

describe('invariant 12', () => {
  it('a balance as of a day, known at another, is the sum of the entries true and recorded by then', () => {
    const when = fc.integer({ min: 0, max: 300 }).map((day) => new Date(Date.UTC(2026, 0, day, 11)).toISOString());
    fc.assert(
      fc.property(anyHistory, when, when, fc.constantFrom('org:a', 'org:b'), (history, effective, known, party) => {
        const { entries } = play(history);
        const account = `assets:receivable:${party}`;
        const rows = periodIncrementsOf(entries, timeZone);
        const at: AsOf = { effective, known };
        const moves = entries
          .filter(({ eff, rec }) => Date.parse(eff) <= Date.parse(effective) && Date.parse(rec) <= Date.parse(known))
          .flatMap(movesOf)
          .filter((move) => move.account === account);
        const side = (d: 1 | -1) => moves.reduce((sum, move) => (move.d === d ? sum + move.amt : sum), 0n);
        expect(balanceAsOf(account, rows, entries, at, timeZone)).toEqual({ dr: side(1), cr: side(-1) });
      }),
    );
  });
});

describe('invariant 19', () => {
  it('reverse then redo is redo', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { minLength: 1, maxLength: 8 }), (drawn) => {
        const drafts = drawn.map(({ cents, debit, credit, eff }, index) =>
          draftOf(`e-${index}`, cents, debit, credit, eff),
        );
        const now = '2026-10-01T08:00:00Z';
        const first = append(empty, [drafts], now).entries;
        const back = first.map((entry) => reversalOf(entry, `reversal-${entry.id}`, ['mistake']));
        const redone = drafts.map((draft) => ({ ...draft, id: `again-${draft.id}` }));
        const all = append(empty, [[...drafts, ...back, ...redone]], now).entries;
        const nets = (entries: readonly Entry[]) =>
          incrementsOf(entries).map(({ account, dr, cr }) => [account, dr - cr]);
        expect(nets(all)).toEqual(nets(append(empty, [drafts], now).entries));
      }),
    );
  });
});

describe('invariant 22', () => {
  it('a statement’s lines sum to its totals, which are the entries of its party and month, and months follow on', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom('prac:x', 'prac:y'), (history, party) => {
        const { entries } = play(history);
        const isOwn = isToldTo('PROFESSIONAL', party, 'org:holder');
        const months = [...new Set(entries.map(({ period }) => period))].sort();
        let opening = 0n;
        for (const month of months) {
          const fold = beginStatement(opening);
          const lines = entries.filter(({ period }) => period === month).flatMap((entry) => linesOn(entry, isOwn));
          for (const line of lines) fold.take(line);
          const { totals } = fold.end();
          const { due, withheld, paid, priorPeriod, closing } = totals;
          expect(due + withheld + paid + priorPeriod).toBe(lines.reduce((sum, { cents }) => sum + cents, 0n));
          expect(closing).toBe(opening + due + withheld + paid + priorPeriod);
          opening = closing;
        }
        const balance = incrementsOf(entries).find(({ account }) => account === `liabilities:payable:${party}`);
        expect(opening).toBe((balance?.cr ?? 0n) - (balance?.dr ?? 0n));
      }),
    );
  });

  it('is sealed: another amount, order, line or opening gives another seal', () => {
    const entries = append(
      empty,
      [1n, 2n, 3n].map((cents) => [draftOf(`e-${cents}`, cents, 'org:a', 'prac:x', '2026-03-01T00:00:00Z')]),
      '2026-03-02T00:00:00Z',
    ).entries;
    const lines = entries.flatMap((entry) => linesOn(entry, isToldTo('PROFESSIONAL', 'prac:x', 'org:holder')));
    const seal = (opening: bigint, of: typeof lines) => {
      const fold = beginStatement(opening);
      for (const line of of) fold.take(line);
      return fold.end().sha256;
    };
    const seals = [
      ...[seal(0n, lines), seal(1n, lines), seal(0n, lines.slice(1)), seal(0n, [...lines].reverse())],
      seal(
        0n,
        lines.map((line, index) => (index === 0 ? { ...line, cents: 9n } : line)),
      ),
    ];
    expect(new Set(seals).size).toBe(5);
    expect(seal(0n, lines)).toBe(seals[0]);
  });
});

describe('invariant 27', () => {
  it('27: no workflow posts: a worker that dies between an act and its record has nothing of the ledger to do again', () => {
    const folder = join(__dirname, '..', '..', '..', 'workflows', 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file));
    expect(files.length).toBeGreaterThan(0);
    const posts = /capitation|\/(pendings|settlements|reversals|payment-contracts|books)\b/;
    const callers = files.filter(
      (file) => !file.endsWith('.spec.ts') && posts.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(callers).toEqual([]);
  });
});

describe('a sealed batch', () => {
  it('proves each of its entries by few steps, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (hashes, at) => {
          const index = at % hashes.length;
          const proof = merkleProof(hashes, index);
          expect(provenRoot(hashes[index]!, proof)).toBe(merkleRoot(hashes));
          expect(provenRoot('ffffffff0', proof)).not.toBe(merkleRoot(hashes));
          expect(proof.length).toBeLessThanOrEqual(6);
        },
      ),
    );
  });
});

describe('a roster computed by parts', () => {
  const document: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', '2-pmpm.json'), 'utf8'));
  const contract = loadContract(document);
  const shelf: Shelf = { active: () => ({ contract, bookId: 'b1' }) };
  const anyRow = fc.record({
    id: fc.uuid(),
    days: fc.integer({ min: 1, max: 30 }),
    raw: fc
      .integer({ min: 1, max: 4_000 })
      .map((raw) => `${Math.floor(raw / 1000)}.${String(raw % 1000).padStart(3, '0')}`),
  });
  const rowOf = ({ id, days, raw }: { id: string; days: number; raw: string }): RosterRow => ({
    id,
    days,
    values: { raw },
  });
  const roster = fc.uniqueArray(anyRow, { selector: ({ id }) => id, minLength: 1, maxLength: 40 });
  const given: Given = { qualityScore: '0.85' };

  it('comes to the cent to what the contract makes of it whole, however it is cut', () => {
    fc.assert(
      fc.property(roster, fc.integer({ min: 1, max: 7 }), (drawn, cut) => {
        const rows = drawn.map(rowOf);
        const parts = Array.from({ length: cut }, (_, part) => {
          const own = rows.filter((_row, index) => index % cut === part);
          return sumOf(String(part), 'hash', memberLines(contract, '2026-06', given, own));
        });
        const byParts = monthOfParts(contract, '2026-06', given, parts);
        const whole = price(contract, {
          ...given,
          daysInPeriod: '30',
          members: drawn.map(({ id, days, raw }) => ({ id, days: String(days), raw })),
        });
        const { amounts, transfers } = price(byParts.contract, byParts.given);
        for (const name of ['cap', 'held', 'held.net', 'quality', 'quality.forfeited']) {
          expect(amounts[name]).toBe(whole.amounts[name]);
        }
        expect(transfers.map(({ line, cents }) => [line, cents])).toEqual(
          whole.transfers.map(({ line, cents }) => [line, cents]),
        );
      }),
      { numRuns: 60 },
    );
  });

  interface Play {
    readonly buckets: ReadonlyMap<string, RosterBucket>;
    readonly account: RosterAccount | undefined;
    readonly drafts: readonly EntryDraft[];
  }
  const buckets = rosterBuckets(shelf);
  const accounts = rosterAccounts(shelf);
  const place = { book: 'b1', contractId: contract.document.contract, month: '2026-06' };
  const told = { sha256: contract.sha256, given, territory: 'demo', now: '2026-07-02T08:00:00Z' };

  /** A run over all parts, as the store makes it. */
  function run(before: Play, rows: readonly RosterRow[]): Play {
    let account = before.account;
    const known = new Map(before.buckets);
    const names = new Set([...known.keys(), ...rows.map(({ id }) => id.slice(0, 1))]);
    for (const bucket of names) {
      const own = rows.filter(({ id }) => id.startsWith(bucket));
      const state = known.get(bucket);
      for (const event of buckets.decide(state, { type: 'ComputeBucket', ...place, ...told, bucket, rows: own })) {
        const next = buckets.evolve(state, event);
        known.set(bucket, next);
        const { inputsHash, cents, members, days } = next;
        const part = { bucket, inputsHash, cents, members, days };
        for (const taken of accounts.decide(account, { type: 'TakePart', ...place, part }))
          account = accounts.evolve(account, taken);
      }
    }
    const evidence = { participants: null, suspensions: [] };
    const settle = { type: 'SettleRoster' as const, ...place, ...told, ...evidence, timeZone, requestId: 'r' };
    const events = accounts.decide(account, settle);
    account = events.reduce<RosterAccount | undefined>(accounts.evolve, account);
    const drafts = events.flatMap((event) => (event.type === 'LinesMoved' ? event.data.drafts : []));
    return { buckets: known, account, drafts: [...before.drafts, ...drafts] };
  }
  const nothing: Play = { buckets: new Map(), account: undefined, drafts: [] };
  const balancesOf = (drafts: readonly EntryDraft[]) =>
    incrementsOf(append(empty, [drafts], '2026-08-01T00:00:00Z').entries).map(({ account, dr, cr }) => [
      account,
      dr - cr,
    ]);

  it('15: a second run posts nothing (re-run)', () => {
    fc.assert(
      fc.property(roster, (drawn) => {
        const once = run(nothing, drawn.map(rowOf));
        expect(run(once, drawn.map(rowOf)).drafts).toEqual(once.drafts);
      }),
      { numRuns: 30 },
    );
  });

  it('16 and 17: runs after each change end where one run at the end does', () => {
    fc.assert(
      fc.property(fc.array(roster, { minLength: 2, maxLength: 4 }), (rosters) => {
        const stepwise = rosters.reduce((state, drawn) => run(state, drawn.map(rowOf)), nothing);
        const atOnce = run(nothing, rosters.at(-1)!.map(rowOf));
        const nets = (drafts: readonly EntryDraft[]) => balancesOf(drafts).filter(([, net]) => net !== 0n);
        expect(nets(stepwise.drafts)).toEqual(nets(atOnce.drafts));
      }),
      { numRuns: 20 },
    );
  });

  it('19: a run taken back leaves every account at zero, and a run afterwards is as the first', () => {
    fc.assert(
      fc.property(roster, (drawn) => {
        const once = run(nothing, drawn.map(rowOf));
        const reverse = { type: 'ReverseRoster' as const, requestId: 'back', territory: 'demo', now: told.now };
        const events = accounts.decide(once.account, reverse);
        const back = events.flatMap((event) => (event.type === 'LinesMoved' ? event.data.drafts : []));
        const account = events.reduce<RosterAccount | undefined>(accounts.evolve, once.account);
        expect(balancesOf([...once.drafts, ...back]).every(([, net]) => net === 0n)).toBe(true);
        expect(accounts.decide(account, reverse)).toEqual([]);
        const again = run({ ...once, account, drafts: [...once.drafts, ...back] }, drawn.map(rowOf));
        expect(balancesOf(again.drafts)).toEqual(balancesOf(once.drafts));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps each member’s line by revision, and one who is gone at nothing', () => {
    const rows = [rowOf({ id: 'a1', days: 30, raw: '1.000' }), rowOf({ id: 'a2', days: 30, raw: '1.000' })];
    const once = run(nothing, rows);
    const [event] = buckets.decide(once.buckets.get('a'), {
      type: 'ComputeBucket',
      ...place,
      ...told,
      bucket: 'a',
      rows: rows.slice(1),
    });
    expect(event?.data.changed).toEqual([{ id: 'a1', days: 0, cents: {}, rev: 2 }]);
    expect(event?.data.lines.map(({ id, rev }) => [id, rev])).toEqual([
      ['a2', 1],
      ['a1', 2],
    ]);
    const left = event && buckets.evolve(undefined, event);
    const [back] = buckets.decide(left, { type: 'ComputeBucket', ...place, ...told, bucket: 'a', rows });
    expect(back?.data.changed).toMatchObject([{ id: 'a1', days: 30, rev: 3 }]);
    expect(back?.data.members).toBe(2);
    const line = once.buckets.get('a')?.lines[0]?.cents.cap ?? 0n;
    expect(formatMoney({ cents: line, currency: 'EUR' })).toBe('40.67 EUR');
    expect(parseMoney('40.67 EUR').cents).toBe(line);
  });
});
