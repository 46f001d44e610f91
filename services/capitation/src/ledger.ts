import { DomainError } from '@ariane/kernel';
import { accountingPeriod, instantText, monthOf } from './book-time';
import { checkDraft, type Entry, type EntryDraft, entryHash, firstHash, requestHash } from './entry';
import { merkleRoot } from './merkle';

/** A book's last number and hash, and the latest recording time. */
export interface Head {
  readonly seq: bigint;
  readonly hash: string;
  readonly rec: string | null;
  /** The Merkle root of the last batch. */
  readonly root: string;
}

export const emptyHead: Head = { seq: 0n, hash: firstHash, rec: null, root: firstHash };

/** What a batch adds to an account, in cents debited and credited. */
export interface Increment {
  readonly account: string;
  readonly dr: bigint;
  readonly cr: bigint;
  readonly n: number;
  readonly lastSeq: bigint;
}

/** What a batch adds to an account between an effective month and a recorded one. */
export interface PeriodIncrement extends Increment {
  readonly effPeriod: string;
  readonly recPeriod: string;
}

/** Entries that stand or fall together. */
export type Group = readonly EntryDraft[];

export interface Appended {
  readonly head: Head;
  /** New entries, in order of seq. */
  readonly entries: readonly Entry[];
  /** Per group: its entries (stored before or now), or why it was refused; a refused group changes nothing. */
  readonly answers: readonly (readonly Entry[] | DomainError)[];
  readonly balances: readonly Increment[];
  readonly periodBalances: readonly PeriodIncrement[];
  readonly batchRoot: string;
}

/** What a batch is appended to. */
export interface BookState {
  readonly timeZone: string;
  readonly head: Head;
  /** Stored entries among the ids asked for. */
  readonly existing: ReadonlyMap<string, Entry>;
  /** Closed months, `2026-02`. */
  readonly closed: ReadonlySet<string>;
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
    balances: incrementsOf(entries),
    periodBalances: periodIncrementsOf(entries, state.timeZone),
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
      status: 'POSTED',
      rec,
      effPeriod,
      ...accountingPeriod(effPeriod, state.closed),
    };
    const entry: Entry = { ...sealed, hash: entryHash(sealed) };
    head = { ...head, seq: entry.seq, hash: entry.hash, rec };
    fresh.push(entry);
    return entry;
  });
  return { fresh, head, answer };
}

/** The balances that entries make, one increment per account touched, in order of account. */
export function incrementsOf(entries: Iterable<Entry>): readonly Increment[] {
  return summed(entries, (_, account) => ({ key: account, extra: { account } }));
}

/** The same between effective and recorded months, so that any past view of the books is a sum of few rows. */
export function periodIncrementsOf(entries: Iterable<Entry>, timeZone: string): readonly PeriodIncrement[] {
  return summed(entries, (entry, account) => {
    const recPeriod = monthOf(entry.rec, timeZone);
    return {
      key: `${account}|${entry.effPeriod}|${recPeriod}`,
      extra: { account, effPeriod: entry.effPeriod, recPeriod },
    };
  });
}

interface Sum {
  readonly dr: bigint;
  readonly cr: bigint;
  readonly n: number;
  readonly lastSeq: bigint;
}

function summed<X extends { readonly account: string }>(
  entries: Iterable<Entry>,
  place: (entry: Entry, account: string) => { key: string; extra: X },
): readonly (X & Sum)[] {
  const sums = new Map<string, X & Sum>();
  for (const entry of entries) {
    for (const { a, d, amt } of entry.legs) {
      const { key, extra } = place(entry, a);
      const before = sums.get(key) ?? { ...extra, dr: 0n, cr: 0n, n: 0, lastSeq: 0n };
      const [dr, cr] = d === 1 ? [before.dr + amt, before.cr] : [before.dr, before.cr + amt];
      sums.set(key, { ...before, dr, cr, n: before.n + 1, lastSeq: entry.seq });
    }
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
