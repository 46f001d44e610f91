import { DomainError, merkleRoot } from '@ariane/kernel';
import { accountingPeriod, instantText, monthOf } from './book-time';
import { checkDraft, type Entry, type EntryDraft, entryHash, firstHash, movesOf, requestHash } from './entry';

/** A book's last number and hash, and the latest recording time. */
export interface Head {
  readonly seq: bigint;
  readonly hash: string;
  readonly rec: string | null;
  /** The Merkle root of the last batch. */
  readonly root: string;
}

export const emptyHead: Head = { seq: 0n, hash: firstHash, rec: null, root: firstHash };

/** What a batch adds to an account, in cents debited and credited: posted, and pending apart. */
export interface Increment extends Sum {
  readonly account: string;
}

/** What a batch adds to what is posted on an account, by reason and by effective, booked and recorded month. */
export interface PeriodIncrement {
  readonly account: string;
  /** The code of the entries: why. */
  readonly code: string;
  readonly effPeriod: string;
  readonly period: string;
  readonly recPeriod: string;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly n: number;
  readonly lastSeq: bigint;
}

/** What entries booked in a month add to what is posted on an account. */
export interface MonthIncrement {
  readonly account: string;
  readonly period: string;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly lastSeq: bigint;
}

/** Entries that stand or fall together. */
export type Group = readonly EntryDraft[];

export interface Appended {
  readonly head: Head;
  /** New entries, in order of seq. */
  readonly entries: readonly Entry[];
  /** Per group: its entries (stored before or now), or why it was refused; a refused group changes nothing. */
  readonly answers: readonly (readonly Entry[] | DomainError)[];
  readonly batchRoot: string;
}

/** What a batch is appended to. */
export interface BookState {
  readonly timeZone: string;
  readonly head: Head;
  /** Stored entries among the ids asked for. */
  readonly existing: ReadonlyMap<string, Entry>;
  /** The last closed month, `2026-02`: those before it are closed as well. */
  readonly closedThrough: string | null;
}

/**
 * Appends groups of drafts to a book. An id that stands already answers with the stored entry when the request is the
 * same, and is refused (IDEMPOTENCY_CONFLICT) when it is another. A group with a fault is refused alone.
 *
 * @param now the recording time; when the clock went back, the last recorded time is kept, so `rec` never falls
 */
export function append(state: BookState, groups: readonly Group[], now: string): Appended {
  const known = new Map(state.existing);
  const entries: Entry[] = [];
  let head = state.head;
  const asked = instantText(now);
  const rec = head.rec !== null && head.rec > asked ? head.rec : asked;
  const answers = groups.map((group): readonly Entry[] | DomainError => {
    try {
      const sealed = sealGroup(group, { ...state, head }, known, rec);
      for (const entry of sealed.fresh) known.set(entry.id, entry);
      entries.push(...sealed.fresh);
      head = sealed.head;
      return sealed.answer;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  });
  const batchRoot = merkleRoot(entries.map((entry) => entry.hash));
  return {
    head: entries.length > 0 ? { ...head, root: batchRoot } : head,
    entries,
    answers,
    batchRoot,
  };
}

function sealGroup(group: Group, state: BookState, known: ReadonlyMap<string, Entry>, rec: string) {
  const fresh: Entry[] = [];
  let { head } = state;
  const answer = group.map((asked) => {
    const draft = { ...asked, eff: instantText(asked.eff) };
    checkDraft(draft);
    const reqHash = requestHash(draft);
    const stored = known.get(draft.id) ?? fresh.find((entry) => entry.id === draft.id);
    if (stored) {
      if (stored.reqHash !== reqHash) throw new DomainError('IDEMPOTENCY_CONFLICT');
      return stored;
    }
    const effPeriod = monthOf(draft.eff, state.timeZone);
    const sealed: Omit<Entry, 'hash'> = {
      ...draft,
      seq: head.seq + 1n,
      prev: head.hash,
      reqHash,
      status: draft.status ?? 'POSTED',
      rec,
      effPeriod,
      ...accountingPeriod(effPeriod, state.closedThrough),
    };
    const entry: Entry = { ...sealed, hash: entryHash(sealed) };
    head = { ...head, seq: entry.seq, hash: entry.hash, rec };
    fresh.push(entry);
    return entry;
  });
  return { fresh, head, answer };
}

/** What sums need of an entry. */
export type MovingEntry = Pick<Entry, 'seq' | 'status' | 'legs' | 'resolves' | 'code' | 'effPeriod' | 'period' | 'rec'>;

/** The balances that entries make, one increment per account touched, in order of account. */
export function incrementsOf(entries: Iterable<MovingEntry>): readonly Increment[] {
  const sums = new Map<string, Mutable<Increment>>();
  for (const entry of entries) addMoves(sums, entry);
  return [...sums.values()].sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** Sums of posted amounts by reason and by effective, booked and recorded month: any past view adds few of them. */
export function periodIncrementsOf(entries: Iterable<MovingEntry>, timeZone: string): readonly PeriodIncrement[] {
  const sums = new Map<string, Mutable<PeriodIncrement>>();
  for (const entry of entries) addPeriodMoves(sums, entry, timeZone);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Sums of posted amounts by booked month alone: few for each account, however many reasons there were. */
export function monthIncrementsOf(entries: Iterable<MovingEntry>): readonly MonthIncrement[] {
  const sums = new Map<string, Mutable<MonthIncrement>>();
  for (const entry of entries) addMonthMoves(sums, entry);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

interface Sum {
  readonly dr: bigint;
  readonly cr: bigint;
  readonly pdr: bigint;
  readonly pcr: bigint;
  readonly n: number;
  readonly lastSeq: bigint;
}

/** A sum that is being made: it is nobody else's until it is handed out. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds an entry's moves to sums by account, in place: the auditor of a million entries keeps one map. */
export function addMoves(sums: Map<string, Mutable<Increment>>, entry: MovingEntry): void {
  for (const { account, d, amt, pending } of movesOf(entry)) {
    const sum = sums.get(account) ?? { account, dr: 0n, cr: 0n, pdr: 0n, pcr: 0n, n: 0, lastSeq: 0n };
    const side = d === 1 ? (pending ? 'pdr' : 'dr') : pending ? 'pcr' : 'cr';
    sum[side] += amt;
    sum.n += 1;
    sum.lastSeq = entry.seq;
    sums.set(account, sum);
  }
}

/** Adds an entry's posted moves to sums by account, reason and months, in place. */
export function addPeriodMoves(
  sums: Map<string, Mutable<PeriodIncrement>>,
  entry: MovingEntry,
  timeZone: string,
): void {
  const { effPeriod, period, code } = entry;
  const recPeriod = monthOf(entry.rec, timeZone);
  for (const { account, d, amt, pending } of movesOf(entry)) {
    if (pending) continue;
    const place = { account, code, effPeriod, period, recPeriod };
    const key = periodKey(place);
    const sum = sums.get(key) ?? { ...place, dr: 0n, cr: 0n, n: 0, lastSeq: 0n };
    sum[d === 1 ? 'dr' : 'cr'] += amt;
    sum.n += 1;
    sum.lastSeq = entry.seq;
    sums.set(key, sum);
  }
}

/** Adds an entry's posted moves to sums by account and booked month, in place. */
export function addMonthMoves(
  sums: Map<string, Mutable<MonthIncrement>>,
  entry: Pick<MovingEntry, 'period' | 'seq' | 'status' | 'legs' | 'resolves'>,
): void {
  const { period, seq } = entry;
  for (const { account, d, amt, pending } of movesOf(entry)) {
    if (pending) continue;
    const sum = sums.get(monthKey({ account, period })) ?? { account, period, dr: 0n, cr: 0n, lastSeq: seq };
    sum[d === 1 ? 'dr' : 'cr'] += amt;
    sum.lastSeq = seq;
    sums.set(monthKey(sum), sum);
  }
}

/** The name of a month's balance in its book. */
export const monthKey = ({ account, period }: Pick<MonthIncrement, 'account' | 'period'>): string =>
  `${account}|${period}`;

/** The name of a period balance in its book. */
export const periodKey = (
  of: Pick<PeriodIncrement, 'account' | 'code' | 'effPeriod' | 'period' | 'recPeriod'>,
): string => `${of.account}|${of.code}|${of.effPeriod}|${of.period}|${of.recPeriod}`;
