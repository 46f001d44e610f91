import { canonicalJson, DomainError, sha256Hex } from '@ariane/kernel';

/** One side of an entry: an account debited (1) or credited (-1) with an amount in cents above zero. */
export interface Leg {
  readonly a: string;
  readonly d: 1 | -1;
  readonly amt: bigint;
  /** Under whom it is told, by pseudonym: never a patient, a protocol or a diagnosis. */
  readonly sub?: { readonly practitioner?: string; readonly pathway?: string };
}

/**
 * POSTED counts at once. PENDING is promised, counted apart, until one entry posts it (POST, all or part of it) or
 * voids it (VOID).
 */
type EntryStatus = 'POSTED' | 'PENDING' | 'POST' | 'VOID';

/** The pending entry that a POST or VOID resolves, with the legs that are pending no more. */
interface Resolution {
  readonly id: string;
  readonly legs: readonly Leg[];
}

/** What a caller asks to be posted. The id is the idempotency key. */
export interface EntryDraft {
  /** Absent: POSTED. */
  readonly status?: EntryStatus;
  /** With POST and VOID only. */
  readonly resolves?: Resolution;
  readonly id: string;
  readonly book: string;
  readonly code: string;
  /** When it is true in the world, an instant. */
  readonly eff: string;
  readonly legs: readonly Leg[];
  readonly contract: { readonly id: string; readonly version: number; readonly sha256: string } | null;
  /** The line whose target it moves, the line's revision, and the explanation's hash. */
  readonly line: { readonly key: string; readonly rev: number; readonly explain: string | null } | null;
  /** The ids of the events that justify it, sorted. */
  readonly cause: { readonly eventIds: readonly string[] };
  /** The id of the entry that this one takes back. */
  readonly reverses: string | null;
}

/** An entry that stands: immutable, numbered without gap in its book, chained by hash to the one before. */
export interface Entry extends EntryDraft {
  readonly seq: bigint;
  readonly prev: string;
  readonly hash: string;
  readonly reqHash: string;
  readonly status: EntryStatus;
  /** When it was recorded, never before the entry that precedes it. */
  readonly rec: string;
  /** The month it is booked in, the month it is true in, and whether the second was closed. */
  readonly period: string;
  readonly effPeriod: string;
  readonly prior: boolean;
}

export const firstHash = '0'.repeat(64);
const largestCents = 2n ** 63n - 1n;

/** Throws ENTRY_UNBALANCED: fewer than two legs, an amount not above zero, an account twice on a side, sides unequal. */
export function checkDraft(draft: EntryDraft): void {
  const refuse = (reason: string): never => {
    throw new DomainError('ENTRY_UNBALANCED', { reason });
  };
  if (draft.legs.length < 2) refuse('fewer than two legs');
  if (draft.legs.some((leg) => leg.amt <= 0n || leg.amt > largestCents)) refuse('an amount is not above zero');
  const sides = draft.legs.map((leg) => `${leg.d} ${leg.a}`);
  if (new Set(sides).size !== sides.length) refuse('an account appears twice on a side');
  if (draft.legs.reduce((total, leg) => total + BigInt(leg.d) * leg.amt, 0n) !== 0n) refuse('debits are not credits');
  if (draft.legs.some((leg) => leg.a.includes('{'))) refuse('an account is not named');
  const { status = 'POSTED', resolves } = draft;
  if ((status === 'POST' || status === 'VOID') !== (resolves !== undefined)) refuse('it does not say what it resolves');
  if (resolves && !isWithin(draft.legs, resolves.legs)) refuse('more is resolved than was pending');
}

/** Whether each leg is a leg of the pending entry, and not above it. */
const isWithin = (legs: readonly Leg[], pending: readonly Leg[]): boolean =>
  legs.every(({ a, d, amt }) => pending.some((leg) => leg.a === a && leg.d === d && amt <= leg.amt));

/** What an entry does to an account: to what is posted there, or to what is pending. Resolved amounts are negative. */
export interface Move {
  readonly account: string;
  readonly d: 1 | -1;
  readonly amt: bigint;
  readonly pending: boolean;
}

/** The moves of an entry, by its status. */
export function movesOf({ status, legs, resolves }: Pick<Entry, 'status' | 'legs' | 'resolves'>): readonly Move[] {
  const moves = (of: readonly Leg[], pending: boolean, sign: 1n | -1n = 1n): Move[] =>
    of.map(({ a: account, d, amt }) => ({ account, d, amt: sign * amt, pending }));
  switch (status) {
    case 'POSTED':
      return moves(legs, false);
    case 'PENDING':
      return moves(legs, true);
    case 'POST':
      return [...moves(legs, false), ...moves(resolves?.legs ?? [], true, -1n)];
    case 'VOID':
      return moves(resolves?.legs ?? [], true, -1n);
  }
}

/** The hash of what was asked. The cause is left out: the same posting heard twice may come by two messages. */
export function requestHash({ book, code, eff, legs, contract, line, reverses, ...rest }: EntryDraft): string {
  const { status = 'POSTED', resolves } = rest;
  const promised = status === 'POSTED' ? {} : { status, resolves };
  return sha256Hex(canonicalJson({ book, code, eff, legs, contract, line, reverses, ...promised }));
}

/**
 * The hash of an entry and, through `prev`, of all before it. What was asked counts by its own hash, which has to be
 * checked as well; every other stored field counts here.
 */
export function entryHash(entry: Omit<Entry, 'hash'>): string {
  const { prev, reqHash, id, seq, rec, period, effPeriod, prior, cause } = entry;
  return sha256Hex(prev + canonicalJson([reqHash, id, seq, rec, period, effPeriod, prior, cause]));
}

/**
 * The entry that takes another back: the same legs on the other side, effective when the first was.
 *
 * @throws ENTRY_NOT_REVERSIBLE for what is pending or resolves it, which is posted or voided instead
 */
export function reversalOf(entry: Entry, id: string, eventIds: readonly string[]): EntryDraft {
  if (entry.status !== 'POSTED') throw new DomainError('ENTRY_NOT_REVERSIBLE', { reason: entry.status });
  return {
    id,
    book: entry.book,
    code: 'REVERSAL',
    eff: entry.eff,
    legs: entry.legs.map((leg) => ({ ...leg, d: leg.d === 1 ? -1 : 1 })),
    contract: entry.contract,
    line: null,
    cause: { eventIds: [...eventIds].sort() },
    reverses: entry.id,
  };
}
