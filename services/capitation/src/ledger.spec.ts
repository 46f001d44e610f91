import { beginAudit } from './audit';
import { DomainError, merkleRoot } from '@ariane/kernel';
import fc from 'fast-check';
import { accountingPeriod, monthOf } from './book-time';
import { type Entry, type EntryDraft, reversalOf } from './entry';
import {
  append,
  type Appended,
  type BookState,
  emptyHead,
  incrementsOf,
  monthIncrementsOf,
  periodIncrementsOf,
} from './ledger';
import { trialBalance, verify, type WholeBook } from './verify';

const timeZone = 'Europe/Paris';
const empty: BookState = { timeZone, head: emptyHead, existing: new Map(), closedThrough: null };
const draft = (id: string, cents = 100n, from = 'a', to = 'b', eff = '2026-03-10T10:00:00Z'): EntryDraft => ({
  id,
  book: 'b1',
  code: 'BUNDLE_DUE',
  eff,
  legs: [
    { a: `assets:${from}`, d: 1, amt: cents },
    { a: `liabilities:${to}`, d: -1, amt: cents },
  ],
  contract: null,
  line: null,
  cause: { eventIds: ['event'] },
  reverses: null,
});

const now = '2026-03-11T08:00:00Z';
const given = (state: BookState) => ({
  post: (...drafts: EntryDraft[]) =>
    append(
      state,
      drafts.map((one) => [one]),
      now,
    ),
});
const after = (appended: Appended, state: BookState = empty): BookState => ({
  ...state,
  head: appended.head,
  existing: new Map([...state.existing, ...appended.entries.map((entry) => [entry.id, entry] as const)]),
});
const refusal = (appended: Appended, index = 0): string => {
  const answer = appended.answers[index];
  return answer instanceof DomainError ? answer.code : 'accepted';
};
const someDrafts = fc.array(
  fc.record({
    id: fc.nat({ max: 15 }),
    cents: fc.bigInt(1n, 1_000_00n),
    from: fc.constantFrom('a', 'b', 'c'),
    to: fc.constantFrom('x', 'y', 'z'),
  }),
  { minLength: 1, maxLength: 30 },
);
const drafts = (list: readonly { id: number; cents: bigint; from: string; to: string }[]): EntryDraft[] =>
  list.map(({ id, cents, from, to }) => draft(`key-${id}`, cents, from, to));
const bookOf = (entries: readonly Entry[]): WholeBook => ({
  entries,
  balances: incrementsOf(entries),
  periods: periodIncrementsOf(entries, timeZone),
  months: monthIncrementsOf(entries),
  ...{ lines: [], batches: [], closings: [], timeZone },
  head: { seq: BigInt(entries.length), hash: entries.at(-1)?.hash ?? emptyHead.hash },
});
const check = (entries: readonly Entry[]) => verify(bookOf(entries));

describe('an entry', () => {
  const legs = draft('x').legs;
  it.each([
    ['fewer than two legs', [legs[0]!]],
    ['debits that are not credits', [legs[0]!, { ...legs[1]!, amt: 99n }]],
    ['an amount of zero', legs.map((leg) => ({ ...leg, amt: 0n }))],
    ['a negative amount', legs.map((leg) => ({ ...leg, amt: -1n }))],
    ['an account twice on one side', [...legs, ...legs]],
    ['an account without its subject', legs.map((leg) => ({ ...leg, a: 'liabilities:pool:c:{subject}' }))],
    ['more than an int64 holds', legs.map((leg) => ({ ...leg, amt: 2n ** 63n }))],
  ])('is refused with %s', (_, faulty) => {
    expect(refusal(given(empty).post({ ...draft('x'), legs: faulty }))).toBe('ENTRY_UNBALANCED');
  });

  it('refused changes nothing, and the rest of its batch goes on', () => {
    const bad = { ...draft('bad'), legs: [] };
    const batch = given(empty).post(draft('one'), bad, draft('two'));
    expect(batch.entries.map((entry) => entry.id)).toEqual(['one', 'two']);
    expect(batch.entries.map((entry) => entry.seq)).toEqual([1n, 2n]);
    expect(refusal(batch, 1)).toBe('ENTRY_UNBALANCED');
  });

  it('of a linked group stands or falls with the others of it', () => {
    const batch = append(empty, [[draft('one'), { ...draft('two'), legs: [] }], [draft('three')]], now);
    expect(batch.entries.map((entry) => entry.id)).toEqual(['three']);
  });

  it('is true in the month of the book’s own midnight, not of UTC’s', () => {
    expect(monthOf('2026-03-31T21:59:59Z', timeZone)).toBe('2026-03');
    expect(monthOf('2026-03-31T22:00:00Z', timeZone)).toBe('2026-04');
    expect(monthOf('2026-03-31T22:00:00Z', 'Indian/Reunion')).toBe('2026-04');
    expect(monthOf('2026-03-31T19:59:59Z', 'Indian/Reunion')).toBe('2026-03');
  });

  it('of a closed month is booked in the first open one, and says so', () => {
    expect(accountingPeriod('2026-11', '2026-12')).toEqual({ period: '2027-01', prior: true });
    const [entry] = given({ ...empty, closedThrough: '2026-03' }).post(draft('late')).entries;
    expect(entry).toMatchObject({ effPeriod: '2026-03', period: '2026-04', prior: true });
  });

  it('is never recorded before the one it follows, even when the clock went back', () => {
    const first = given(empty).post(draft('one'));
    const second = append(after(first), [[draft('two')]], '2026-03-01T00:00:00Z');
    expect(second.entries[0]?.rec).toBe(first.entries[0]?.rec);
  });
});

describe('posting', () => {
  it('of the same key any number of times, in any batches, gives one entry and the same answer', () => {
    fc.assert(
      fc.property(someDrafts, fc.nat({ max: 30 }), (list, cut) => {
        const distinct = [...new Map(drafts(list).map((one) => [one.id, one])).values()];
        const stream = drafts(list).map((one) => distinct.find((other) => other.id === one.id)!);
        const first = append(
          empty,
          stream.slice(0, cut).map((one) => [one]),
          now,
        );
        const second = append(
          after(first),
          [...stream.slice(cut), ...stream].map((one) => [one]),
          now,
        );
        const entries = [...first.entries, ...second.entries];
        expect(entries.map((entry) => entry.id).sort()).toEqual(distinct.map((one) => one.id).sort());
        expect([...first.answers, ...second.answers].every((answer) => !(answer instanceof DomainError))).toBe(true);
        expect(check(entries)).toMatchObject({ good: true, entries: distinct.length });
      }),
    );
  });

  it('of the same key with another payload is refused', () => {
    const first = given(empty).post(draft('one', 100n));
    expect(refusal(given(after(first)).post(draft('one', 101n)))).toBe('IDEMPOTENCY_CONFLICT');
    expect(refusal(given(empty).post(draft('one', 100n), draft('one', 101n)), 1)).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('keeps debits equal to credits over all accounts', () => {
    fc.assert(
      fc.property(someDrafts, (list) => {
        const { entries } = given(empty).post(...drafts(list));
        const trial = trialBalance(incrementsOf(entries));
        expect(trial.difference).toBe(0n);
        expect(trial.dr).toBe(entries.reduce((total, entry) => total + entry.legs[0]!.amt, 0n));
      }),
    );
  });

  it('adds up the same in balances and in period balances', () => {
    fc.assert(
      fc.property(someDrafts, (list) => {
        const { entries } = given(empty).post(...drafts(list));
        const periods = periodIncrementsOf(entries, timeZone);
        for (const { account, dr, cr } of incrementsOf(entries)) {
          const rows = periods.filter((row) => row.account === account);
          expect(rows.reduce((total, row) => total + row.dr, 0n)).toBe(dr);
          expect(rows.reduce((total, row) => total + row.cr, 0n)).toBe(cr);
        }
      }),
    );
  });
});

describe('a reversal', () => {
  it('of everything brings every account back to zero', () => {
    fc.assert(
      fc.property(someDrafts, (list) => {
        const posted = given(empty).post(...drafts(list));
        const back = posted.entries.map((entry) => reversalOf(entry, `${entry.id}/reversed`, ['mistake']));
        const reversed = given(after(posted)).post(...back);
        const all = [...posted.entries, ...reversed.entries];
        expect(trialBalance(incrementsOf(all)).accounts.every((account) => account.balance === 0n)).toBe(true);
        expect(check(all).good).toBe(true);
      }),
    );
  });
});

describe('verify', () => {
  const books = given(empty).post(
    ...Array.from({ length: 8 }, (_, index) => draft(`key-${index}`, BigInt(index + 1))),
  ).entries;
  const anyEntry = fc.nat({ max: books.length - 1 });
  const put = (index: number, ...entries: Entry[]) => [...books.slice(0, index), ...entries, ...books.slice(index + 1)];

  it('finds good books good', () => {
    expect(check(books)).toEqual({ good: true, entries: 8, hash: books.at(-1)!.hash });
  });

  const tampered: readonly (readonly [string, (entry: Entry) => Entry])[] = [
    ['amount', (entry) => ({ ...entry, legs: entry.legs.map((leg) => ({ ...leg, amt: leg.amt + 1n })) })],
    ['account', (entry) => ({ ...entry, legs: entry.legs.map((leg) => ({ ...leg, a: `${leg.a}x` })) })],
    ['effective date', (entry) => ({ ...entry, eff: '2026-03-10T10:00:00.001Z' })],
    ['recording date', (entry) => ({ ...entry, rec: '2026-03-12T08:00:00.000Z' })],
    ['code', (entry) => ({ ...entry, code: 'OTHER' })],
    ['cause', (entry) => ({ ...entry, cause: { eventIds: ['other'] } })],
    ['period', (entry) => ({ ...entry, period: '2026-04' })],
    ['id', (entry) => ({ ...entry, id: 'other' })],
    ['hash', (entry) => ({ ...entry, hash: entry.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) })],
  ];
  it.each(tampered)('names the entry whose %s was changed', (_, change) => {
    fc.assert(
      fc.property(anyEntry, (index) => {
        expect(check(put(index, change(books[index]!)))).toMatchObject({ good: false, firstBadSeq: BigInt(index + 1) });
      }),
    );
  });

  it('names the first number that is not good when entries are swapped, deleted or inserted', () => {
    fc.assert(
      fc.property(anyEntry, anyEntry, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const swapped = put(low, books[high]!).map((entry, index) => (index === high ? books[low]! : entry));
        if (low !== high) expect(check(swapped)).toMatchObject({ good: false, firstBadSeq: BigInt(low + 1) });
        const head = { seq: 8n, hash: books.at(-1)!.hash };
        const deleted = put(one);
        expect(verify({ ...bookOf(deleted), head })).toMatchObject({ firstBadSeq: BigInt(one + 1) });
        const inserted = put(one, books[one]!, books[one]!);
        expect(verify({ ...bookOf(inserted), head })).toMatchObject({
          firstBadSeq: BigInt(one + 2),
        });
      }),
    );
  });

  it('names the account whose stored balance is not the sum of its entries', () => {
    const book = bookOf(books);
    const [first, ...rest] = book.balances;
    const found = verify({ ...book, balances: [{ ...first!, dr: first!.dr + 1n }, ...rest] });
    expect(found).toMatchObject({ good: false, account: 'assets:a' });
    const ghost = { account: 'assets:ghost', dr: 1n, cr: 0n, pdr: 0n, pcr: 0n };
    expect(verify({ ...book, balances: [...book.balances, ghost] })).toMatchObject({ account: 'assets:ghost' });
    expect(verify({ ...book, balances: rest })).toMatchObject({ good: false, account: 'assets:a' });
  });

  it('finds a month’s balance that is not the sum of its entries, is missing or has none', () => {
    const book = bookOf(books);
    const [first, ...rest] = book.months;
    const verified = (months: WholeBook['months']) => verify({ ...book, months });
    expect(verified([{ ...first!, dr: first!.dr + 1n }, ...rest])).toMatchObject({ account: first!.account });
    expect(verified(rest)).toMatchObject({ good: false, account: first!.account });
    expect(verified([...book.months, { ...first!, period: '1999-01' }])).toMatchObject({ good: false });
  });

  it('finds a period balance or a line that is not the sum of its entries', () => {
    const book = bookOf(books);
    const [first, ...rest] = book.periods;
    const verified = (periods: WholeBook['periods']) => verify({ ...book, periods });
    expect(verified([{ ...first!, effPeriod: '2026-02' }, ...rest])).toMatchObject({ account: 'assets:a' });
    expect(verified(rest)).toMatchObject({ good: false, account: 'assets:a' });
    expect(verified([...book.periods, { ...first!, account: 'assets:ghost' }])).toMatchObject({
      account: 'assets:ghost',
    });
    const lined = given(empty).post(
      ...[1, 2, 3].map((rev) => ({ ...draft(`line-${rev}`, BigInt(rev)), line: { key: 'line', rev, explain: null } })),
    ).entries;
    const line = { key: 'line', debit: 'assets:a', posted: 6n };
    expect(verify({ ...bookOf(lined), lines: [line] })).toMatchObject({ good: true });
    expect(verify({ ...bookOf(lined), lines: [{ ...line, posted: 5n }] })).toMatchObject({ firstBadSeq: 3n });
  });

  it('finds a batch whose root is not its entries’', () => {
    const root = merkleRoot(books.map((entry) => entry.hash));
    const batch = { first: 1n, last: 8n, root };
    expect(verify({ ...bookOf(books), batches: [batch] })).toMatchObject({ good: true });
    expect(verify({ ...bookOf(books), batches: [{ ...batch, first: 2n }] })).toMatchObject({ firstBadSeq: 1n });
    expect(verify({ ...bookOf(books), batches: [{ ...batch, root: books[0]!.hash }] })).toMatchObject({
      good: false,
      firstBadSeq: 1n,
    });
  });

  it('finds the entries that no batch seals', () => {
    const audit = beginAudit(timeZone, [], 1n);
    const [first, ...others] = books;
    if (first) audit.entry(first);
    audit.batch({ first: 1n, last: 1n, root: merkleRoot([first?.hash ?? '']) });
    expect(audit.sealed()).toBeUndefined();
    for (const entry of others) audit.entry(entry);
    expect(audit.sealed()).toMatchObject({ good: false, firstBadSeq: 2n });
  });

  it('gives each batch a root that changes with any of its entries and with their order', () => {
    const hashes = fc.array(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(hashes, hashes, (one, other) => {
        expect(merkleRoot(one) === merkleRoot(other)).toBe(one.join() === other.join());
      }),
    );
  });
});
