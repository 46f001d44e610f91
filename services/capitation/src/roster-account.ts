import { canonicalJson, type Decider, invariant, sha256Hex } from '@ariane/kernel';
import { monthEnd } from './book-time';
import type { Given } from './contract';
import { type Line, recalculate } from './recalculate';
import {
  type BucketSum,
  inputsHashOf,
  type MemberLine,
  memberLines,
  monthOfParts,
  type RosterRow,
  sumOf,
} from './roster-lines';
import { pseudonymOf, type Run, settle } from './settle';
import { activeContract, type Shelf } from './shelf';

/** One run's place: a book, a contract by its name, a month. */
interface Place {
  readonly book: string;
  readonly contractId: string;
  readonly month: string;
}

/** The part of a month's roster whose pseudonyms begin alike: what each of its members comes to. */
export interface RosterBucket extends Place, BucketSum {
  /** The hash of contract and facts, and each line's of its member's days and values: what need not be priced again. */
  readonly basis: string;
  readonly lines: readonly (MemberLine & { readonly rev: number; readonly input: string })[];
}

export interface ComputeBucket extends Place {
  readonly type: 'ComputeBucket';
  readonly sha256: string;
  readonly bucket: string;
  readonly given: Given;
  readonly rows: readonly RosterRow[];
  readonly territory: string;
  readonly now: string;
}

export interface BucketComputed {
  readonly type: 'BucketComputed';
  readonly data: RosterBucket & {
    /** The lines that are not what they were, those of members who are gone with nothing in them. */
    readonly changed: readonly (MemberLine & { readonly rev: number })[];
    readonly now: string;
  };
}

/**
 * Computing the same members under the same contract and facts again says nothing; where some have changed, only their
 * lines are priced anew, so that a correction costs what it corrects.
 */
export function rosterBuckets(shelf: Shelf): Decider<RosterBucket, ComputeBucket, BucketComputed> {
  return {
    decide: (state, { book, contractId, month, sha256, bucket, given, rows, territory, now }) => {
      const { contract } = activeContract(shelf, territory, sha256);
      const inputsHash = inputsHashOf(contract, month, given, rows);
      if (state?.inputsHash === inputsHash) return [];
      const basis = sha256Hex(canonicalJson({ sha256, given }));
      const before = new Map(state?.lines.map((line) => [line.id, line]));
      const input = (row: RosterRow): string => sha256Hex(canonicalJson(row)).slice(0, 16);
      const isKnown = (row: RosterRow): boolean => state?.basis === basis && before.get(row.id)?.input === input(row);
      const priced = memberLines(
        contract,
        month,
        given,
        rows.filter((row) => !isKnown(row)),
      );
      const fresh = new Map(priced.map((line) => [line.id, line]));
      const made = rows.map((row) => {
        const known = before.get(row.id);
        const line = fresh.get(row.id) ?? known;
        invariant(line, 'a member whose line is not priced anew has one');
        const rev = known === undefined ? 1 : isSame(known, line) ? known.rev : known.rev + 1;
        return { ...line, rev, input: input(row) };
      });
      // Who is gone keeps a line of nothing, so that one who comes back goes on with the next revision.
      const present = new Set(rows.map(({ id }) => id));
      const left = [...before.values()].filter(({ id }) => !present.has(id));
      const gone = left.filter(({ days }) => days > 0).map(({ id, rev }) => ({ id, days: 0, cents: {}, rev: rev + 1 }));
      const still = left.filter(({ days }) => days === 0);
      const moved = made.filter(({ id, rev }) => before.get(id)?.rev !== rev).map(({ input: _, ...line }) => line);
      const lines = [...made, ...gone.map((line) => ({ ...line, input: '' })), ...still];
      const data = { book, contractId, month, basis, ...sumOf(bucket, inputsHash, made), lines, now };
      return [{ type: 'BucketComputed', data: { ...data, changed: [...moved, ...gone] } }];
    },
    evolve: (_, { data: { changed: __, now: ___, ...bucket } }) => bucket,
  };
}

const isSame = (a: MemberLine, b: MemberLine): boolean =>
  a.days === b.days && Object.keys(b.cents).every((id) => a.cents[id] === b.cents[id]);

/** A month of a roster under a contract: its parts, what was posted for it, and the facts it was last priced on. */
export interface RosterAccount extends Place {
  /** In order of bucket. */
  readonly parts: readonly BucketSum[];
  readonly lines: readonly Line[];
  readonly amountsJson: string;
  /** As canonical JSON text: names of the contract's own may hold dots. */
  readonly givenJson: string;
  readonly sha256: string;
  /** Null before the first run, and after what the runs posted was taken back. */
  readonly settledAt: string | null;
}

export type RosterAccountCommand =
  | (Place & { readonly type: 'TakePart'; readonly part: BucketSum })
  | (Place & {
      readonly type: 'SettleRoster';
      readonly sha256: string;
      readonly given: Given;
      readonly timeZone: string;
      readonly requestId: string;
      readonly territory: string;
      readonly now: string;
    })
  /** Takes back all that the month's runs posted: each line goes to zero by an entry of its own. */
  | {
      readonly type: 'ReverseRoster';
      readonly requestId: string;
      readonly territory: string;
      readonly now: string;
    };

export type RosterAccountEvent =
  | { readonly type: 'PartTaken'; readonly data: Place & { readonly part: BucketSum } }
  | {
      readonly type: 'RosterSettled';
      readonly data: Place & Pick<RosterAccount, 'givenJson' | 'sha256' | 'amountsJson'> & { readonly now: string };
    }
  | { readonly type: 'RosterReversed'; readonly data: { readonly now: string } }
  | { readonly type: 'LinesMoved'; readonly data: Run };

/**
 * Posts for a month of a roster what its contract makes of it now, less what was posted. The month of effect is the
 * roster's, whenever it is run; a closed one is booked in the first open month.
 */
export function rosterAccounts(shelf: Shelf): Decider<RosterAccount, RosterAccountCommand, RosterAccountEvent> {
  return {
    decide: (state, command) => {
      switch (command.type) {
        case 'TakePart': {
          const { book, contractId, month, part } = command;
          return [{ type: 'PartTaken', data: { book, contractId, month, part } }];
        }
        case 'SettleRoster':
          return settled(state, command, shelf);
        case 'ReverseRoster':
          return state ? reversed(state, command, shelf) : [];
      }
    },
    evolve: (state, event) => {
      const known = state ?? { parts: [], lines: [], amountsJson: '{}', givenJson: '{}', sha256: '', settledAt: null };
      switch (event.type) {
        case 'PartTaken': {
          const { part, ...place } = event.data;
          const others = known.parts.filter(({ bucket }) => bucket !== part.bucket);
          const parts = [...others, part].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
          return { ...known, ...place, parts };
        }
        case 'RosterSettled': {
          const { now: settledAt, ...data } = event.data;
          return { ...known, ...data, settledAt };
        }
        case 'RosterReversed': {
          invariant(state, 'a month is settled before it is taken back');
          return { ...state, settledAt: null };
        }
        case 'LinesMoved': {
          invariant(state, 'a month is settled before its lines move');
          return { ...state, lines: event.data.lines };
        }
      }
    },
  };
}

function settled(
  state: RosterAccount | undefined,
  command: RosterAccountCommand & { type: 'SettleRoster' },
  shelf: Shelf,
): readonly RosterAccountEvent[] {
  const { book, contractId, month, sha256, given, timeZone, requestId, territory, now } = command;
  const { contract, bookId } = activeContract(shelf, territory, sha256);
  invariant(bookId === book, 'a contract posts to its own book');
  const whole = monthOfParts(contract, month, given, state?.parts ?? []);
  const subject = rosterSubjectOf(command);
  const times = { instants: new Map<string, string>(), fallback: monthEnd(month, timeZone) };
  const run = settle(whole.contract, subject, whole.given, state?.lines ?? [], times, [requestId]);
  const amountsJson = JSON.stringify(run.amounts);
  const place = { book, contractId, month };
  const done: RosterAccountEvent = {
    type: 'RosterSettled',
    data: { ...place, givenJson: canonicalJson(given), sha256, amountsJson, now },
  };
  if (run.drafts.length > 0) return [done, { type: 'LinesMoved', data: { ...run, now, territory } }];
  const isSettled = state !== undefined && state.settledAt !== null && state.amountsJson === amountsJson;
  return isSettled && state.sha256 === sha256 ? [] : [done];
}

function reversed(
  state: RosterAccount,
  { requestId, territory, now }: RosterAccountCommand & { type: 'ReverseRoster' },
  shelf: Shelf,
): readonly RosterAccountEvent[] {
  if (state.lines.every(({ posted }) => posted === 0n)) return [];
  const { contract } = activeContract(shelf, territory, state.sha256);
  const subject = rosterSubjectOf(state);
  const postings = recalculate(contract, subject, state.lines, [], [requestId]);
  const after = new Map([...state.lines, ...postings.map(({ line }) => line)].map((line) => [line.key, line]));
  const { contract: id, version } = contract.document;
  const run: Run = {
    ...{ subject, amounts: {}, now, territory },
    drafts: postings.map(({ draft }) => draft),
    lines: [...after.values()],
    moved: postings.map(({ line, target }) => ({ line, target, explain: null })),
    explanations: [],
    run: { contract: { id, version, sha256: contract.sha256 }, inputsHash: 'reversed', targetsHash: requestId },
  };
  return [
    { type: 'RosterReversed', data: { now } },
    { type: 'LinesMoved', data: run },
  ];
}

export const rosterSubjectOf = ({ book, contractId, month }: Place) => ({
  book,
  id: pseudonymOf(book, `roster:${contractId}`),
  period: month,
});
